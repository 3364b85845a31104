internal import Decoding
internal import Kafka
internal import Model
internal import System

/// How a sink reads records where sources are configured.
final class SinkSources {
  let decoder: SourceDecoder
  /// Headers of records that templates ask for.
  let headerNames: [String]

  /// Nil without sources: then records are read by the built-in names.
  init?(_ sources: [Source]) {
    guard !sources.isEmpty else { return nil }
    decoder = SourceDecoder(sources)
    headerNames = sources.headerNames
  }

  /// Whether a record is read by sources: not what a bridge has put together already.
  func isFor(_ message: borrowing KafkaMessage) -> Bool {
    !message.hasHeader(Convention.sourceHeader, Convention.mergedSource)
  }
}
