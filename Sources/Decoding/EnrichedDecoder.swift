internal import JSON
public import Model

/// The contents of an enriched record, but for the names, which lie in the decoder's buffers.
public struct EnrichedContent: Equatable, Sendable {
  public var reading: Reading
  public var alarm = AlarmFlag.absent
  /// The time of the sample it was made of: wall nanoseconds; nil if it carries none to believe.
  public var sampleTime: Int64?
}

/// What a record of an enriched topic is.
public enum EnrichedOutcome: Equatable, Sendable {
  case record(EnrichedContent)
  /// Something else that may be on the topic: a tombstone, no object, none of our fields.
  case ignored
  case rejected(Rejection)
}

/// Decodes enriched records of any shape that InfluxDB's source connectors write in JSON, without
/// an allocation for each.
///
/// Owned and used by one thread.
public final class EnrichedDecoder {
  private var reader = EnrichedReader()

  public init() {}

  /// How many fields of the record decoded last could not be read; the rest of it was.
  public var lostCount: Int { reader.lostCount }

  /// The first of them, as a reason; nil if there is none.
  public var loss: Rejection? { reader.loss }

  /// The id of the generator of the record decoded last: scrubbed, of 1 to 64 characters of UTF-8.
  public var identifier: [UInt8] { reader.id.bytes }

  /// The region of the record decoded last: scrubbed, at most 64 characters; empty if it has none.
  public var region: [UInt8] { reader.region.bytes }

  /// Decodes a record.
  ///
  /// - Parameters:
  ///   - key: empty if it is null; names the generator if the value does not.
  ///   - value: empty for a tombstone.
  ///   - now: wall nanoseconds; a record's time more than a day later is not believed.
  /// - Returns: the contents, or why there are none.
  public func decode(key: Span<UInt8>, value: Span<UInt8>, now: Int64) -> EnrichedOutcome {
    reader.decode(key: key, value: value, now: now)
  }
}

/// What changes with each record; a struct, so that its parts are reached without checks.
private struct EnrichedReader: ~Copyable {
  private var parser = JSONParser(names: .record)
  var id = Identifier()
  var region = Identifier()

  var lostCount: Int { parser.lostCount }
  var loss: Rejection? { parser.firstLost.map(Rejection.lost) }

  /// What the field may say of alarms, and what that means.
  private let alarmWords = AlarmFlag.known.compactMap { flag in
    flag.word.map { (bytes: Array($0.utf8), flag: flag) }
  }

  mutating func decode(key: Span<UInt8>, value: Span<UInt8>, now: Int64) -> EnrichedOutcome {
    do throws(JSONError) {
      try parser.read(value.extracting(Envelope.body(of: value)))
    } catch {
      clear()
      if case .notAnObject = error, let schema = Envelope.schema(value) {
        return .rejected(.binary(schema: schema))
      }
      return Rejection(error).map(EnrichedOutcome.rejected) ?? .ignored
    }
    let alarm = alarm
    guard parser.namesNumbers || alarm != .absent else {
      clear()
      return .ignored
    }
    if parser.numbers == 0, alarm == .absent, let loss {
      clear()
      return .rejected(loss)
    }
    id.set(.identifier, of: parser)
    if id.bytes.isEmpty { id.set(fromKey: key) }
    region.set(.region, of: parser)
    guard !id.bytes.isEmpty else { return .rejected(.noIdentifier) }
    let sampleTime = nanoseconds(parser.time, now: now)
    return .record(
      EnrichedContent(reading: parser.reading, alarm: alarm, sampleTime: sampleTime)
    )
  }

  private mutating func clear() {
    id.clear()
    region.clear()
  }

  private var alarm: AlarmFlag {
    var flag = AlarmFlag.absent
    parser.withText(TextField.alarm.rawValue) { text in
      guard !text.isEmpty else { return }
      flag = .other
      for word in alarmWords where isEqual(text, word.bytes) { flag = word.flag }
    }
    return flag
  }

  private func nanoseconds(_ time: JSONValue, now: Int64) -> Int64? {
    switch time {
    case .integer(let number): RecordTime.nanoseconds(number: number, now: now)
    case .decimal(let number): RecordTime.nanoseconds(number: number, now: now)
    case .text: parser.withTime { RecordTime.nanoseconds(text: $0, now: now) }
    case .null, .boolean: nil
    }
  }
}

/// Whether two byte strings are the same.
public func isEqual(_ text: Span<UInt8>, _ word: borrowing [UInt8]) -> Bool {
  guard text.count == word.count else { return false }
  for position in text.indices where text[position] != word[position] { return false }
  return true
}
