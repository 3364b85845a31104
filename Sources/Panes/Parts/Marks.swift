import Wording
import Dashboard
import Model
import Terminal

extension Severity {
  var role: Role {
    switch self {
    case .critical: AlarmLook.urgent.tone.role
    case .drySoon: .drySoon
    case .alarm: AlarmLook.soon.tone.role
    case .lost: .lost
    case .stale: .stale
    case .disconnected, .never: .label
    case .late, .normal: .text
    }
  }

  /// The role of a count of them, which is as current as any.
  var countRole: Role { self == .stale ? .text : role }
}

extension AlarmLook.Tone {
  var role: Role {
    switch self {
    case .critical: .critical
    case .warning: .warning
    case .notice: .notice
    }
  }
}

extension Conditions {
  /// The role of ``mark``.
  var role: Role { worst == .drySoon ? worst.role : look?.tone.role ?? worst.role }

  /// The role of the worst alarm about a value; nil if there is none.
  func alarmRole(about metric: Metric) -> Role? { look(about: metric)?.tone.role }
}

extension HopState {
  var role: Role {
    switch self {
    case .ok: .text
    case .unknown: .label
    case .warning: .warning
    case .critical: .critical
    }
  }
}

extension FeedKind {
  /// As people write it.
  var title: String { rawValue.uppercased() }
}

extension Glyphs {
  /// Between two remarks: the point of an empty gauge, which every character set has.
  var dot: String { " \(gaugeEmpty) " }
}

/// A feed that is broken, as a banner tells it.
struct Outage {
  var feed: FeedKind
  /// Since when it has been away: monotonic nanoseconds; nil if it never was there.
  var since: Int64?
  var reason: String?
  /// When it is tried again: monotonic nanoseconds; nil while it is being tried.
  var nextTry: Int64?
}

extension DashboardState {
  /// What is wrong with a feed that was there or could not be reached; nil for one that is well,
  /// not configured, or being tried for the first time.
  func outage(of feed: FeedKind) -> Outage? {
    let since = fleet.traffic.awaySince(feed)
    switch fleet.traffic.status(feed) {
    case .off, .live, .degraded:
      return nil
    case .connecting:
      return since.map { Outage(feed: feed, since: $0, reason: nil, nextTry: nil) }
    case .retrying(let reason, let nextTry, _):
      return Outage(feed: feed, since: since, reason: reason, nextTry: nextTry)
    }
  }

  /// The feed that raw samples come from.
  var rawFeed: FeedKind { fleet.policy.rawFeedIsKafka ? .kafka : .mqtt }

  /// Whether the values of a generator may be taken as current: fresh, of a generator that is
  /// there, by a feed that is there.
  func isCurrent(_ generator: Generator) -> Bool {
    generator.conditions.isSending
      && fleet.traffic.status(generator.showsRaw ? rawFeed : .kafka).isConnected
  }

  /// The time of day `wall` (nanoseconds since 1970) in the zone that is shown.
  func civil(_ wall: Int64) -> CivilTime {
    CivilTime(wall: wall, offset: times == .utc ? 0 : options.utcOffset)
  }

  /// What that zone is called.
  var zone: String { times == .utc ? "UTC" : options.zoneName }

  /// When something happened: a time of day, another day's date, or an age, as chosen.
  func moment(_ wall: Int64, seconds: Bool) -> String {
    guard wall > 0 else { return "?" }
    if times == .age { return Figures.age((now.wall &- wall).seconds) }
    let then = civil(wall)
    guard then.isSameDay(as: civil(now.wall)) else { return String(then.date.dropFirst(5)) }
    return seconds ? then.timeOfDay : then.hourAndMinute
  }
}

extension Outage {
  /// `NO MQTT FEED 12s · connection refused · next try in 3s · ` and what follows from it.
  func text(at now: Int64, glyphs: Glyphs, consequence: String) -> String {
    let away = since.map { since -> String in
      let seconds = max(0, (now &- since).seconds)
      // The countdown beside it moves each second anyway.
      return seconds < 60 ? "\(Int(seconds))s" : Figures.age(seconds)
    }
    let next = nextTry.map { "next try in \(Figures.countdown(($0 &- now).seconds))" }
    let parts = [
      "NO \(feed.title) FEED \(away ?? "YET")", reason, next ?? "trying now", consequence,
    ]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: glyphs.dot)
  }
}
