import Terminal

/// The columns of the list.
extension DashboardState {
  mutating func openColumnMenu() { views.overlay = .columnMenu(cursor: 0) }

  /// `columns` at the prompt.
  mutating func chooseColumns(_ line: CommandWords) throws(CommandError) {
    guard !line.words.isEmpty else { throw line.missing("+ or - and the name of a column") }
    var hidden = hiddenColumns
    for word in line.words {
      if word.text.lowercased() == "all" {
        hidden = []
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
      if sign == "+" { hidden.remove(column) } else { hidden.insert(column) }
    }
    choices.hiddenColumns = hidden
  }

  // MARK: - The menu

  /// Space or Enter shows or hides a column at once; the menu stays open.
  mutating func pressInColumnMenu(_ key: Key, _ cursor: Int) -> [Effect]? {
    let all = FleetColumn.choosable
    if let cursor = moved(cursor, by: key, count: all.count) {
      views.overlay = .columnMenu(cursor: cursor)
      return []
    }
    switch key {
    case .character(" "), .enter:
      guard all.indices.contains(cursor) else { return [] }
      choices.hiddenColumns.formSymmetricDifference([all[cursor]])
    case .character("a"): choices.hiddenColumns = []
    case .character("c"): views.overlay = nil
    default: return nil
    }
    return []
  }
}
