/// What is abnormal about a generator; several may hold at once.
public struct Conditions: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A refuel alarm of priority 1: see ``FleetPolicy``.
  public static let critical = Conditions(rawValue: 1)
  /// A refuel alarm, of whatever priority.
  public static let refuel = Conditions(rawValue: 2)
  /// Its last will was published.
  public static let lost = Conditions(rawValue: 4)
  public static let stale = Conditions(rawValue: 8)
  public static let late = Conditions(rawValue: 16)
  /// It said goodbye.
  public static let disconnected = Conditions(rawValue: 32)
  /// Never heard alive.
  public static let never = Conditions(rawValue: 64)

  /// The one that a single mark shows.
  public var worst: Severity {
    if contains(.critical) { return .critical }
    if contains(.refuel) { return .refuel }
    if contains(.lost) { return .lost }
    if contains(.stale) { return .stale }
    if contains(.disconnected) { return .disconnected }
    if contains(.late) { return .late }
    return contains(.never) ? .never : .normal
  }
}

/// Conditions in the order of their weight, the worst first.
public enum Severity: UInt8, CaseIterable, Comparable, Sendable {
  case critical, refuel, lost, stale, disconnected, late, never, normal

  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// Whether a person should look: what `abnormal only` shows.
  public var isAbnormal: Bool { self <= .stale }
}
