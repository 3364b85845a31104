import Model

extension DashboardState {
  /// Moves the cursor of the focused pane, or scrolls the overlay.
  mutating func move(_ motion: Motion) {
    if overlay == nil { moveCursor(motion) } else { views.scrollOverlay(motion) }
  }

  /// Moves the cursor that the focused pane has; to the sides only the map has anywhere to go.
  private mutating func moveCursor(_ motion: Motion) {
    let cursor = focus.row.cursor
    if cursor != .map, motion == .left || motion == .right { return scrollColumns(motion) }
    switch cursor {
    case .generators: list.moveCursor(motion, rows: fleetRows)
    case .map: moveOnMap(motion)
    case .regions: moveRegion(motion)
    case .log: log.move(motion, rows: max(1, layout.listRows(of: .log)))
    case .lines: views.moveCursor(motion, count: focus.row.lines(self))
    }
  }

  /// `l` brings columns into sight for which there is no room; `h` goes back.
  private mutating func scrollColumns(_ motion: Motion) {
    guard layout.area(of: .fleet) != nil else { return }
    let most = FleetColumn.choosable.count { choices.shows($0) } - 1
    columnScroll = min(max(0, columnScroll + (motion == .left ? -1 : 1)), max(0, most))
  }

  /// How many rows the list of the fleet has.
  var fleetRows: Int { layout.listRows(of: .fleet) }

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
