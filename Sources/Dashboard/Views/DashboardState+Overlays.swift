import Terminal

/// What keys and clicks do in what lies over the panes.
extension DashboardState {
  /// A key that the overlay takes for itself; nil for one that it leaves to the table of commands.
  mutating func pressInOverlay(_ key: Key) -> [Effect]? { overlay?.row.press(&self, key) ?? nil }

  /// A click on a line of the menu that is open does what Enter does there, or shows what it is.
  mutating func chooseInOverlay(line: Int) -> [Effect] { overlay?.row.choose(&self, line) ?? [] }

  /// Enter in a menu whose cursor is on another line now.
  mutating func takeMenuLine(_ menu: Overlay) -> [Effect] {
    views.overlay = menu
    return press(.enter)
  }

  /// Where the cursor of a menu of `count` lines goes; nil for a key that does not move it.
  func moved(_ cursor: Int, by key: Key, count: Int) -> Int? {
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
}
