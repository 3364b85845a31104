/// Counts of generators by condition: of the fleet, or of one region.
public struct ConditionCounts: Equatable, Sendable {
  public internal(set) var total = 0
  /// With an alarm of priority 1.
  public internal(set) var critical = 0
  /// With any alarm, critical ones included.
  public internal(set) var alarm = 0
  /// Whose tank will soon be empty and who are not critical; they may have another alarm.
  public internal(set) var drySoon = 0
  public internal(set) var lost = 0
  public internal(set) var stale = 0
  public internal(set) var late = 0
  public internal(set) var disconnected = 0
  public internal(set) var never = 0
  /// How many have an alarm of each kind.
  private var kinds = Array(repeating: 0, count: AlarmKind.allCases.count)

  public init() {}

  /// How many have an alarm of a kind.
  public subscript(kind: AlarmKind) -> Int { kinds[Int(kind.rawValue)] }

  /// How many that are, in words: `3 to refuel`.
  public func words(of kind: AlarmKind) -> String { "\(self[kind]) \(kind.row.words.counted)" }

  /// Those of which a sample is due: late or stale.
  public var overdue: Int { late + stale }

  /// All by name, as JSON has them; those in alarm are counted among the others as well.
  public var named: [String: Int] {
    [
      "total": total, "critical": critical, "alarm": alarm, "lost": lost,
      "disconnected": disconnected, "stale": stale, "late": late, "never": never,
      "overdue": overdue,
    ]
  }

  /// How many have this as their worst alarm, or have a condition that is no alarm.
  public subscript(severity: Severity) -> Int {
    switch severity {
    case .critical: critical
    case .drySoon: drySoon
    case .alarm: alarm - critical
    case .lost: lost
    case .stale: stale
    case .disconnected: disconnected
    case .late: late
    case .never: never
    case .normal: 0
    }
  }

  /// The worst condition that any of them has.
  public var worst: Severity { Severity.allCases.first { self[$0] > 0 } ?? .normal }

  mutating func add(_ conditions: Conditions, _ step: Int) {
    total += step
    if conditions.contains(.critical) { critical += step }
    if conditions.contains(.alarm) { alarm += step }
    if conditions.contains(.drySoon), !conditions.contains(.critical) { drySoon += step }
    if conditions.contains(.lost) { lost += step }
    if conditions.contains(.stale) { stale += step }
    if conditions.contains(.late) { late += step }
    if conditions.contains(.disconnected) { disconnected += step }
    if conditions.contains(.never) { never += step }
    for kind in conditions.alarms { kinds[Int(kind.rawValue)] += step }
  }
}
