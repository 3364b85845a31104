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
      return press(key)
    case .resize(let width, let height):
      self.width = max(0, width)
      self.height = max(0, height)
      placePanes()
    case .feed(let event):
      fleet.apply(event, at: now)
      if case .names(let generators, let regions) = event {
        widestID = generators.reduce(widestID) { max($0, TextWidth.of($1)) }
        if !regions.isEmpty { findRegions() }
      }
    case .tick:
      fleet.tick(at: now)
      if let until = notice?.until, now.monotonic >= until { notice = nil }
    case .frame:
      prepareFrame()
    case .screen(let figures):
      fleet.apply(figures, at: now)
    case .note(let text):
      say(text)
    case .resumed:
      say("back; the data went on meanwhile")
    }
    return []
  }

  mutating func placePanes() {
    layout = DashboardLayout(width: width, height: height, zoomed: isZoomed ? focus : nil)
    if layout.area(of: focus) == nil { focus = layout.places.first?.pane ?? .fleet }
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
    orderIsStale = true
  }

  /// Sorts, counts and measures for the frame that is about to be drawn.
  mutating func prepareFrame() {
    let changed = fleet.takeChanges()
    if orderIsStale {
      orderIsStale = false
      waiting = []
      reorder { order, state in
        order.rebuild(state.fleet, sort: state.sort, where: state.isVisible)
      }
    } else if isOrderHeld, order.visible.count > 0 {
      waiting.append(contentsOf: changed)
      if waiting.count > 2 * fleet.count { waiting = Array(Set(waiting)).sorted() }
    } else {
      let moved = waiting.isEmpty ? changed : Array(Set(waiting + changed)).sorted()
      waiting = []
      reorder { order, state in
        order.update(moved, state.fleet, sort: state.sort, where: state.isVisible)
      }
    }
    keepSelection()
    let all = fleet.alarms()
    alarms = all.filter { isInSight($0.generator) }
    hiddenAlarms = all.count - alarms.count
    hops = fleet.hops(at: now.monotonic)
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
    let row = cursorRow
    if selection == nil || (row == 0 && isAtTop) {
      selection = order.visible[0]
      isAtTop = true
    } else if let selection, !order.visible.contains(selection) {
      self.selection = order.visible[min(lastPlace, order.visible.count - 1)]
    }
    if let selection, let place = order.visible.firstIndex(of: selection) { lastPlace = place }
  }
}
