import Terminal

/// The order of the list.
extension DashboardState {
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
    let all = offeredSorts
    let place = all.firstIndex(of: sort.column) ?? 0
    sort(by: SortOrder(column: all[(place + step + all.count) % all.count]))
  }

  /// `sort` at the prompt.
  mutating func sort(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else { throw line.missing("name a column to sort by") }
    let names = SortColumn.allCases.map(\.rawValue)
    let name = try word.choice(of: names, "column")
    var isInverted = false
    if line.words.count > 1 {
      isInverted = try line.words[1].choice(of: ["asc", "desc"], "direction") == "desc"
    }
    guard let column = SortColumn(rawValue: name) else { return }
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
