import Model

extension DashboardState {
  /// Moves the cursor of the focused pane, or scrolls the overlay.
  mutating func move(_ motion: Motion) {
    switch overlay {
    case .help, .commandHelp, .status: scrollOverlay(motion)
    case .sortMenu, .columnMenu, .regionPicker, .themePicker: break
    case nil where focus == .map: moveOnMap(motion)
    case nil where motion == .left || motion == .right: scrollColumns(motion)
    case nil where focus == .fleet || walksGenerators: moveSelection(motion)
    case nil where focus == .log: moveLog(motion)
    case nil where focus == .overview: moveRegion(motion)
    case nil: moveCursor(motion)
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

  private mutating func moveCursor(_ motion: Motion) {
    let rows = max(1, layout.listRows(of: focus))
    let count = lineCount(of: focus)
    let place = target(motion, from: cursors[focus] ?? 0, rows: rows, count: count)
    cursors[focus] = place
    let scroll = scrolls[focus] ?? 0
    scrolls[focus] = min(max(scroll, place - rows + 1), place)
  }

  /// How many lines the list of a pane has.
  public func lineCount(of pane: PaneID) -> Int {
    switch pane {
    case .fleet: lines.count
    case .alarms: alarms.count
    case .events: eventsInSight
    case .pipeline: HopID.allCases.count
    case .regions: fleet.regionsByName().count
    case .map: 0
    case .overview: rankedRegions.count
    case .nextEmpty: fleetSummary.emptying.count
    case .log: log.count
    case .timeToEmpty, .wall: 0
    case .detailPresence: subject.map { fleet.ownEvents[$0].count } ?? 0
    case .detailRecord: extent(of: .messages).lines
    case .detailFuel, .detailNow, .detailTrends, .detailPath: 0
    }
  }

  /// Enter: on an alarm, an event or a region, goes to the generator or region it is about; on a
  /// generator, to its detail; on the heading of a folded group, unfolds it.
  mutating func openAtCursor() {
    let place = cursors[focus] ?? 0
    switch focus {
    case .alarms where alarms.indices.contains(place):
      goTo(alarms[place].generator)
    case .events:
      if let event = events(1, skipping: place).first { goTo(event.generator) }
    case .regions:
      let all = fleet.regionsByName()
      guard all.indices.contains(place) else { return }
      setRegions([fleet.regions[Int(all[place])]])
    case .overview:
      openRegion()
    case .nextEmpty where fleetSummary.emptying.indices.contains(place):
      reveal(fleetSummary.emptying[place].generator)
    case .fleet, .map:
      openDetail()
    case .alarms, .pipeline, .timeToEmpty, .nextEmpty, .wall, .log, .detailFuel, .detailNow,
      .detailTrends, .detailPresence, .detailRecord, .detailPath:
      break
    }
  }

  /// From a list beside the fleet to a generator: to its row, and from there to its detail.
  private mutating func goTo(_ generator: GeneratorIndex) {
    guard selection == generator, order.shows(generator) else { return reveal(generator) }
    openDetail(of: generator)
  }
}
