/// What is abnormal about a generator; several may hold at once.
public struct Conditions: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Some alarm of priority 1: see ``FleetPolicy``.
  public static let critical = Conditions(rawValue: 1)
  /// Some alarm, of whatever priority.
  public static let alarm = Conditions(rawValue: 2)
  /// Its last will was published.
  public static let lost = Conditions(rawValue: 4)
  public static let stale = Conditions(rawValue: 8)
  public static let late = Conditions(rawValue: 16)
  /// It said goodbye.
  public static let disconnected = Conditions(rawValue: 32)
  /// Never heard alive.
  public static let never = Conditions(rawValue: 64)
  /// Its tank will be empty within the time of ``FleetPolicy/drySoonSeconds``, however full it is.
  public static let drySoon = Conditions(rawValue: 128)

  /// Those of a generator with these alarms, some of which are of priority 1.
  init(_ alarms: AlarmKinds, urgent: AlarmKinds) {
    rawValue =
      (urgent.isEmpty ? 0 : 1) | (alarms.isEmpty ? 0 : 2) | alarms.bits << Self.firstAlarm
      | urgent.bits << Self.firstUrgent
  }

  /// Behind the conditions above stand a bit for each alarm and one for each urgent one.
  private static let firstAlarm: UInt32 = 8
  private static let firstUrgent = firstAlarm + UInt32(AlarmKinds.most)
  private static let alarmBits: UInt32 = 1 << UInt32(AlarmKinds.most) - 1

  /// The alarms that stand.
  public var alarms: AlarmKinds {
    AlarmKinds(bits: rawValue >> Self.firstAlarm & Self.alarmBits)
  }

  /// Those of them that are of priority 1.
  public var urgentAlarms: AlarmKinds {
    AlarmKinds(bits: rawValue >> Self.firstUrgent & Self.alarmBits)
  }

  /// The alarms that came, or became urgent, since it was `before`; not those in the place of such as it had.
  func newAlarms(since before: Conditions) -> AlarmKinds {
    alarms.news(since: before.alarms).union(urgentAlarms.news(since: before.urgentAlarms))
  }

  /// The alarm that a single mark shows: an urgent one before any other.
  public var worstAlarm: AlarmKind? {
    let urgent = urgentAlarms
    return (urgent.isEmpty ? alarms : urgent).first { _ in true }
  }

  /// The one that a single mark shows.
  public var worst: Severity {
    if contains(.critical) { return .critical }
    if contains(.drySoon) { return .drySoon }
    if contains(.alarm) { return .alarm }
    if contains(.lost) { return .lost }
    if contains(.stale) { return .stale }
    if contains(.disconnected) { return .disconnected }
    if contains(.late) { return .late }
    return contains(.never) ? .never : .normal
  }

  /// What the session and the silence say, beside an alarm: lost, stale, disconnected, late, never.
  public var absence: Severity { subtracting([.critical, .drySoon, .alarm]).worst }

  /// Whether its values are of now, as far as it sends: neither gone nor silent.
  public var isSending: Bool { isDisjoint(with: [.lost, .disconnected, .stale, .never]) }

  /// How it is there, in the word that it is counted by: `lost`, `disconnected`, `stale`, `late`, `never` or `live`.
  public var presence: String {
    switch absence {
    case .normal: "live"
    case .never: "never"
    default: absence.word
    }
  }

  /// The shape of the worst, so that it is known without colour; empty for what needs none.
  ///
  /// Beside that of dry soon stands the priority of an alarm, which is never 1.
  public var mark: String {
    if worst == .drySoon { return worst.mark + (contains(.alarm) ? "2" : "") }
    return look?.mark ?? worst.mark
  }

  /// How the worst alarm looks; nil if there is none.
  public var look: AlarmLook? { worstAlarm.map { look(of: $0) } }

  /// How the worst alarm about a value looks; nil if there is none.
  public func look(about metric: Metric) -> AlarmLook? {
    let kinds = alarms.filter { $0.row.metric == metric }
    return (kinds.first { urgentAlarms.contains($0) } ?? kinds.first).map { look(of: $0) }
  }

  private func look(of kind: AlarmKind) -> AlarmLook {
    kind.look(priority: urgentAlarms.contains(kind) ? 1 : 2)
  }

  /// The worst in a word or some.
  public var word: String {
    if contains(.critical) { return worst.word }
    let parts = [contains(.drySoon) ? Severity.drySoon.word : nil, worstAlarm?.row.name]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return words.isEmpty ? worst.word : words
  }
}

/// Conditions in the order of their weight, the worst first.
public enum Severity: UInt8, CaseIterable, Comparable, Sendable {
  case critical, drySoon, alarm, lost, stale, disconnected, late, never, normal

  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }

  /// Those whose counts are always shown.
  public static let counted: [Severity] = [.critical, .drySoon, .alarm, .lost, .stale]

  /// Whether a person should look: what `abnormal only` shows.
  public var isAbnormal: Bool { self <= .stale }

  /// Its shape, where several generators are counted or drawn as one; empty for what needs none.
  public var mark: String {
    switch self {
    case .critical: AlarmLook.urgent.mark
    case .drySoon: "\u{203A}"
    case .alarm: AlarmLook.soon.mark
    case .lost: "x"
    case .stale: "~"
    case .disconnected: "-"
    case .never: "?"
    case .late, .normal: ""
    }
  }

  /// In one word or two.
  public var word: String {
    switch self {
    case .critical: "critical"
    case .drySoon: "dry soon"
    case .alarm: AlarmKind.commonName
    case .lost: "lost"
    case .stale: "stale"
    case .disconnected: "disconnected"
    case .late: "late"
    case .never: "never heard"
    case .normal: "normal"
    }
  }
}
