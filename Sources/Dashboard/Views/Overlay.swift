import Terminal

/// What lies over the panes; keys go to it first.
public enum Overlay: Codable, Equatable, Sendable {
  /// The key table.
  case help(HelpPage)
  /// The commands of the `:` prompt.
  case commandHelp
  /// Connections, counters, specimens of rejected messages.
  case status
  /// The columns to sort by, with the cursor on one of ``SortColumn``.
  case sortMenu(cursor: Int)
  /// The columns of the fleet to choose, with the cursor on one of ``FleetColumn/choosable``.
  case columnMenu(cursor: Int)
  case regionPicker(RegionPicker)
  /// The list of themes, with the one that comes back with Esc.
  case themePicker(before: String)

  /// Its row in the table of overlays, which is all that keys and mouse know of it.
  var row: OverlayRow {
    switch self {
    case .help(let page): OverlayRow(text: .help, press: { $0.searchHelp($1, page) })
    case .commandHelp: OverlayRow(text: .commandHelp)
    case .status: OverlayRow(text: .status)
    case .sortMenu(let cursor):
      OverlayRow(
        press: { $0.pressInSortMenu($1, cursor) },
        choose: { $0.takeMenuLine(.sortMenu(cursor: $1)) }
      )
    case .columnMenu(let cursor):
      OverlayRow(
        press: { $0.pressInColumnMenu($1, cursor) },
        choose: { $0.takeMenuLine(.columnMenu(cursor: $1)) }
      )
    case .regionPicker(let picker):
      OverlayRow(
        takesText: true,
        press: { $0.pressInRegionPicker($1, picker) },
        choose: { $0.chooseRegion(ofLine: $1, picker) }
      )
    case .themePicker(let before):
      OverlayRow(
        press: { $0.pressInThemePicker($1, before: before) },
        choose: { $0.previewTheme(ofLine: $1) },
        isTakenBySecondClick: true
      )
    }
  }
}

/// What is looked for in the help that lies over the panes.
public struct HelpPage: Codable, Equatable, Sendable {
  /// Only lines that have this in their keys or words are shown; empty for all.
  public var text = ""
  /// Whether letters go into ``text``.
  public var isTyping = false

  /// The longest text to look for, in characters.
  static let longest = 40
}

/// All that there is to know of an overlay but how it is drawn.
struct OverlayRow: Sendable {
  /// The text that it shows; nil for a menu.
  var text: ScrolledText?
  /// Whether letters are typed into it.
  var takesText = false
  /// What a key does in it; nil for one that does what it does everywhere.
  var press: @Sendable (inout DashboardState, Key) -> [Effect]? = { _, _ in nil }
  /// What a click on one of its lines does.
  var choose: @Sendable (inout DashboardState, _ line: Int) -> [Effect] = { _, _ in [] }
  /// Whether the first click only shows what a line means, and the second does what Enter does.
  var isTakenBySecondClick = false

  /// Whether a notch of the wheel goes several lines; in a short menu it is one.
  var isLong: Bool { text != nil || takesText }
}
