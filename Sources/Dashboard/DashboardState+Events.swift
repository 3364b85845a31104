import Model
import Terminal

extension DashboardState {
  /// How long the order is held after a key, in nanoseconds.
  static let hold: Int64 = 5_000_000_000

  /// Takes over one event and says what the run loop shall do.
  public mutating func apply(_ event: Event) -> [Effect] {
    now = event.stamp
    switch event.kind {
    case .key(let key):
      return press(key) + remembering() + watching()
    case .resize(let width, let height):
      self.width = max(0, width)
      self.height = max(0, height)
      placePanes()
    case .feed(let event):
      fleet.apply(event, at: now)
      if case .watched(let message) = event { inspection?.take(message) }
      if case .names(let generators, let regions) = event {
        widestID = generators.reduce(widestID) { max($0, TextWidth.of($1)) }
        names.extend(fleet)
        findPins(generators)
        if !regions.isEmpty { findRegions() }
      }
    case .tick:
      fleet.tick(at: now)
      if filter.test?.dependsOnTime == true { filterIsOld = true }
      if let until = notice?.until, now.monotonic >= until { notice = nil }
    case .frame:
      prepareFrame()
      return callForAlarms() + watching()
    case .screen(let figures):
      fleet.apply(figures, at: now)
    case .theme(let report):
      take(report)
    case .note(let text):
      say(text)
    case .resumed:
      say("back; the data went on meanwhile")
    }
    return []
  }

  /// Shows `text` for some seconds.
  mutating func say(_ text: String) {
    notice = (text, now.monotonic &+ 4_000_000_000)
  }

  /// Finds the indices of the regions that were chosen by name.
  mutating func findRegions() {
    let wanted = Set(regions.map { $0.lowercased() })
    regionIndices = Set(
      fleet.regions.indices.filter { wanted.contains(fleet.regions[$0].lowercased()) }
        .map { RegionIndex($0) }
    )
    need(.filter)
  }

  /// Asks for work on the order before the next frame.
  mutating func need(_ need: OrderNeed) { orderNeed = max(orderNeed, need) }

  /// Sorts, counts and measures for the frame that is about to be drawn.
  mutating func prepareFrame() {
    arrange(fleet.takeChanges())
    if let guest, selection != guest { dismissGuest() }
    keepSubject()
    keepSelection()
    if let subject {
      let recordAt = fleet.generators[Int(subject)].enrichedReceivedAt
      inspection?.note(recordAt: recordAt, at: now.monotonic)
    }
    let all = fleet.alarms()
    alarms = all.filter { isInSight($0.generator) }
    hiddenAlarms = all.count - alarms.count
    criticalAlarms = all.filter { $0.priority == 1 }
    hops = fleet.hops(at: now.monotonic)
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
      reorder { order, state in
        order.rebuild(state.fleet, by: state.sorting, where: state.isVisible)
      }
    } else if isHeld {
      waiting.append(contentsOf: changed)
      if waiting.count > 2 * fleet.count { waiting = Array(Set(waiting)).sorted() }
    } else {
      let moved = waiting.isEmpty ? changed : Array(Set(waiting + changed)).sorted()
      waiting = []
      move(moved)
    }
    if need == .filter || filterIsOld && !isHeld {
      filterIsOld = false
      reorder { order, state in order.filter(where: state.isVisible) }
    }
    layLines()
  }

  /// Moves single generators to their places at once, held or not.
  mutating func move(_ generators: [GeneratorIndex]) {
    reorder { order, state in
      order.update(generators, state.fleet, by: state.sorting, where: state.isVisible)
    }
  }

  /// Works out the lines of the list from the order.
  mutating func layLines() {
    let groups = order.groups(isGrouped: isGrouped)
    lines = FleetLines(groups, collapsed: collapsed, hasHeadings: isGrouped)
  }

  private var sorting: FleetSorting {
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
