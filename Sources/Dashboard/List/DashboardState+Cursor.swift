import Model

extension DashboardState {
  /// Moves the cursor of the focused pane, or scrolls the overlay.
  mutating func move(_ motion: Motion) {
    switch overlay {
    case .help, .commandHelp, .status: views.scrollOverlay(motion)
    case .sortMenu, .columnMenu, .regionPicker, .themePicker: break
    case nil where focus == .map: moveOnMap(motion)
    case nil where motion == .left || motion == .right: scrollColumns(motion)
    case nil where focus == .fleet || walksGenerators:
      list.moveCursor(motion, rows: fleetRows)
    case nil where focus == .log:
      log.move(motion, rows: max(1, layout.listRows(of: .log)))
    case nil where focus == .overview: moveRegion(motion)
    case nil: views.moveCursor(motion, count: lineCount(of: focus))
    }
  }

  /// `l` brings columns into sight for which there is no room; `h` goes back.
  private mutating func scrollColumns(_ motion: Motion) {
    guard layout.area(of: .fleet) != nil else { return }
    let most = FleetColumn.choosable.count - hiddenColumns.count - 1
    columnScroll = min(max(0, columnScroll + (motion == .left ? -1 : 1)), max(0, most))
  }

  /// How many rows the list of the fleet has.
  var fleetRows: Int { layout.listRows(of: .fleet) }

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
    case .detailRecord: views.extent(of: .messages).lines
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
