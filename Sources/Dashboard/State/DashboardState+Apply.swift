import Model
import Terminal

extension DashboardState {
  /// How long the order is held after a key, in nanoseconds.
  static let hold: Int64 = 5_000_000_000

  /// Takes over one event and says what the run loop shall do.
  public mutating func apply(_ event: Event) -> [Effect] {
    timeline.advance(to: event.stamp)
    log.now = event.stamp
    switch event.kind {
    case .key(let key): return handleInput { $0.press(key) }
    case .mouse(let pointing): return handleInput { $0.point(pointing) }
    case .resize(let width, let height):
      views.resize(width: width, height: height)
    case .feed(let feed):
      log.note(feed, after: timeline.traffic)
      timeline.record(event)
      if case .watched(let message) = feed { inspection?.add(message) }
      if case .names(let generators, let regions) = feed {
        widestID = generators.reduce(widestID) { max($0, TextWidth.of($1)) }
        names.extend(liveFleet)
        list.findPins(generators, of: liveFleet.count)
        if !regions.isEmpty { findRegions() }
      }
    case .tick:
      timeline.record(event)
      log.noteTick(timeline.live)
      workOutView()
      if filter.test?.dependsOnTime == true, timeline.isLive {
        list.noteTime()
        noteOtherSight()
      }
      endMute()
      if let until = notice?.until, present.monotonic >= until { notice = nil }
    case .frame:
      tellAbsence()
      return prepareFrame() + watching()
    case .drawn(let extents): views.limitScrolling(to: extents)
    case .screen: timeline.record(event)
    case .theme(let report):
      log.note(report, of: theme)
      noteThemes(report)
    case .recording(let report): noteRecording(report)
    case .note(let text):
      log.add(.notice, "egtop", text)
      say(text)
    case .suspended: noteSuspension()
    case .resumed:
      log.add(.info, "egtop", "back from the shell")
      noteReturn()
    }
    return []
  }

  /// Does what the operator asks for, and what follows from it.
  private mutating func handleInput(_ act: (inout DashboardState) -> [Effect]) -> [Effect] {
    let before = selection
    let effects = act(&self)
    bringIntoMap(from: before)
    return effects + rememberChoices() + watching()
  }

  /// Shows `text` for some seconds.
  mutating func say(_ text: String) {
    notice = Notice(text: text, until: present.monotonic &+ 4_000_000_000)
  }

  /// Finds the indices of the regions that were chosen by name.
  mutating func findRegions() {
    let wanted = Set(regions.map { $0.lowercased() })
    let found = fleet.regions.indices.filter { wanted.contains(fleet.regions[$0].lowercased()) }
    regionIndices = Set(found.map { RegionIndex($0) })
    if map.isFitted { map.needsFit = true }
    askOrder(for: .filter)
  }

  /// Asks for work on the order before the next frame.
  mutating func askOrder(for need: FleetList.OrderNeed) {
    list.ask(for: need)
    noteOtherSight()
  }

  /// Notes that other alarms and events may be shown than before though nothing happened to their generators.
  private mutating func noteOtherSight() {
    alarmLists.noteOtherSight()
    eventList.noteOtherSight()
  }

  /// Sorts, counts and measures for the frame that is about to be drawn.
  mutating func prepareFrame() -> [Effect] {
    let changed = timeline.takeChanges()
    arrange(changed)
    if let guest, selection != guest { dismissGuest() }
    showSubjectInList()
    list.updateCursor(hasFleet: fleet.count > 0, rows: fleetRows)
    prepareMap()
    if let subject, timeline.isLive {
      let (recordAt, now) = (fleet.generators[Int(subject)].enrichedReceivedAt, now.monotonic)
      inspection?.note(recordAt: recordAt, at: now)
    }
    overview.hops = fleet.hops(at: now.monotonic)
    if fleetSummary.madeAt == nil { workOutView() }
    if timeline.isOtherMoment { eventList.noteOtherSight() }
    updateSight(of: changed)
    updateEvents()
    let looked = alarmsToUpdate(changed)
    updateAlarms(of: looked)
    timeline.noteShown()
    return announceAlarms(of: timeline.takeHiddenChanges() ?? looked)
  }

  /// Of another moment all alarms are new.
  private mutating func alarmsToUpdate(_ changed: [GeneratorIndex]) -> [GeneratorIndex] {
    guard timeline.isOtherMoment else { return alarmLists.generatorsToUpdate(changed) }
    alarmLists = AlarmLists()
    return fleet.generators.indices.map { GeneratorIndex($0) }
  }

  /// Brings the lists of alarms up to date with some generators.
  private mutating func updateAlarms(of generators: [GeneratorIndex]) {
    var lists = AlarmLists()
    swap(&lists, &alarmLists)
    lists.update(generators, timeline.fleet, where: isInSight)
    swap(&lists, &alarmLists)
  }

  /// Carries out what was asked of the order: keys may come faster than frames, and each shall find
  /// the list as the one before left it.
  mutating func bringUpToDate() {
    guard list.need != .nothing else { return }
    arrange([])
    list.updateCursor(hasFleet: fleet.count > 0, rows: fleetRows)
  }

  /// Brings the order, the lines and the map up to date with what changed.
  private mutating func arrange(_ changed: [GeneratorIndex]) {
    let work = list.takeWork(changed, of: fleet.count, at: present.monotonic)
    if work.sortsAll {
      map.isOld = true
      reorder { order, state in
        order.rebuild(state.timeline.fleet, by: state.sorting, where: state.isVisible)
      }
    } else if work.moved.isEmpty {
      updateMap(changed)
    } else {
      update(work.moved)
    }
    if !work.revealed.isEmpty {
      reorder { order, state in
        order.reveal(work.revealed, state.timeline.fleet, by: state.sorting, where: state.isVisible)
      }
    }
    if work.filtersAll {
      map.isOld = true
      reorder { order, state in order.filter(where: state.isVisible) }
    }
    updateLines()
  }

  /// Moves single generators that were pinned, or let in for a look, to their places at once, held or
  /// not.
  mutating func rearrange(_ generators: [GeneratorIndex]) {
    update(generators)
    updateAlarms(of: generators)
    eventList.noteOtherSight()
    updateLines()
  }

  private mutating func update(_ generators: [GeneratorIndex]) {
    reorder { order, state in
      order.update(generators, state.timeline.fleet, by: state.sorting, where: state.isVisible)
    }
    updateMap(generators)
  }

  /// Works out the lines of the list from the order.
  mutating func updateLines() { list.updateLines(isGrouped: isGrouped) }

  var sorting: FleetSorting { FleetSorting(sort: sort, isGrouped: isGrouped, pinned: pinned) }

  private mutating func reorder(_ change: (inout FleetOrder, DashboardState) -> Void) {
    var order = FleetOrder()
    swap(&order, &list.order)
    change(&order, self)
    swap(&order, &list.order)
  }
}
