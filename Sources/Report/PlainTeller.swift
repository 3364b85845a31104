public import Dashboard
import Model

/// Tells what changes as lines of words, for screen readers and logs: what `egtop --plain` prints.
///
/// One line for each change worth hearing, oldest first, and a summary now and then. What was so from the beginning
/// is in the first summary alone.
public struct PlainTeller: Sendable {
  /// More lines of one kind at once than this are counted.
  private static let burst = 20

  private let summaryInterval: Int64
  private var nextSummary: Int64?
  private var beganAt: Int64?
  private var hasBegun = false
  private var feeds: [FeedKind: String] = [:]
  /// Alarms that were told, with their priorities.
  private var told: [AlarmKey: Int] = [:]
  private var eventCount = 0
  private var lastNotice: Int64?

  /// - Parameter summaryInterval: Between two summaries; zero for only the first.
  public init(summaryInterval: Duration) {
    self.summaryInterval = Int64(seconds: summaryInterval / .seconds(1))
  }

  /// The lines for what changed since the last call; call it after the event `frame`.
  public mutating func lines(_ state: DashboardState) -> [String] {
    let now = state.now.monotonic
    let began = beganAt ?? now
    beganAt = began
    var lines = feedLines(state) + noticeLines(state)
    if !hasBegun {
      guard state.isPictureWhole || now.nanoseconds(since: began) > 10_000_000_000 else {
        return lines.map { state.timed($0) }
      }
      hasBegun = true
      told = Self.priorities(state)
      eventCount = state.fleet.events.total
      nextSummary = now
    }
    lines += eventLines(state) + alarmLines(state)
    if let due = nextSummary, now >= due {
      lines += state.summaryLines
      nextSummary = summaryInterval > 0 ? now &+ summaryInterval : nil
    }
    return lines.map { state.timed($0) }
  }

  /// A feed that is there, is not quite, or is gone; tries that fail as the one before did are not told.
  private mutating func feedLines(_ state: DashboardState) -> [String] {
    var lines: [String] = []
    for feed in FeedKind.allCases {
      let status = state.fleet.traffic.status(feed)
      let words: String
      switch status {
      case .off, .connecting: continue
      case .live: words = "live"
      case .degraded(let reason): words = "degraded: \(reason)"
      case .retrying(let reason, _, _): words = "down: \(reason)"
      }
      let foreign = state.fleet.notUnderstood(feed)
      let told = foreign == nil ? words : words + ", but none understood"
      guard feeds[feed] != told else { continue }
      feeds[feed] = told
      lines.append("\(feed.rawValue) is \(words)" + (foreign.map { ", but \($0)" } ?? ""))
    }
    return lines
  }

  private mutating func noticeLines(_ state: DashboardState) -> [String] {
    guard let notice = state.notice, notice.until != lastNotice else { return [] }
    lastNotice = notice.until
    return [notice.text]
  }

  private mutating func eventLines(_ state: DashboardState) -> [String] {
    let count = state.fleet.events.total - eventCount
    guard count > 0 else { return [] }
    let first = eventCount
    eventCount = state.fleet.events.total
    let new = state.events(count).filter {
      // Alarms are told with what they are about.
      $0.number >= first && !$0.isRetained && $0.kind.alarm == nil
    }
    let lines = EventBurst.gathered(new).reversed().map { burst in
      burst.count > 1 ? burst.words(of: state.fleet) : state.words(of: burst.events[0])
    }
    return Self.bounded(lines, "events")
  }

  private mutating func alarmLines(_ state: DashboardState) -> [String] {
    let current = Self.priorities(state)
    let new = state.alarms.filter { told[$0.key] != $0.priority }
    let over = told.keys.filter { current[$0] == nil }.sorted()
    let lines = new.map { state.words(of: $0, before: told[$0.key]) }
    let ends = over.map { state.wordsOfEnd($0) }
    told = current
    return Self.bounded(lines, "alarms") + Self.bounded(ends, "cleared alarms")
  }

  private static func priorities(_ state: DashboardState) -> [AlarmKey: Int] {
    Dictionary(state.alarms.map { ($0.key, $0.priority) }) { first, _ in first }
  }

  private static func bounded(_ lines: [String], _ kind: String) -> [String] {
    guard lines.count > burst else { return lines }
    return lines.prefix(burst) + ["and \(lines.count - burst) more \(kind)"]
  }
}
