internal import JSON
public import Model

/// What a message of the raw feed is.
public enum RawOutcome: Equatable, Sendable {
  /// A sample; whose, the decoder's ``RawDecoder/identifier`` says, and what it lacks ``RawDecoder/loss``.
  case sample(Reading)
  /// Something else that may be on the topic: `offline`, nothing, an object with none of our fields.
  case ignored
  case rejected(Rejection)
}

/// Decodes raw samples, from MQTT or from the raw topic in Kafka, without an allocation for each.
///
/// It takes the payloads of all parts of the article: integers or decimals, any further fields, and
/// the 5-byte prefix of Confluent's JSON serializer. Owned and used by one thread.
public final class RawDecoder {
  private let filters: [TopicFilter]
  private var reader = RawReader()

  /// A decoder that finds the id of a message without `generatorID` by the first of `filters` that
  /// matches its topic.
  public init(filters: [TopicFilter]) {
    self.filters = filters
  }

  /// The id of the generator of the sample decoded last: scrubbed, of 1 to 64 characters of UTF-8.
  public var identifier: [UInt8] { reader.id.bytes }

  /// How many fields of the message decoded last could not be read; the rest of it was.
  public var lostCount: Int { reader.lostCount }

  /// The first of them, as a reason; nil if there is none.
  public var loss: Rejection? { reader.loss }

  /// Why the message decoded last was ignored.
  public var foreignness: Rejection { reader.isObject ? .noKnownField : .noObject }

  /// Decodes a message of the raw MQTT feed.
  public func decode(topic: Span<UInt8>, payload: Span<UInt8>) -> RawOutcome {
    reader.decode(payload, fallback: topic, filters: filters, isKey: false)
  }

  /// Decodes a record of the raw topic in Kafka; its key may be empty, an id or the MQTT topic.
  public func decode(key: Span<UInt8>, payload: Span<UInt8>) -> RawOutcome {
    reader.decode(payload, fallback: key, filters: filters, isKey: true)
  }
}

/// What changes with each message; a struct, so that its parts are reached without checks.
private struct RawReader: ~Copyable {
  private var parser = JSONParser(names: .sample)
  var id = Identifier()
  private(set) var isObject = false

  var lostCount: Int { parser.lostCount }
  var loss: Rejection? { parser.firstLost.map(Rejection.lost) }

  mutating func decode(
    _ payload: Span<UInt8>,
    fallback: Span<UInt8>,
    filters: [TopicFilter],
    isKey: Bool
  ) -> RawOutcome {
    isObject = true
    do throws(JSONError) {
      try parser.read(payload.extracting(Envelope.body(of: payload)))
    } catch {
      isObject = false
      id.clear()
      if case .notAnObject = error, let schema = Envelope.schema(payload) {
        return .rejected(.binary(schema: schema))
      }
      return Rejection(error).map(RawOutcome.rejected) ?? .ignored
    }
    guard parser.namesNumbers else {
      id.clear()
      return .ignored
    }
    if parser.numbers == 0, let loss {
      id.clear()
      return .rejected(loss)
    }
    id.set(.identifier, of: parser)
    if id.bytes.isEmpty, isKey {
      id.set(fromKey: fallback, filters: filters)
    } else if id.bytes.isEmpty {
      id.set(from: fallback, filters: filters)
    }
    guard !id.bytes.isEmpty else { return .rejected(.noIdentifier) }
    return .sample(parser.reading)
  }
}
