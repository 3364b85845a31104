/// Something that happened to one generator and is worth a line.
public struct FleetEvent: Equatable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// Its last will was published.
    case lastWill
    /// It said goodbye.
    case disconnected
    /// It is there (again).
    case online
    /// It fell silent without a word.
    case stale
    case refuelled
  }

  /// Counts from 0 without gaps.
  public var number: Int
  public var stamp: Stamp
  public var generator: GeneratorIndex
  public var kind: Kind
  /// Whether it is the broker's memory of something that happened before we subscribed.
  public var isRetained: Bool
  /// Seconds it was away, seconds of silence, or units of fuel added, after the kind.
  public var amount: Double?
}

/// The last events, oldest first; older ones are dropped and counted.
public struct EventLog: Sendable {
  private static let bound = 2_000
  private var ring: [FleetEvent] = []
  /// How many were ever added.
  public private(set) var total = 0

  public init() {}

  public var count: Int { ring.count }

  /// The event `age` places before the newest, which is 0.
  public func newest(_ age: Int) -> FleetEvent? {
    guard age >= 0, age < ring.count else { return nil }
    return ring[(total - 1 - age) % Self.bound]
  }

  mutating func add(
    _ kind: FleetEvent.Kind,
    of generator: GeneratorIndex,
    at stamp: Stamp,
    isRetained: Bool = false,
    amount: Double? = nil
  ) {
    let event = FleetEvent(
      number: total,
      stamp: stamp,
      generator: generator,
      kind: kind,
      isRetained: isRetained,
      amount: amount
    )
    if ring.count < Self.bound {
      ring.append(event)
    } else {
      ring[total % Self.bound] = event
    }
    total += 1
  }
}
