public import Model

/// A state that a word of a filter names: `lost`, or `state:lost`.
///
/// The words, what else they may be called and what they find are in ``row``; help and messages follow from that.
public enum FilterState: Equatable, Sendable {
  /// An alarm of any kind; one of priority 1; only such as are not of priority 1.
  case alarm, critical, soon
  /// Whose tank will soon be empty; whose engine falls short of fuel though nothing runs; whose sensor may be stuck.
  case dry, leak, stuck
  case kind(AlarmKind)
  case lost, disconnected, offline, online
  case live, late, stale, never, remembered
  /// Of whom raw and enriched differ in a way.
  case difference(Difference)
  /// What `w` walks through.
  case warning
  case abnormal, normal
  /// Giving power, and able to but idle.
  case run, standby
  case marked, pinned

  /// In the order in which help and messages have them.
  public static let all: [FilterState] =
    [.alarm, .critical] + AlarmKind.allCases.map { .kind($0) } + [
      .soon, .dry, .leak, .stuck, .lost, .disconnected, .offline, .online, .live, .late, .stale,
      .never, .remembered,
    ] + Difference.allCases.map { .difference($0) } + [
      .warning, .abnormal, .normal, .run, .standby, .marked, .pinned,
    ]

  static var names: String { all.map(\.row.word).joined(separator: " ") }

  init?(word: String) {
    let word = word.lowercased()
    guard let state = Self.all.first(where: { $0.row.word == word || $0.row.alias == word }) else {
      return nil
    }
    self = state
  }

  public var row: FilterStateRow {
    switch self {
    case .alarm: .init(word: "alarm", help: "in alarm, of any kind")
    case .critical: .init(word: "critical", alias: "!1", help: "with an alarm of the top priority")
    case .soon: .init(word: "!2", help: "in alarm, but not critical")
    case .dry: .init(word: "dry", alias: "dry-soon", help: "whose tank will soon be empty")
    case .leak: .init(word: "leak", help: "losing fuel though nothing runs")
    case .stuck: .init(word: "stuck", help: "running while their fuel stands still")
    case .kind(let kind): .init(word: kind.row.name, help: kind.row.help)
    case .lost: .init(word: "lost", help: "gone without a goodbye (last will)")
    case .disconnected: .init(word: "disconnected", help: "gone with a goodbye")
    case .offline: .init(word: "offline", help: "lost or disconnected")
    case .online: .init(word: "online", help: "connected, by what they say themselves")
    case .live: .init(word: "live", help: "sending in time")
    case .late: .init(word: "late", help: "silent for longer than usual")
    case .stale: .init(word: "stale", help: "silent for so long that their values are old")
    case .never: .init(word: "never", help: "never heard of")
    case .remembered:
      .init(word: "remembered", help: "known from before, and not heard since the start")
    case .difference(.notEnriched):
      .init(word: "not-enriched", help: "that send and are not enriched")
    case .difference(.notRaw):
      .init(word: "not-heard", help: "that are enriched and not heard themselves")
    case .difference(.disagrees):
      .init(word: "disagree", help: "whose fuel and records disagree")
    case .difference(.late): .init(word: "late-record", help: "whose records come late")
    case .warning: .init(word: "warning", help: "lost or stale, as the key w finds them")
    case .abnormal: .init(word: "abnormal", help: "in alarm, dry soon, lost or stale")
    case .normal: .init(word: "normal", help: "neither in alarm nor dry soon nor lost nor stale")
    case .run: .init(word: "run", alias: "running", help: "under load or giving power")
    case .standby: .init(word: "standby", alias: "stby", help: "without load and power")
    case .marked: .init(word: "marked", help: "marked in the list")
    case .pinned: .init(word: "pinned", help: "pinned to the top of the list")
    }
  }
}

/// What a filter's state is called, and what it finds.
public struct FilterStateRow: Sendable {
  public let word: String
  /// What it may be called, too.
  public var alias: String?
  /// Whom it finds, for help: `generators …`.
  public let help: String
}
