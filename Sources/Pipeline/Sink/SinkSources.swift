internal import Decoding
internal import Kafka
internal import Model
internal import System

/// How a sink reads records where sources are configured.
final class SinkSources {
  let decoder: SourceDecoder
  private let headerNames: [String]

  /// Nil without sources: then records are read by the built-in names.
  init?(_ sources: [Source]) {
    guard !sources.isEmpty else { return nil }
    decoder = SourceDecoder(sources)
    headerNames = Array(Set(sources.flatMap(\.headerNames)))
  }

  /// Whether a record is read by sources: not what a bridge has put together already.
  func isFor(_ message: borrowing KafkaMessage) -> Bool {
    !message.hasHeader(Convention.sourceHeader, Convention.mergedSource)
  }

  /// The headers of a record that templates name.
  func headers(of message: borrowing KafkaMessage) -> [String: [UInt8]] {
    guard !headerNames.isEmpty else { return [:] }
    var headers: [String: [UInt8]] = [:]
    message.forEachHeader { name, value in
      let name = String(decoding: name.copied, as: UTF8.self)
      if headerNames.contains(name) { headers[name] = value.copied }
    }
    return headers
  }
}
