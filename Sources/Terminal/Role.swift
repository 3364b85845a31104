/// What a cell means.
///
/// Panes write roles, themes turn them into colours.
public enum Role: UInt8, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// Data: the terminal's own foreground.
  case text
  /// Words that explain data; dim.
  case label
  case frame
  case frameFocused
  case title
  case titleFocused
  /// Names of columns.
  case header
  /// The program's name and the like, in the header line.
  case accent
  case gaugeFill
  case gaugeEmpty
  /// The filled part of a gauge at priority `!1`: the colour of `critical` without its ground.
  case gaugeCritical
  /// A limit drawn on the scale of a gauge.
  case gaugeMark
  /// Priority `!1`.
  case critical
  /// Priority `!2`.
  case warning
  /// Priority `!3`.
  case notice
  /// Disconnected without a goodbye.
  case lost
  /// A value too old to be taken as current.
  case stale
  /// Present and well; grey, since normal needs no colour.
  case live
  /// A message across the screen that must be seen, as for a dead feed.
  case banner
  /// The row under the cursor.
  case selection
  /// What a search or a filter found.
  case match
  /// The name of a key.
  case key
  /// What that key does.
  case hint
  case chartLine
  case chartFill

  /// The name used in theme files, as in `frameFocused`.
  public var name: String { "\(self)" }

  /// One ASCII character for snapshots; different for each role.
  public var code: Character {
    switch self {
    case .text: "."
    case .label: "l"
    case .frame: "f"
    case .frameFocused: "F"
    case .title: "t"
    case .titleFocused: "T"
    case .header: "h"
    case .accent: "a"
    case .gaugeFill: "g"
    case .gaugeEmpty: "e"
    case .gaugeCritical: "!"
    case .gaugeMark: "m"
    case .critical: "1"
    case .warning: "2"
    case .notice: "3"
    case .lost: "x"
    case .stale: "~"
    case .live: "o"
    case .banner: "B"
    case .selection: "S"
    case .match: "/"
    case .key: "k"
    case .hint: "i"
    case .chartLine: "c"
    case .chartFill: "C"
    }
  }
}
