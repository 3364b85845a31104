/// Everything that the operator chooses of the view and that is to last: one value for settings, for the memory of the
/// last time, for recordings and for what the state goes by.
///
/// A new choice is a property here and its row in ``lasting`` or ``recorded``; all that reads and writes choices goes by
/// the rows.
public struct ViewChoices: Equatable, Sendable, Codable {
  public var sort = SortOrder()
  /// Whether the fleet stands under headings of its regions.
  public var isGrouped = false
  /// What was left out of the columns that are shown at first.
  public var hiddenColumns: Set<FleetColumn> = []
  /// What was chosen of those that are hidden at first.
  public var shownColumns: Set<FleetColumn> = []
  /// Ids of generators that stay at the top, in alphabetical order.
  public var pins: [String] = []
  /// In the grammar of the filter line; empty for none.
  public var filter = ""
  /// Names of the regions that are shown; empty for all.
  ///
  /// Names, since a region may not have been heard of yet.
  public var regions: [String] = []
  /// The preset that was shown last: what other views lead back to.
  public var preset = ViewID.ops
  /// The theme that the operator chose; nil if it was left as it was set.
  public var theme: String?
  /// Lines of the `:` prompt that were carried out, the oldest first.
  public var history: [String] = []

  /// The view that is shown, where it is not the preset.
  public var view: ViewID?
  public var times = TimeDisplay.local
  /// Whether clicks and the wheel act here, instead of marking text in the terminal.
  public var usesMouse = false
  public var abnormalOnly = false
  /// How the messages of a generator are written.
  public var payloadForm = PayloadForm.table

  public init() {}

  /// What is kept for the next time.
  static let lasting: [Choice] = [
    Choice("sort", \.sort.column),
    Choice("inverted", \.sort.isInverted),
    Choice("grouped", \.isGrouped),
    Choice("hiddenColumns", \.hiddenColumns),
    Choice("shownColumns", \.shownColumns, unless: { $0.isEmpty }),
    Choice("pins", \.pins),
    Choice("filter", \.filter),
    Choice("regions", \.regions),
    Choice("preset", \.preset),
    Choice("theme", \.theme),
    Choice("history", \.history),
  ]

  /// What lasts as long as the program runs, and in its recordings.
  static let recorded: [Choice] = [
    Choice("view", \.view),
    Choice("times", \.times),
    Choice("mouse", \.usesMouse),
    Choice("abnormalOnly", \.abnormalOnly),
    Choice("payloadForm", \.payloadForm),
  ]

  /// The most pins that are kept.
  public static let mostPins = 100
  /// The most lines of the `:` prompt that are kept.
  public static let longestHistory = 100
  /// The most regions that are kept.
  static let mostRegions = 200

  /// What is kept for the next time, by the names that files have for it.
  public static let lastingNames = Set(lasting.map(\.name))

  /// What a pin has at most, in characters: as many as an id.
  private static let longestPin = 64
  private static let longestTheme = 60

  /// The choices without what a file from outside can hold and the program cannot follow.
  public var bounded: ViewChoices {
    var choices = self
    choices.hiddenColumns.formIntersection(FleetColumn.choosable)
    choices.hiddenColumns.subtract(FleetColumn.hiddenAtFirst)
    choices.shownColumns.formIntersection(FleetColumn.hiddenAtFirst)
    choices.pins = pins.prefix(Self.mostPins).map { String($0.prefix(Self.longestPin)) }
    choices.regions = Array(regions.prefix(Self.mostRegions))
    choices.history = Array(history.suffix(Self.longestHistory))
    choices.theme = theme.map { String($0.prefix(Self.longestTheme)) }
    if !preset.isPreset { choices.preset = .ops }
    return choices
  }

  /// Whether a file would hold the same of both.
  func lastsLike(_ other: ViewChoices) -> Bool {
    Self.lasting.allSatisfy { $0.isSame(self, other) }
  }

  /// Takes over what was kept the last time, and leaves the rest as it is.
  public mutating func copyLasting(from other: ViewChoices) {
    for choice in Self.lasting { choice.copy(other, &self) }
  }

  /// What to tell an operator whose screen begins with something hidden, as it was left; nil for nothing.
  public func reminder(of left: ViewChoices) -> String? {
    let parts = [
      !regions.isEmpty && regions == left.regions
        ? "region \(regions.joined(separator: ", "))" : nil,
      !filter.isEmpty && filter == left.filter ? "filter \(filter)" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "restored: \(parts.joined(separator: ", ")); Esc clears"
  }

  /// Adds a line that was carried out, which is not kept twice.
  mutating func addToHistory(_ line: String) {
    history.removeAll { $0 == line }
    history.append(line)
    if history.count > Self.longestHistory {
      history.removeFirst(history.count - Self.longestHistory)
    }
  }

  // MARK: - Columns

  /// Whether the list of the fleet has a column, if there is room.
  public func shows(_ column: FleetColumn) -> Bool {
    column.row.isHiddenAtFirst ? shownColumns.contains(column) : !hiddenColumns.contains(column)
  }

  /// Shows or hides a column that can be chosen.
  mutating func show(_ column: FleetColumn, _ isShown: Bool) {
    switch (column.row.isHiddenAtFirst, isShown) {
    case (true, true): shownColumns.insert(column)
    case (true, false): shownColumns.remove(column)
    case (false, true): hiddenColumns.remove(column)
    case (false, false): hiddenColumns.insert(column)
    }
  }

  /// Shows all that can be chosen but some.
  public mutating func showColumns(but hidden: [FleetColumn]) {
    for column in FleetColumn.choosable { show(column, !hidden.contains(column)) }
  }

  /// A flat list of texts, truths and lists of texts by the names of the rows; what is missing or of no use is as it is by
  /// itself, since a file may come from an older or a newer egtop.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Choice.Key.self)
    for choice in Self.lasting + Self.recorded { choice.decode(values, &self) }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Choice.Key.self)
    for choice in Self.lasting + Self.recorded { try choice.encode(self, &values) }
  }
}
