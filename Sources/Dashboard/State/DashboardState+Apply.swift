import Model
import Terminal

extension DashboardState {
  /// How long the order is held after a key, in nanoseconds.
  static let hold: Int64 = 5_000_000_000

  /// Takes over one event and says what the run loop shall do.
  public mutating func apply(_ event: Event) -> [Effect] {
    present = event.stamp
    if pastView == nil { now = present }
    switch event.kind {
    case .key(let key):
      let before = selection
      let effects = press(key)
      followOnMap(before)
      return effects + rememberChoices() + watching()
    case .mouse(let pointing):
      let before = selection
      let effects = point(pointing)
      followOnMap(before)
      return effects + rememberChoices() + watching()
    case .resize(let width, let height):
      self.width = max(0, width)
      self.height = max(0, height)
      placePanes()
    case .feed(let feed):
      note(feed)
      hear(event)
      if case .watched(let message) = feed { inspection?.take(message) }
      if case .names(let generators, let regions) = feed {
        widestID = generators.reduce(widestID) { max($0, TextWidth.of($1)) }
        names.extend(liveFleet)
        findPins(generators)
        if !regions.isEmpty { findRegions() }
      }
    case .tick:
      hear(event)
      noteTick()
      workOutView()
      if filter.test?.dependsOnTime == true, pastView == nil {
        filterIsOld = true
        alarmsAreOld = true
      }
      endMute()
      if let until = notice?.until, present.monotonic >= until { notice = nil }
    case .frame:
      tellAbsence()
      return prepareFrame() + watching()
    case .drawn(let extents): limitScrolling(to: extents)
    case .screen:
      hear(event)
    case .theme(let report):
      note(report)
      noteThemes(report)
    case .recording(let report):
      noteRecording(report)
    case .note(let text):
      log.add(.notice, "egtop", text, at: present)
      say(text)
    case .suspended:
      leave()
    case .resumed:
      log.add(.info, "egtop", "back from the shell", at: present)
      comeBack()
    }
    return []
  }

  /// Shows `text` for some seconds.
  mutating func say(_ text: String) {
    notice = (text, present.monotonic &+ 4_000_000_000)
  }

  /// Finds the indices of the regions that were chosen by name.
  mutating func findRegions() {
    let wanted = Set(regions.map { $0.lowercased() })
    regionIndices = Set(
      fleet.regions.indices.filter { wanted.contains(fleet.regions[$0].lowercased()) }
        .map { RegionIndex($0) }
    )
    if map.isFitted { map.needsFit = true }
    need(.filter)
  }

  /// Asks for work on the order before the next frame.
  mutating func need(_ need: OrderNeed) {
    orderNeed = max(orderNeed, need)
    alarmsAreOld = true
  }

  /// Sorts, counts and measures for the frame that is about to be drawn.
  mutating func prepareFrame() -> [Effect] {
    let changed = fleet.takeChanges()
    arrange(changed)
    if let guest, selection != guest { dismissGuest() }
    keepSubject()
    keepSelection()
    prepareMap()
    if let subject, pastView == nil {
      let recordAt = fleet.generators[Int(subject)].enrichedReceivedAt
      inspection?.note(recordAt: recordAt, at: now.monotonic)
    }
    hops = fleet.hops(at: now.monotonic)
    if fleetSummary.madeAt == nil { workOutView() }
    let looked = alarmsToLookAt(changed)
    lookAtAlarms(of: looked)
    return callForAlarms(of: pastView?.live.takeChanges() ?? looked)
  }

  /// All alarms are those that were known and those of what changed; of another moment all are new.
  private mutating func alarmsToLookAt(_ changed: [GeneratorIndex]) -> [GeneratorIndex] {
    defer { (alarmsAreOld, fleetIsOther) = (false, false) }
    if fleetIsOther {
      alarmLists = AlarmLists()
      return fleet.generators.indices.map { GeneratorIndex($0) }
    }
    return alarmsAreOld ? Set(changed).union(alarmLists.generators).sorted() : changed
  }

  /// Brings the lists of alarms up to date with some generators.
  private mutating func lookAtAlarms(of generators: [GeneratorIndex]) {
    var lists = AlarmLists()
    swap(&lists, &alarmLists)
    lists.update(generators, fleet, where: isInSight)
    swap(&lists, &alarmLists)
  }

  /// Carries out what was asked of the order: keys may come faster than frames, and each shall find
  /// the list as the one before left it.
  mutating func bringUpToDate() {
    if orderNeed != .nothing { arrange([]) }
  }

  /// Brings the order up to date with what changed; while it is held nothing moves, but what the
  /// operator asks for happens at once.
  private mutating func arrange(_ changed: [GeneratorIndex]) {
    let need = orderNeed
    orderNeed = .nothing
    let isHeld = isOrderHeld && order.visible.count > 0
    if need == .sort {
      waiting = []
      map.isOld = true
      reorder { order, state in
        order.rebuild(state.fleet, by: state.sorting, where: state.isVisible)
      }
    } else if isHeld {
      waiting.append(contentsOf: changed)
      updateMap(changed)
      if waiting.count > 2 * fleet.count { waiting = Array(Set(waiting)).sorted() }
    } else {
      let moved = waiting.isEmpty ? changed : Array(Set(waiting + changed)).sorted()
      waiting = []
      update(moved)
    }
    if need == .filter || filterIsOld && !isHeld {
      filterIsOld = false
      map.isOld = true
      reorder { order, state in order.filter(where: state.isVisible) }
    }
    layLines()
  }

  /// Moves single generators that were pinned, or let in for a look, to their places at once, held or
  /// not.
  mutating func move(_ generators: [GeneratorIndex]) {
    update(generators)
    lookAtAlarms(of: generators)
  }

  private mutating func update(_ generators: [GeneratorIndex]) {
    reorder { order, state in
      order.update(generators, state.fleet, by: state.sorting, where: state.isVisible)
    }
    updateMap(generators)
  }

  /// Works out the lines of the list from the order.
  mutating func layLines() {
    let groups = order.groups(isGrouped: isGrouped)
    lines = FleetLines(groups, collapsed: collapsed, hasHeadings: isGrouped)
  }

  var sorting: FleetSorting {
    FleetSorting(sort: sort, isGrouped: isGrouped, pinned: pinned)
  }

  private mutating func reorder(_ change: (inout FleetOrder, DashboardState) -> Void) {
    var order = FleetOrder()
    swap(&order, &self.order)
    change(&order, self)
    swap(&order, &self.order)
  }

  /// The cursor stays on its generator; on the first row it stays at the top; a generator that went
  /// out of sight leaves it to the one that took its row.
  private mutating func keepSelection() {
    guard !order.visible.isEmpty else {
      if fleet.count == 0 { selection = nil }
      return
    }
    let top = firstStop(from: 0, step: 1)
    if selection == nil || isAtTop && cursorLine != top {
      putCursor(on: top)
      isAtTop = true
    } else if let selection, order.place(of: selection) == nil {
      putCursor(on: firstStop(from: min(lastLine, lines.count - 1), step: -1))
    }
    if let line = cursorLine { lastLine = line }
  }
}
