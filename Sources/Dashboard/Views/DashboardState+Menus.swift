import Model
import Terminal

extension DashboardState {
  /// A key that the overlay takes for itself; false for one that it leaves to the table.
  mutating func chooseInOverlay(_ key: Key) -> Bool {
    switch overlay {
    case .regionPicker(let picker): pick(key, picker)
    case .sortMenu(let cursor): chooseSort(key, cursor)
    case .columnMenu(let cursor): chooseColumns(key, cursor)
    case .help(let page): search(key, page)
    case .commandHelp, .status, .themePicker, nil: false
    }
  }

  /// Where the cursor of a menu of `count` lines goes; nil for a key that does not move it.
  private func moved(_ cursor: Int, by key: Key, count: Int) -> Int? {
    let wanted: Int? =
      switch key {
      case .down, .control("n"): cursor + 1
      case .up, .control("p"): cursor - 1
      case .home: 0
      case .end: count - 1
      default:
        switch keys.command(for: key)?.motion {
        case .down: cursor + 1
        case .up: cursor - 1
        case .first: 0
        case .last: count - 1
        case .left, .right, .halfPageDown, .halfPageUp, .pageDown, .pageUp, nil: nil
        }
      }
    return wanted.map { min(max(0, $0), max(0, count - 1)) }
  }

  // MARK: - Sort

  /// A letter sorts by its column and closes the menu; `I` and Space turn the order round.
  private mutating func chooseSort(_ key: Key, _ cursor: Int) -> Bool {
    let all = SortColumn.allCases
    let isLetter = all.contains { key == .character($0.letter) }
    if !isLetter, let cursor = moved(cursor, by: key, count: all.count) {
      views.overlay = .sortMenu(cursor: cursor)
      return true
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
      return true
    }
    guard key == .character("I") || key == .character(" ") else { return false }
    invertSort()
    return true
  }

  // MARK: - Columns

  /// Space or Enter shows or hides a column at once; the menu stays open.
  private mutating func chooseColumns(_ key: Key, _ cursor: Int) -> Bool {
    let all = FleetColumn.choosable
    if let cursor = moved(cursor, by: key, count: all.count) {
      views.overlay = .columnMenu(cursor: cursor)
      return true
    }
    switch key {
    case .character(" "), .enter:
      guard all.indices.contains(cursor) else { return true }
      choices.hiddenColumns.formSymmetricDifference([all[cursor]])
    case .character("a"): choices.hiddenColumns = []
    case .character("c"): views.overlay = nil
    default: return false
    }
    return true
  }

  // MARK: - Regions

  private mutating func pick(_ key: Key, _ picker: RegionPicker) -> Bool {
    var picker = picker
    let rows = picker.rows(fleet)
    switch key {
    case .down, .control("n"): picker.cursor += 1
    case .up, .control("p"): picker.cursor -= 1
    case .pageDown: picker.cursor += 10
    case .pageUp: picker.cursor -= 10
    case .home: picker.cursor = 0
    case .end: picker.cursor = rows.count - 1
    case .tab, .character(" "): toggleMark(rows, &picker)
    case .backspace:
      picker.text = String(picker.text.dropLast())
      picker.cursor = 0
    case .enter:
      showPicked(rows, picker)
      return true
    case .character(let digit) where picker.text.isEmpty && digit.isASCII && digit.isWholeNumber:
      return false
    case .character(let character):
      if picker.text.count < 60 { picker.text.append(character) }
      picker.cursor = 0
    default:
      return false
    }
    picker.cursor = min(max(0, picker.cursor), max(0, picker.rows(fleet).count - 1))
    views.overlay = .regionPicker(picker)
    return true
  }

  /// The first mark is set beside those regions that are shown already.
  private func toggleMark(_ rows: [RegionPicker.Row], _ picker: inout RegionPicker) {
    guard rows.indices.contains(picker.cursor) else { return }
    if let region = rows[picker.cursor] {
      let before = picker.marked ?? (regions.isEmpty ? [] : regionIndices)
      picker.marked = before.symmetricDifference([region])
    } else {
      picker.marked = []
    }
    picker.cursor += 1
  }

  /// Enter: the marked regions (none stands for all), else the one under the cursor.
  private mutating func showPicked(_ rows: [RegionPicker.Row], _ picker: RegionPicker) {
    views.overlay = nil
    if let marked = picker.marked {
      // Names that were asked for and not heard of yet are still wanted.
      let known = Set(fleet.regions.map { $0.lowercased() })
      let awaited = regions.filter { !known.contains($0.lowercased()) }
      let chosen = fleet.regionsByName(withEmpty: true).filter { marked.contains($0) }
      setRegions(chosen.isEmpty ? [] : chosen.map { fleet.regions[Int($0)] } + awaited)
    } else if rows.indices.contains(picker.cursor) {
      setRegions(rows[picker.cursor].map { [fleet.regions[Int($0)]] } ?? [])
    }
  }
}
