import Model
import Terminal

/// The columns of the list: which are shown, and which it is sorted by.
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

  private func showingAll(_ choices: ViewChoices) -> ViewChoices {
    var choices = choices
    for column in offeredColumns { choices.show(column, true) }
    return choices
  }

  mutating func openColumnMenu() { views.overlay = .columnMenu(cursor: 0) }

  /// `columns` at the prompt.
  mutating func chooseColumns(_ line: CommandWords) throws(LineError) {
    guard !line.words.isEmpty else { throw line.missing("+ or - and the name of a column") }
    var chosen = choices
    for word in line.words {
      if word.text.lowercased() == "all" {
        chosen = showingAll(chosen)
        continue
      }
      guard let sign = word.text.first, sign == "+" || sign == "-" else {
        throw LineError("write +\(word.text) or -\(word.text)", at: word.range)
      }
      let range = word.range.lowerBound + 1..<word.range.upperBound
      let bare = CommandWords.Word(text: String(word.text.dropFirst()), range: range)
      if let column = FleetColumn(rawValue: bare.text), !FleetColumn.choosable.contains(column) {
        throw LineError("state and id are always shown", at: word.range)
      }
      chosen.show(try bare.choice(of: FleetColumn.choosable, "column"), sign == "+")
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
    case .character("a"): choices = showingAll(choices)
    case .character("c"): views.overlay = nil
    default: return nil
    }
    return []
  }

  // MARK: - The order of the list

  mutating func openSortMenu() {
    views.overlay = .sortMenu(cursor: offeredSorts.firstIndex(of: sort.column) ?? 0)
  }

  mutating func sort(by sort: SortOrder) {
    choices.sort = sort
    askOrder(for: .sort)
    say("sorted by \(sort.column.title), \(sort.direction)")
  }

  /// Sorts by a column, and turns its order round if it is the one in force.
  mutating func sort(by column: SortColumn) {
    let isSame = sort.column == column
    sort(by: SortOrder(column: column, isInverted: isSame && !sort.isInverted))
  }

  mutating func invertSort() {
    sort(by: SortOrder(column: sort.column, isInverted: !sort.isInverted))
  }

  /// Sorts by the column that is so many steps further in the menu.
  mutating func shiftSort(_ step: Int) {
    sort(by: SortOrder(column: offeredSorts.next(step, after: sort.column)))
  }

  /// `sort` at the prompt.
  mutating func sort(_ line: CommandWords) throws(LineError) {
    let word = try line.firstWord(or: "name a column to sort by")
    let column = try word.choice(of: SortColumn.allCases, "column")
    var isInverted = false
    if line.words.count > 1 {
      isInverted = try line.words[1].choice(of: ["asc", "desc"], "direction") == "desc"
    }
    sort(by: SortOrder(column: column, isInverted: isInverted))
  }

  // MARK: - The menu

  /// A letter sorts by its column and closes the menu; `I` and Space turn the order round.
  mutating func pressInSortMenu(_ key: Key, _ cursor: Int) -> [Effect]? {
    let all = offeredSorts
    let isLetter = all.contains { key == .character($0.letter) }
    if !isLetter, let cursor = moved(cursor, by: key, count: all.count) {
      views.overlay = .sortMenu(cursor: cursor)
      return []
    }
    let column: SortColumn? =
      switch key {
      case .enter: all.indices.contains(cursor) ? all[cursor] : nil
      case .character(let letter): all.first { $0.letter == letter }
      default: nil
      }
    if let column {
      sort(by: column)
      views.overlay = nil
      return []
    }
    guard key == .character("I") || key == .character(" ") else { return nil }
    invertSort()
    return []
  }
}
