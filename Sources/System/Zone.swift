/// A time zone: how far its clocks are ahead of UTC, at any moment.
///
/// From a file of the tz database (RFC 9636), read once; asking costs no allocation and takes no lock.
public struct Zone: Equatable, Sendable {
  /// When clocks were changed, in seconds since 1970 UTC, ascending.
  private var changes: [Int64] = []
  /// How many seconds clocks were ahead from each change on.
  private var offsets: [Int64] = []
  /// Before the first change, or always.
  private var first: Int64 = 0
  /// From the last change on, if the zone still changes its clocks.
  private var rule: ZoneRule?

  public static let utc = Zone(offset: 0)

  /// A zone whose clocks are always `offset` seconds ahead.
  public init(offset: Int64) { first = offset }

  /// A zone by its name (`Europe/Berlin`, `UTC`) or its distance (`+01:00`, `-0330`, `+2`).
  ///
  /// Nil if the machine's tz database does not know it.
  public init?(named name: String) {
    if ["UTC", "GMT", "Z"].contains(name.uppercased()) { self = .utc; return }
    if let offset = Self.distance(name) { self.init(offset: offset); return }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      part.first?.isLetter == true
        && part.utf8.allSatisfy {
          (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            || "_+-".utf8.contains($0)
        }
    }
    guard isName, let bytes = try? readFile("/usr/share/zoneinfo/\(name)", limit: 1 << 18) else {
      return nil
    }
    self.init(tzif: bytes)
  }

  private static func distance(_ text: String) -> Int64? {
    let isWest = text.hasPrefix("-")
    guard isWest || text.hasPrefix("+") else { return nil }
    let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCII) }), parts.count <= 2,
      parts[0].count <= 4, let first = Int64(parts[0]), first >= 0
    else { return nil }
    var (hours, minutes) = (first, Int64(0))
    if parts.count == 2 {
      guard parts[1].count == 2, let second = Int64(parts[1]) else { return nil }
      minutes = second
    } else if parts[0].count > 2 {
      (hours, minutes) = (first / 100, first % 100)
    }
    guard hours <= 18, (0..<60).contains(minutes) else { return nil }
    return (hours * 3_600 + minutes * 60) * (isWest ? -1 : 1)
  }

  /// How many seconds clocks are ahead of UTC at a moment, in seconds since 1970 UTC.
  public func offset(at seconds: Int64) -> Int64 {
    guard let last = changes.last else { return rule?.offset(at: seconds) ?? first }
    if seconds >= last, let rule { return rule.offset(at: seconds) }
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }

  /// The moment at which the zone's clocks show `local`, which is in seconds since 1970 as if they showed UTC.
  ///
  /// In the hour that comes twice, the later moment that is not behind `now`; in the hour that is left out, as if clocks
  /// had not been changed yet.
  public func seconds(local: Int64, now: Int64) -> Int64 {
    let day: Int64 = 86_400
    let before = local - offset(at: local - day)
    let after = local - offset(at: local + day)
    guard before != after else { return before }
    let isBefore = local - offset(at: before) == before
    let isAfter = local - offset(at: after) == after
    guard isBefore, isAfter else { return isAfter ? after : before }
    return max(before, after) <= now + 300 ? max(before, after) : min(before, after)
  }
}

// MARK: - Files of the tz database

extension Zone {
  /// Nil for what is none.
  init?(tzif bytes: [UInt8]) {
    var reader = BigEndian(bytes)
    guard let old = reader.header() else { return nil }
    // The first half has times of 32 bits, for readers of long ago.
    reader.place += old.length(time: 4)
    guard let header = reader.header(), header.times <= 10_000, header.types > 0 else { return nil }
    guard bytes.count - reader.place >= header.length(time: 8) else { return nil }
    let times = (0..<header.times).map { _ in reader.number(8) }
    let kinds = (0..<header.times).map { _ in Int(reader.number(1) & 0xFF) }
    let types = (0..<header.types).map { _ in
      let offset = reader.number(4)
      reader.place += 2
      return offset
    }
    guard kinds.allSatisfy({ $0 < types.count }), types.allSatisfy({ abs($0) <= 172_800 }),
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    (changes, offsets, first) = (times, kinds.map { types[$0] }, types[0])
    reader.place += header.characters + header.leaps * 12 + header.standards + header.universals
    let footer = bytes[min(reader.place, bytes.count)...].split(separator: 0x0A).first ?? []
    rule = ZoneRule(posix: String(decoding: footer, as: UTF8.self))
  }
}

private struct Header {
  var universals = 0
  var standards = 0
  var leaps = 0
  var times = 0
  var types = 0
  var characters = 0

  func length(time: Int) -> Int {
    times * (time + 1) + types * 6 + characters + leaps * (time + 4) + standards + universals
  }
}

private struct BigEndian {
  let bytes: [UInt8]
  var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Of 1, 4 or 8 bytes; 0 beyond the end.
  mutating func number(_ count: Int) -> Int64 {
    defer { place += count }
    guard place >= 0, bytes.count - place >= count else { return 0 }
    let value = bytes[place..<place + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return count == 4
      ? Int64(Int32(truncatingIfNeeded: value)) : Int64(truncatingIfNeeded: value)
  }

  mutating func header() -> Header? {
    guard bytes.count - place >= 44, bytes[place..<place + 4].elementsEqual("TZif".utf8) else {
      return nil
    }
    place += 20
    var header = Header()
    for part in [
      \Header.universals, \.standards, \.leaps, \.times, \.types, \.characters,
    ] {
      let count = number(4)
      guard (0...100_000).contains(count) else { return nil }
      header[keyPath: part] = Int(count)
    }
    return header
  }
}
