/// Something that happened to one generator and is worth a line.
public struct FleetEvent: Equatable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Its last will was published.
    case lastWill
    /// It said goodbye.
    case disconnected
    /// It is there (again).
    case online
    /// It fell silent without a word.
    case stale
    case refuelled
    case alarmRaised(AlarmKind)
    case alarmCleared(AlarmKind)
  }

  /// Counts from 0 without gaps.
  public var number: Int
  public var stamp: Stamp
  public var generator: GeneratorIndex
  public var kind: Kind
  /// Whether it is the broker's memory of something that happened before we subscribed.
  public var isRetained: Bool
  /// Seconds it was away, seconds of silence, units of fuel added, or the value an alarm was raised or cleared at, after
  /// the kind.
  public var amount: Double?
}

extension FleetEvent.Kind: CaseIterable {
  public static let allCases: [FleetEvent.Kind] =
    [.lastWill, .disconnected, .online, .stale, .refuelled]
    + AlarmKind.allCases.flatMap { [.alarmRaised($0), .alarmCleared($0)] }

  /// As JSON calls it.
  public var name: String {
    switch self {
    case .lastWill: "lastWill"
    case .disconnected: "disconnected"
    case .online: "online"
    case .stale: "stale"
    case .refuelled: "refuelled"
    case .alarmRaised: "alarmRaised"
    case .alarmCleared: "alarmCleared"
    }
  }

  /// The alarm that it is about; nil if it is about none.
  public var alarm: AlarmKind? {
    switch self {
    case .alarmRaised(let kind), .alarmCleared(let kind): kind
    case .lastWill, .disconnected, .online, .stale, .refuelled: nil
    }
  }
}

/// The last events by the time they happened, oldest first; older ones are dropped and counted.
public struct EventLog: Sendable {
  private static let bound = 2_000
  /// How many more there may be for a while: so each that is dropped need not move all others.
  private static let slack = 256
  private var events: [FleetEvent] = []
  /// How many were ever added.
  public private(set) var total = 0

  public init() {}

  public var count: Int { min(events.count, Self.bound) }

  /// The event `age` places before the newest, which is 0.
  public func newest(_ age: Int) -> FleetEvent? {
    guard age >= 0, age < count else { return nil }
    return events[events.count - 1 - age]
  }

  /// Adds an event, whose number is ``total``.
  mutating func add(_ event: FleetEvent) {
    total += 1
    // What the topic's past tells comes partition by partition, and not in the order of time.
    var place = events.count
    while place > 0, events[place - 1].stamp.monotonic > event.stamp.monotonic { place -= 1 }
    events.insert(event, at: place)
    if events.count > Self.bound + Self.slack { events.removeFirst(Self.slack) }
  }
}
