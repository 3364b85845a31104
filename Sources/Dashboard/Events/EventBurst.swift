public import Model
import Wording

/// Many events of one kind that came together, such as the last wills of a site whose link broke.
public struct EventBurst: Equatable, Sendable {
  /// How many there are at least; fewer are told one by one.
  static let least = 10
  /// Nanoseconds from one to the next at most.
  static let gap: Int64 = 2_000_000_000

  public var kind: FleetEvent.Kind
  /// Whether they are the broker's memory of something that happened before we subscribed.
  public var isRetained: Bool
  /// Newest first.
  public internal(set) var events: [FleetEvent]

  public var count: Int { events.count }
  /// When the last of them happened.
  public var stamp: Stamp { events[0].stamp }
  /// It stays the same while more of them come.
  var number: Int { events[events.count - 1].number }

  /// `222 lost in 5 s: Mountain 180, Pacific 42`, the regions with the most first.
  public func words(of fleet: Fleet) -> String {
    let seconds = stamp.monotonic.seconds(since: events[events.count - 1].stamp.monotonic)
    let span = isRetained ? " before" : " in \(max(1, Int(seconds.rounded(.up)))) s"
    var counts = [Int](repeating: 0, count: fleet.regions.count)
    for event in events {
      counts[Int(fleet.generators.span[Int(event.generator)].region)] += 1
    }
    let regions = counts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], $0) < (counts[$0], $1) }
    let parts = regions.prefix(4).map { "\(fleet.regions[$0]) \(counts[$0])" }
    return "\(count) \(noun)\(span): \(Phrases.list(first: parts, of: regions.count))"
  }

  private var noun: String {
    switch kind {
    case .lastWill: Severity.lost.word
    case .disconnected: Severity.disconnected.word
    case .online: "back"
    case .stale: Severity.stale.word
    case .refuelled: "refuelled"
    case .alarmRaised(let kind): kind.row.words.raised + "s"
    case .alarmCleared(let kind): kind.row.words.cleared
    }
  }

  /// Puts those together that came in a burst; all others stay as they are, in their order.
  ///
  /// - Parameter events: Newest first.
  /// - Returns: What is told in one line each, newest first; a burst stands where its newest event was.
  public static func gathered(_ events: [FleetEvent]) -> [EventBurst] {
    var groups: [EventBurst] = []
    // The newest group of each kind: they are few, and looked through sooner than a dictionary would be.
    var open: [Int] = []
    for event in events {
      let index = open.firstIndex {
        groups[$0].kind == event.kind && groups[$0].isRetained == event.isRetained
      }
      if let index, let last = groups[open[index]].events.last,
        last.stamp.monotonic.nanoseconds(since: event.stamp.monotonic) <= gap
      {
        groups[open[index]].events.append(event)
      } else {
        if let index { open[index] = groups.count } else { open.append(groups.count) }
        groups.append(EventBurst(kind: event.kind, isRetained: event.isRetained, events: [event]))
      }
    }
    guard groups.contains(where: { $0.count > 1 }) else { return groups }
    let few = groups.filter { $0.count < least }.flatMap(\.events).map {
      EventBurst(kind: $0.kind, isRetained: $0.isRetained, events: [$0])
    }
    // Those that are told one by one go back to their places.
    return (groups.filter { $0.count >= least } + few).sorted {
      ($1.stamp.monotonic, $1.events[0].number) < ($0.stamp.monotonic, $0.events[0].number)
    }
  }
}
