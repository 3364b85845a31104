import Wording
import Arguments
import Dashboard
import Settings

extension ViewChoices {
  /// Lets what the settings say win; what they leave open stays.
  mutating func override(by settings: Settings) {
    let screen = settings.screen
    // What is wrong with this and with some others was refused before.
    if let column = try? screen.firstSort() { sort = SortOrder(column: column) }
    if let order = screen.order { sort.isInverted = order == .descending }
    if !screen.regions.isEmpty { regions = screen.regions }
    if let filter = screen.filter, !filter.isEmpty { self.filter = filter }
    if let isGrouped = screen.isGrouped { self.isGrouped = isGrouped }
    if let hidden = try? screen.hiddenColumns() { showColumns(but: hidden) }
    if let first = try? screen.firstView() { (preset, view) = (first, nil) }
  }
}

extension ScreenSettings {
  /// The columns that are left out; nil if nothing was said of columns.
  ///
  /// - Throws: `SettingsError` at a name that no column has.
  func hiddenColumns() throws(SettingsError) -> [FleetColumn]? {
    let columns = values(\.columns)
    guard !columns.isEmpty else { return nil }
    var shown: Set<FleetColumn> = []
    for column in columns {
      let name = try column.choice(of: FleetColumn.choosable.map(\.rawValue), "column")
      if let column = FleetColumn(rawValue: name) { shown.insert(column) }
    }
    return FleetColumn.choosable.filter { !shown.contains($0) }
  }

  /// The column to sort by; nil if none was named.
  ///
  /// - Throws: `SettingsError` for a name that no column has by which one can sort.
  func firstSort() throws(SettingsError) -> SortColumn? {
    guard let column = values(\.sortColumn).last else { return nil }
    return SortColumn(
      rawValue: try column.choice(of: SortColumn.allCases.map(\.rawValue), "column")
    )
  }

  /// The view to begin with; nil if none was named.
  ///
  /// - Throws: `SettingsError` for a name that no view has.
  func firstView() throws(SettingsError) -> ViewID? {
    guard let view = values(\.view).last else { return nil }
    return ViewID(rawValue: try view.choice(of: ViewID.presets.map(\.rawValue), "view"))
  }
}

extension ParsedValue {
  /// The name, if it is among `names`.
  fileprivate func choice(of names: [String], _ what: String) throws(SettingsError) -> String {
    let name = value.text
    if names.contains(name) { return name }
    let all = "; there are \(names.joined(separator: ", "))"
    let hint = Spelling.hint(for: name, in: names, else: all)
    throw SettingsError("there is no \(what) \"\(name)\"" + hint, at: origin)
  }
}
