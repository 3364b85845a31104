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
  /// Whose tank will soon be empty; blue.
  case drySoon
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
  public var name: String { Self.names[Int(rawValue)] }

  /// In the order of the cases, as ``codes`` are; reflection would take a tenth of the time to the first frame.
  private static let names = [
    "text", "label", "frame", "frameFocused", "title", "titleFocused", "header", "accent",
    "gaugeFill", "gaugeEmpty", "gaugeCritical", "gaugeMark", "critical", "drySoon", "warning",
    "notice", "lost", "stale", "live", "banner", "selection", "match", "key", "hint", "chartLine",
    "chartFill",
  ]

  /// One ASCII character for snapshots; different for each role.
  public var code: Character { Self.codes[Int(rawValue)] }

  /// In the order of the cases.
  private static let codes = Array(".lfFtThage!m1d23x~oBS/kicC")
}
