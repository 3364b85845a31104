import Model

extension DashboardState {
  /// Moves the cursor of the focused pane, or scrolls the overlay.
  mutating func move(_ motion: Motion) {
    if overlay == nil { moveCursor(motion) } else { scrollOverlay(motion) }
  }

  /// Moves the cursor that the focused pane has; to the sides only the map has anywhere to go.
  private mutating func moveCursor(_ motion: Motion) {
    let cursor = focus.row.cursor
    if cursor != .map, motion == .left || motion == .right { return scrollColumns(motion) }
    switch cursor {
    case .generators: moveSelection(motion)
    case .map: moveOnMap(motion)
    case .regions: moveRegion(motion)
    case .log: moveLog(motion)
    case .lines: moveLine(motion)
    }
  }

  /// `l` brings columns into sight for which there is no room; `h` goes back.
  private mutating func scrollColumns(_ motion: Motion) {
    guard layout.area(of: .fleet) != nil else { return }
    let most = FleetColumn.choosable.count - hiddenColumns.count - 1
    columnScroll = min(max(0, columnScroll + (motion == .left ? -1 : 1)), max(0, most))
  }

  /// How far `motion` goes in a list of `count` lines of which `rows` are shown.
  func target(_ motion: Motion, from place: Int, rows: Int, count: Int) -> Int {
    let page = max(1, rows - 1)
    let wanted =
      switch motion {
      case .down: place + 1
      case .up: place - 1
      case .halfPageDown: place + max(1, rows / 2)
      case .halfPageUp: place - max(1, rows / 2)
      case .pageDown: place + page
      case .pageUp: place - page
      case .first: 0
      case .last: count - 1
      case .left, .right: place
      }
    return min(max(0, wanted), max(0, count - 1))
  }

  private mutating func moveSelection(_ motion: Motion) {
    guard !order.visible.isEmpty else { return }
    let rows = layout.listRows(of: .fleet)
    let line = cursorLine ?? 0
    let wanted = target(motion, from: line, rows: rows, count: lines.count)
    putCursor(on: firstStop(from: wanted, step: wanted < line ? -1 : 1))
  }

  private mutating func moveLine(_ motion: Motion) {
    let rows = max(1, layout.listRows(of: focus))
    let count = focus.row.lines(self)
    let place = target(motion, from: cursors[focus] ?? 0, rows: rows, count: count)
    cursors[focus] = place
    let scroll = scrolls[focus] ?? 0
    scrolls[focus] = min(max(scroll, place - rows + 1), place)
  }

  /// Enter: on an alarm, an event or a region, goes to the generator or region it is about; on a
  /// generator, to its detail; on the heading of a folded group, unfolds it.
  mutating func openAtCursor() { focus.row.open(&self, cursors[focus] ?? 0) }

  /// From a list beside the fleet to the generator that a line is about: to its row, and from there to
  /// its detail.
  mutating func goToGenerator(ofLine line: Int, in pane: PaneID) {
    guard let generator = pane.row.generator(self, line) else { return }
    guard selection == generator, order.shows(generator) else { return reveal(generator) }
    openDetail(of: generator)
  }
}
