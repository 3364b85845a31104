public import Model

/// A state that a word of a filter names: `lost`, or `state:lost`.
///
/// The words, what else they may be called and what they find are in ``row``; help and messages follow from that.
public enum FilterState: Equatable, Sendable {
  /// An alarm of any kind; one of priority 1; only such as are not of priority 1.
  case alarm, critical, soon
  case kind(AlarmKind)
  case lost, disconnected, offline, online
  case live, late, stale, never
  /// What `w` walks through.
  case warning
  case abnormal, normal
  /// Giving power, and able to but idle.
  case run, standby
  case marked, pinned

  /// In the order in which help and messages have them.
  public static let all: [FilterState] =
    [.alarm, .critical] + AlarmKind.allCases.map { .kind($0) } + [
      .soon, .lost, .disconnected, .offline, .online, .live, .late, .stale, .never, .warning,
      .abnormal, .normal,
      .run, .standby, .marked, .pinned,
    ]

  static var names: String { all.map(\.row.word).joined(separator: " ") }

  init?(word: String) {
    let word = word.lowercased()
    guard let state = Self.all.first(where: { $0.row.word == word || $0.row.alias == word }) else {
      return nil
    }
    self = state
  }
}

/// What a filter's state is called, and what it finds.
public struct FilterStateRow: Sendable {
  public let word: String
  /// What it may be called, too.
  public let alias: String?
  /// Whom it finds, for help: `generators …`.
  public let help: String

  fileprivate init(_ word: String, or alias: String? = nil, _ help: String) {
    self.word = word
    self.alias = alias
    self.help = help
  }
}

extension FilterState {
  public var row: FilterStateRow {
    switch self {
    case .alarm: FilterStateRow("alarm", "in alarm, of any kind")
    case .critical: FilterStateRow("critical", or: "!1", "with an alarm of the top priority")
    case .soon: FilterStateRow("!2", "in alarm, but not critical")
    case .kind(let kind): FilterStateRow(kind.row.name, kind.row.help)
    case .lost: FilterStateRow("lost", "gone without a goodbye (last will)")
    case .disconnected: FilterStateRow("disconnected", "gone with a goodbye")
    case .offline: FilterStateRow("offline", "lost or disconnected")
    case .online: FilterStateRow("online", "connected, by what they say themselves")
    case .live: FilterStateRow("live", "sending in time")
    case .late: FilterStateRow("late", "silent for longer than usual")
    case .stale: FilterStateRow("stale", "silent for so long that their values are old")
    case .never: FilterStateRow("never", "never heard of")
    case .warning: FilterStateRow("warning", "lost or stale, as the key w finds them")
    case .abnormal: FilterStateRow("abnormal", "in alarm, lost or stale")
    case .normal: FilterStateRow("normal", "neither in alarm nor lost nor stale")
    case .run: FilterStateRow("run", or: "running", "under load or giving power")
    case .standby: FilterStateRow("standby", or: "stby", "without load and power")
    case .marked: FilterStateRow("marked", "marked in the list")
    case .pinned: FilterStateRow("pinned", "pinned to the top of the list")
    }
  }
}
