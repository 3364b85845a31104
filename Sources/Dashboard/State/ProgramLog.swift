public import Model

/// What egtop itself has to say, newest last; what is older than the last 500 is dropped.
public struct ProgramLog: Sendable {
  /// How much an entry matters.
  public enum Level: Int, CaseIterable, Comparable, Sendable {
    case info, notice, warning, error

    public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  public struct Entry: Equatable, Sendable {
    /// Counts from 0 without gaps.
    public var number: Int
    public var stamp: Stamp
    public var level: Level
    /// Who says it: a feed, a hop, `egtop`.
    public var source: String
    /// Scrubbed, in one line.
    public var text: String
  }

  static let bound = 500
  private static let longest = 400

  private var entries: [Entry] = []
  /// The time of what is told.
  var now = Stamp(monotonic: 0, wall: 0)
  /// How many were ever added.
  public private(set) var total = 0
  /// The number of the entry that the reader's cursor is on; nil while it follows the newest.
  public internal(set) var cursor: Int?
  /// What was told last of each subject, so that nothing is told twice.
  var told: [String: String] = [:]
  /// Nanoseconds from the monotonic clock to the wall clock at the last tick.
  var clockDistance: Int64?
  /// When something was told of each subject: monotonic nanoseconds.
  var toldAt: [String: Int64] = [:]

  public var count: Int { entries.count }

  /// The entry at `place`, 0 for the oldest that is kept; nil beyond the newest.
  public subscript(place: Int) -> Entry? {
    entries.indices.contains(place) ? entries[place] : nil
  }

  /// Entries with numbers from `number` on, as far as they are kept.
  public func entries(from number: Int) -> ArraySlice<Entry> {
    entries.suffix(min(max(0, total - number), entries.count))
  }

  mutating func add(_ level: Level, _ source: String, _ text: String) {
    let text = String(text.prefix(Self.longest))
    entries.append(Entry(number: total, stamp: now, level: level, source: source, text: text))
    total += 1
    if entries.count > Self.bound { entries.removeFirst(entries.count - Self.bound) }
  }

  /// Where the cursor is, 0 for the oldest entry that is kept.
  public var line: Int {
    guard let cursor, let first = entries.first else { return max(0, entries.count - 1) }
    return min(max(0, cursor - first.number), entries.count - 1)
  }

  /// How many entries came since the reader left the end; 0 while it follows.
  public var unread: Int { cursor == nil ? 0 : max(0, total - 1 - (lastSeen ?? total - 1)) }

  /// The number of the newest entry when the reader left the end.
  var lastSeen: Int?

  mutating func move(_ motion: Motion, rows: Int) {
    move(to: motion.target(from: line, rows: rows, count: count))
  }

  /// Puts the cursor on the entry at `place`; on the newest it follows again.
  mutating func move(to place: Int) {
    guard let entry = self[place], place < entries.count - 1 else {
      cursor = nil
      lastSeen = nil
      return
    }
    if cursor == nil { lastSeen = total - 1 }
    cursor = entry.number
  }
}
