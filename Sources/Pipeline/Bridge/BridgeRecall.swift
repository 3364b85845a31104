internal import Decoding
internal import Kafka
internal import Model
internal import System

/// Reads the newest samples that a bridge has put together, so that the next one knows what that knew.
///
/// Used by the bridge's thread.
final class BridgeRecall {
  private let reader: KafkaReader
  private let merger: BridgeMerger
  private let decoder = EnrichedDecoder()
  private let oldest: Int64

  /// So many records of each partition are looked at.
  private static let most: Int64 = 50_000
  /// How old what is known may be, in nanoseconds: of generators that send changes only, and of others.
  private static let patience: (changes: Int64, others: Int64) = (
    7 * 86_400_000_000_000, 600_000_000_000
  )

  init(_ options: BridgeStage.Options, _ merger: BridgeMerger) throws(KafkaError) {
    self.merger = merger
    let isPatient = options.sources.contains(where: \.sendsChanges)
    let patience = isPatient ? Self.patience.changes : Self.patience.others
    oldest = wallNanoseconds() - patience
    reader = try KafkaReader(
      options.properties,
      subscriptions: [KafkaSubscription(.named([options.rawTopic]), from: .last(Self.most))],
    )
  }

  /// Reads on for a tenth of a second; whether all is read.
  func read() -> Bool {
    let now = wallNanoseconds()
    _ = reader.read(milliseconds: 100) { message in
      guard message.hasHeader(Convention.sourceHeader, Convention.mergedSource) else { return }
      let time = (message.milliseconds ?? 0) * 1_000_000
      guard time >= oldest else { return }
      message.withKeyAndValue { key, value in
        guard case .record(let content) = decoder.decode(key: key, value: value, now: now) else {
          return
        }
        let (id, region) = (decoder.identifier, decoder.region)
        merger.recall(id.span, content.reading, region: region.span, time: time)
      }
    }
    return reader.isHistoryRead
  }
}
