import Model

extension DashboardState {
  /// Moves the cursor of the focused pane, or scrolls the overlay.
  mutating func move(_ command: Command) {
    switch overlay {
    case .help(let scroll):
      overlay = .help(scroll: scrolled(scroll, command, lines: KeyTable.bindings.count + 8))
    case .status(let scroll):
      let lines =
        36 + options.notes.count + (options.demo?.commands.count ?? 0) + 2
        * fleet.traffic.rejected.count
      overlay = .status(scroll: scrolled(scroll, command, lines: lines))
    case .sortMenu, .regionPicker: break
    case nil where focus == .fleet: moveSelection(command)
    case nil: moveCursor(command)
    }
  }

  /// How far `command` goes in a list of `count` lines of which `rows` are shown.
  private func target(_ command: Command, from place: Int, rows: Int, count: Int) -> Int {
    let page = max(1, rows - 1)
    let wanted =
      switch command {
      case .down: place + 1
      case .up: place - 1
      case .halfPageDown: place + max(1, rows / 2)
      case .halfPageUp: place - max(1, rows / 2)
      case .pageDown: place + page
      case .pageUp: place - page
      case .first: 0
      case .last: count - 1
      default: place
      }
    return min(max(0, wanted), max(0, count - 1))
  }

  /// Where an overlay of about `lines` lines is scrolled to; what draws it knows how many exactly.
  private func scrolled(_ scroll: Int, _ command: Command, lines: Int) -> Int {
    let rows = max(1, height - 2)
    let last = max(0, lines - rows)
    return min(target(command, from: min(scroll, last), rows: rows, count: lines), last)
  }

  private mutating func moveSelection(_ command: Command) {
    guard !order.visible.isEmpty else { return }
    let rows = layout.listRows(of: .fleet)
    let place = selection.flatMap { order.visible.firstIndex(of: $0) } ?? 0
    select(target(command, from: place, rows: rows, count: order.visible.count), from: place)
  }

  /// Puts the cursor on a place of the list and scrolls no further than needed.
  private mutating func select(_ place: Int, from before: Int) {
    let rows = max(1, layout.listRows(of: .fleet))
    let (first, _) = fleetWindow(rows: rows)
    selection = order.visible[place]
    lastPlace = place
    cursorRow = min(max(0, place - first), rows - 1)
    isAtTop = place == 0
  }

  private mutating func moveCursor(_ command: Command) {
    let rows = max(1, layout.listRows(of: focus))
    let count = lineCount(of: focus)
    let place = target(command, from: cursors[focus] ?? 0, rows: rows, count: count)
    cursors[focus] = place
    let scroll = scrolls[focus] ?? 0
    scrolls[focus] = min(max(scroll, place - rows + 1), place)
  }

  /// How many lines the list of a pane has.
  public func lineCount(of pane: PaneID) -> Int {
    switch pane {
    case .fleet: order.visible.count
    case .alarms: alarms.count
    case .events: fleet.events.count
    case .pipeline: HopID.allCases.count
    case .regions: fleet.regionsByName().count
    }
  }

  /// Enter: on an alarm, an event or a region, goes to the generator or region it is about.
  mutating func open() {
    let place = cursors[focus] ?? 0
    switch focus {
    case .alarms where alarms.indices.contains(place):
      reveal(alarms[place].generator)
    case .events:
      if let event = events(1, skipping: place).first { reveal(event.generator) }
    case .regions:
      let all = fleet.regionsByName()
      guard all.indices.contains(place) else { return }
      setRegions([fleet.regions[Int(all[place])]])
    case .fleet, .alarms, .pipeline:
      break
    }
  }

  /// Goes to the next generator, in the order of the list, for which `isWanted` holds; hidden ones
  /// are brought into sight.
  mutating func jump(_ step: Int, where isWanted: (Generator) -> Bool) {
    let shown = order.visible
    let start = selection.flatMap { shown.firstIndex(of: $0) } ?? (step > 0 ? -1 : shown.count)
    var place = start + step
    while shown.indices.contains(place) {
      if isWanted(fleet.generators[Int(shown[place])]) { return reveal(shown[place]) }
      place += step
    }
    // None further on: the hidden ones, then round again from the other end.
    let hidden = fleet.generators.indices.map { GeneratorIndex($0) }
      .first { isWanted(fleet.generators[Int($0)]) && !isVisible($0) }
    if let hidden { return reveal(hidden) }
    let again =
      step > 0
      ? shown.first { isWanted(fleet.generators[Int($0)]) }
      : shown.last { isWanted(fleet.generators[Int($0)]) }
    guard let again else { return say("there is none") }
    reveal(again)
  }

  /// Puts the cursor on `generator`, giving up region and filter if they hide it.
  mutating func reveal(_ generator: GeneratorIndex) {
    guard fleet.generators.indices.contains(Int(generator)) else { return }
    if !isVisible(generator) {
      say("filter and region given up to show \(fleet.ids[Int(generator)])")
      regions = []
      filter = TextFilter()
      abnormalOnly = false
      findRegions()
      prepareFrame()
    }
    focus = .fleet
    placePanes()
    guard let place = order.visible.firstIndex(of: generator) else { return }
    select(place, from: lastPlace)
  }
}
