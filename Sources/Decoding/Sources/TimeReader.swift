internal import JSON
internal import Model
internal import System
internal import Wording

/// Reads the time of a message where a source says that it stands.
struct TimeReader {
  /// Where it stands.
  let path: Int
  private let zone: Zone
  private let format: TimeFormat?

  init(_ time: SourceTime, _ document: inout SourceDocument) {
    path = document.add(time.path)
    zone = time.zone.flatMap(Zone.init(named:)) ?? .utc
    format = time.format.map(TimeFormat.init)
  }

  /// Wall nanoseconds; nil for what is no time, or none to believe.
  func nanoseconds(_ node: JSONNode, _ text: Span<UInt8>, now: Int64) -> Int64? {
    guard case .scalar(let value) = node else { return nil }
    switch value {
    case .null, .boolean: return nil
    case .integer(let number) where format == nil:
      return RecordTime.nanoseconds(number: number, now: now)
    case .decimal(let number) where format == nil:
      return RecordTime.nanoseconds(number: number, now: now)
    case .integer, .decimal, .text: return words(text, now: now)
    }
  }

  private func words(_ text: Span<UInt8>, now: Int64) -> Int64? {
    let words = text.extracting(Blank.trimmed(text))
    let local: LocalTime?
    if let format {
      local = format.read(words, today: CivilTime(wall: now, offset: offset(now)))
    } else {
      if let time = RecordTime.nanoseconds(text: words, now: now) { return time }
      if let number = jsonNumber(words) {
        return RecordTime.nanoseconds(number: number, now: now)
      }
      var scanner = TimeScanner(position: 0)
      local = scanner.looseTime(words)
    }
    guard let local, let seconds = seconds(local, now: now) else { return nil }
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, sumOverflow) = product.addingReportingOverflow(local.nanosecond)
    return overflow || sumOverflow ? nil : RecordTime.plausible(sum, now: now)
  }

  private func seconds(_ time: LocalTime, now: Int64) -> Int64? {
    guard let seconds = time.seconds else { return nil }
    if let offset = time.offset { return seconds - offset }
    return zone.seconds(local: seconds, now: now / 1_000_000_000)
  }

  private func offset(_ wall: Int64) -> Int { Int(zone.offset(at: wall / 1_000_000_000)) }
}

/// A time as a message writes it: parts of which some may be missing.
struct LocalTime {
  var year: Int64
  var month: Int64
  var day: Int64
  var hour: Int64 = 0
  var minute: Int64 = 0
  var second: Int64 = 0
  var nanosecond: Int64 = 0
  /// Seconds east of UTC, if the message says it.
  var offset: Int64?
  /// Since 1970, if that is what it says.
  var epoch: Int64?

  /// Since 1970 on the clocks that wrote it; nil for a day or an hour that does not exist.
  var seconds: Int64? {
    if let epoch { return epoch }
    guard (1970...9999).contains(year), (1...12).contains(month),
      (1...CivilTime.days(in: month, of: year)).contains(day), (0..<24).contains(hour),
      (0..<60).contains(minute), (0...60).contains(second)
    else { return nil }
    let days = CivilTime.daysSince1970(year: year, month: month, day: day)
    return days * 86_400 + hour * 3_600 + minute * 60 + second
  }
}
