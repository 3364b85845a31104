internal import Wording
public import Model

/// What egtop itself has to say, newest last; what is older than the last 500 is dropped.
public struct ProgramLog: Sendable {
  /// How much an entry matters.
  public enum Level: CaseIterable, Comparable, Sendable {
    case info, notice, warning, error
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
  public subscript(place: Int) -> Entry? { entries.indices.contains(place) ? entries[place] : nil }

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
      (cursor, lastSeen) = (nil, nil)
      return
    }
    if cursor == nil { lastSeen = total - 1 }
    cursor = entry.number
  }

  // MARK: - What is worth a line

  /// Notes what a feed tells, before the fleet takes it over.
  mutating func note(_ event: FeedEvent, after traffic: Traffic) {
    switch event {
    case .status(let feed, let status): note(status, of: feed, after: traffic)
    case .rejected(let messages): note(messages)
    case .progress(let progress): note(progress, after: traffic)
    case .groupLag(let lag): note(lag)
    case .counters(let feed, let counters): note(counters, of: feed, after: traffic)
    case .remembered(let memory):
      add(.info, "egtop", "\(Phrases.count(memory.count, "generator")) known from before")
    case .forgotten(let generators):
      add(.info, "egtop", "\(Phrases.count(generators.count, "generator")) forgotten")
    case .names, .samples, .folded, .enriched, .presence, .foldedPresence, .watched: break
    }
  }

  /// Each group when its state changes, in the words of that moment: the figures in them grow.
  private mutating func note(_ lag: GroupLag) {
    guard let groups = lag.groups else {
      return tell("sink", about: "lag", lag.reason, end: "the group can be measured")
    }
    for group in groups {
      let isTold = group.state.severity >= .warning
      let (subject, state) = ("sink \(group.name)", isTold ? group.state.rawValue : nil)
      guard state != told[subject] else { continue }
      told[subject] = state
      let reason = group.reason.map { ", \($0)" } ?? ""
      let text = isTold ? "\(group.state.word)\(reason)" : "ok again"
      add(isTold ? .warning : .info, "sink", "group \(group.name): \(text)")
    }
  }

  private mutating func note(_ status: FeedStatus, of feed: FeedKind, after traffic: Traffic) {
    let (source, before) = (feed.rawValue, traffic.status(feed))
    guard status != before else { return }
    switch status {
    case .off: add(.info, source, "off")
    case .connecting where before.isConnected: add(.error, source, "connection lost; connecting")
    case .connecting: if before == .off { add(.info, source, "connecting") }
    case .live:
      told[source] = nil
      let away = traffic.awaySince(feed).map { now.monotonic.seconds(since: $0) }
      add(.info, source, away.map { "live again after \(Int($0)) s" } ?? "live")
    case .degraded(let reason):
      told[source] = nil
      add(.warning, source, "degraded: \(reason)")
    case .retrying(let reason, _, let attempt):
      // A reason that stays the same is told once, not with every try.
      guard told[source] != reason else { return }
      told[source] = reason
      add(.error, source, "\(reason) (try \(attempt))")
    }
  }

  /// The first few of a batch with their beginnings; the rest is counted.
  private mutating func note(_ messages: [RejectedMessage]) {
    let (foreign, messages) = (
      messages.last { $0.kind == .foreign }, messages.filter { $0.kind != .foreign }
    )
    if let foreign { note(foreign: foreign) }
    for message in messages.prefix(3) {
      let verb = message.isReadInPart == true ? "read in part" : "rejected"
      let text = "\(verb) from \(message.topic): \(message.reason): \(message.payload)"
      add(.warning, message.feed.rawValue, text)
    }
    if let last = messages.last, messages.count > 3 {
      add(.warning, last.feed.rawValue, "and \(messages.count - 3) more messages like these")
    }
  }

  /// A message that is nothing to us, at most once a minute for each feed.
  private mutating func note(foreign message: RejectedMessage) {
    let source = message.feed.rawValue
    if let last = toldAt[source + "foreign"], now.monotonic.seconds(since: last) < 60 { return }
    toldAt[source + "foreign"] = now.monotonic
    add(.info, source, "ignored from \(message.topic): \(message.reason): \(message.payload)")
  }

  private mutating func note(_ progress: ReaderProgress, after traffic: Traffic) {
    let isRaw = progress.topics == .raw
    let before = isRaw ? traffic.rawProgress : traffic.enrichedProgress
    let kind = isRaw ? "raw" : "enriched"
    if progress.names != before?.names ?? [] || progress.partitions != before?.partitions ?? 0 {
      let names = progress.names.joined(separator: ", ")
      if names.isEmpty {
        add(.warning, "kafka", "no \(kind) topic any more")
      } else {
        let partitions = "\(progress.partitions) partitions"
        add(.info, "kafka", "reading \(partitions) of the \(kind) topics \(names)")
      }
    }
    if progress.hasReadHistory, before?.hasReadHistory == false {
      add(.info, "kafka", "what the \(kind) topics held has been read")
    }
  }

  /// What was lost on the way, at most once a minute for each feed and kind.
  private mutating func note(_ counters: FeedCounters, of feed: FeedKind, after traffic: Traffic) {
    let before = traffic.counters[feed] ?? FeedCounters()
    let losses = [
      (counters.missed, before.missed, "record", "deleted unread"),
      (counters.beyondBound, before.beyondBound, "message", "from generators beyond the limit"),
      (counters.lostFields, before.lostFields, "field", "left out: unreadable"),
    ]
    for (count, old, noun, what) in losses where count > old {
      let subject = feed.rawValue + what
      if let last = toldAt[subject], now.monotonic.seconds(since: last) < 60 { continue }
      toldAt[subject] = now.monotonic
      add(.warning, feed.rawValue, "\(Phrases.count(count, noun)) \(what)")
    }
  }

  /// Notes that a theme was chosen, read again, or is wrong.
  mutating func note(_ report: ThemeReport, of theme: String) {
    if report.isReread, report.problem == nil {
      add(.info, "theme", "\(theme) has been reloaded")
    }
    tell("theme", about: "file", report.problem, end: "\(theme) is in use")
  }

  /// Notes how hops change, and steps of the wall clock.
  mutating func noteTick(_ fleet: Fleet) {
    if fleet.hopHistory.newestAt == now.monotonic {
      for hop in fleet.hops(at: now.monotonic) { note(hop, fleet) }
    }
    let isLacking = fleet.lacksRetainedPresence(at: now.monotonic)
    let lack = "the broker delivers no retained presence: who was lost before is not known"
    tell("mqtt", about: "presence", isLacking ? lack : nil, end: "retained presence has come")
    let distance = now.wall &- now.monotonic
    if let before = clockDistance {
      let step = distance.nanoseconds(since: before).seconds
      if abs(step) > 1 {
        let way = step > 0 ? "forward" : "back"
        add(.warning, "egtop", "the wall clock was set \(way) by \(Int(abs(step))) s")
      }
    }
    clockDistance = distance
  }

  /// Feeds tell their own troubles; a hop is worth a line when it falls behind and when it has caught
  /// up.
  private mutating func note(_ hop: HopFigures, _ fleet: Fleet) {
    guard hop.id.row.isLogged, hop.state != .unknown else { return }
    // Its groups tell that themselves.
    guard hop.id != .sink || fleet.traffic.groupLag?.groups == nil else { return }
    guard hop.id.row.feed == nil || hop.state != .critical else { return }
    let reason = hop.state >= .warning ? Self.withoutFigures(hop.reason ?? "late") : nil
    tell(hop.id.name, about: "hop", reason, end: "ok again")
  }

  /// Warns of `text` unless it was told last, and tells `end` once there is no text any more.
  private mutating func tell(_ source: String, about topic: String, _ text: String?, end: String) {
    let subject = "\(source) \(topic)"
    guard text != told[subject] else { return }
    told[subject] = text
    add(text == nil ? .info : .warning, source, text ?? end)
  }

  /// A reason without its figures, which grow: `nothing for 60 s` is told once.
  private static func withoutFigures(_ reason: String) -> String {
    guard let digit = reason.firstIndex(where: \.isNumber) else { return reason }
    let words = reason[..<digit].split(separator: " ")
    return (words.last == "for" ? words.dropLast() : words).joined(separator: " ")
  }
}
