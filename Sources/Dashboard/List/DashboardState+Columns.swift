import Model
import Terminal

/// The columns of the list.
extension DashboardState {
  /// The columns to choose from: those of metrics that no generator has sent are offered only where they are shown.
  public var offeredColumns: [FleetColumn] {
    FleetColumn.choosable.filter { isOffered($0) || choices.shows($0) }
  }

  /// The columns to sort by, likewise.
  public var offeredSorts: [SortColumn] {
    SortColumn.allCases.filter { isOffered($0.column) || $0 == sort.column }
  }

  private func isOffered(_ column: FleetColumn) -> Bool {
    guard case .metric(let metric) = column, metric.isFurther else { return true }
    return liveFleet.furtherMetrics.contains(metric)
  }

  private func showAllColumns(_ choices: inout ViewChoices) {
    for column in offeredColumns { choices.show(column, true) }
  }

  mutating func openColumnMenu() { views.overlay = .columnMenu(cursor: 0) }

  /// `columns` at the prompt.
  mutating func chooseColumns(_ line: CommandWords) throws(CommandError) {
    guard !line.words.isEmpty else { throw line.missing("+ or - and the name of a column") }
    var chosen = choices
    for word in line.words {
      if word.text.lowercased() == "all" {
        showAllColumns(&chosen)
        continue
      }
      guard let sign = word.text.first, sign == "+" || sign == "-" else {
        throw CommandError("write +\(word.text) or -\(word.text)", at: word.range)
      }
      let bare = CommandWords.Word(
        text: String(word.text.dropFirst()),
        range: word.range.lowerBound + 1..<word.range.upperBound
      )
      if let column = FleetColumn(rawValue: bare.text), !FleetColumn.choosable.contains(column) {
        throw CommandError("state and id are always shown", at: word.range)
      }
      let name = try bare.choice(of: FleetColumn.choosable.map(\.rawValue), "column")
      guard let column = FleetColumn(rawValue: name) else { continue }
      chosen.show(column, sign == "+")
    }
    choices = chosen
  }

  // MARK: - The menu

  /// Space or Enter shows or hides a column at once; the menu stays open.
  mutating func pressInColumnMenu(_ key: Key, _ cursor: Int) -> [Effect]? {
    let all = offeredColumns
    if let cursor = moved(cursor, by: key, count: all.count) {
      views.overlay = .columnMenu(cursor: cursor)
      return []
    }
    switch key {
    case .character(" "), .enter:
      guard all.indices.contains(cursor) else { return [] }
      choices.show(all[cursor], !choices.shows(all[cursor]))
    case .character("a"):
      var chosen = choices
      showAllColumns(&chosen)
      choices = chosen
    case .character("c"): views.overlay = nil
    default: return nil
    }
    return []
  }
}
