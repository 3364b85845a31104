public import Model
import Terminal

/// Everything the screen is drawn from: the world, and what the operator chose to see of it.
///
/// Changed by ``apply(_:)`` alone, which reads no clock and touches nothing; panes draw it and
/// cannot change it.
public struct DashboardState: Sendable {
  public let options: DashboardOptions
  public internal(set) var fleet: Fleet
  /// The time of the last event.
  public internal(set) var now = Stamp(monotonic: 0, wall: 0)
  public internal(set) var layout = DashboardLayout(width: 80, height: 24)
  public internal(set) var width = 80
  public internal(set) var height = 24

  public internal(set) var focus = PaneID.fleet
  public internal(set) var isZoomed = false
  public internal(set) var overlay: Overlay?
  public internal(set) var prompt: Prompt?
  public internal(set) var times: TimeDisplay

  public internal(set) var sort: SortOrder
  public internal(set) var filter: TextFilter
  public internal(set) var abnormalOnly = false
  /// Names of the regions that are shown; empty for all.
  ///
  /// Names, since a region may not have been heard of yet.
  public internal(set) var regions: [String]

  /// The generator under the cursor; the cursor is on it, not on a row.
  public internal(set) var selection: GeneratorIndex?
  /// Which row of the fleet pane the cursor keeps to, from 0.
  public internal(set) var cursorRow = 0
  /// The first line shown of the alarms, events and pipeline panes.
  public internal(set) var scrolls: [PaneID: Int] = [:]
  /// The line under the cursor in the lists beside the fleet, from 0.
  public internal(set) var cursors: [PaneID: Int] = [:]

  /// Until when the order of the fleet is held after a key: monotonic nanoseconds.
  public internal(set) var heldUntil: Int64?
  /// A sentence about what was just done, and until when it is shown.
  public internal(set) var notice: (text: String, until: Int64)?
  /// Worked out for each frame.
  public internal(set) var hops: [HopFigures] = []
  /// The alarms of the generators that are shown, in the order of the list.
  public internal(set) var alarms: [Alarm] = []
  /// Those of the generators that region and filter hide.
  public internal(set) var hiddenAlarms = 0

  /// Columns of the widest id met so far, and of the widest name in the inventory (0 for no names).
  public internal(set) var widestID = 0
  public let widestName: Int

  /// Whether the cursor sits on the first row and stays there, whoever comes to the top.
  var isAtTop = true
  /// The cursor's last place among the visible.
  var lastPlace = 0
  var order = FleetOrder()
  var orderIsStale = true
  /// Changed while the order was held, to be moved when the hold ends.
  var waiting: [GeneratorIndex] = []
  var regionIndices: Set<RegionIndex> = []

  public init(_ options: DashboardOptions) {
    self.options = options
    widestName = options.inventory.reduce(0) { max($0, TextWidth.of($1.name ?? "")) }
    fleet = Fleet(policy: options.policy, inventory: options.inventory)
    times = options.times
    sort = options.sort
    filter = TextFilter(options.filter)
    regions = options.regions
  }

  /// The generators shown, in order.
  public var visible: [GeneratorIndex] { order.visible }

  /// How many generators region and filter hide.
  public var hiddenGenerators: Int { fleet.count - order.visible.count }

  /// Whether the order is being held after a key.
  public var isOrderHeld: Bool { heldUntil.map { now.monotonic < $0 } ?? false }

  /// Whether region, filter and `abnormal only` let a generator be seen.
  public func isVisible(_ generator: GeneratorIndex) -> Bool {
    let place = Int(generator)
    if !regions.isEmpty, !regionIndices.contains(fleet.generators[place].region) { return false }
    if abnormalOnly, !fleet.generators[place].severity.isAbnormal { return false }
    return filter.isEmpty || filter.matches(generator, in: fleet)
  }

  /// The first row of the fleet pane and the cursor's place in ``visible``, for a list of `rows`.
  public func fleetWindow(rows: Int) -> (first: Int, cursor: Int?) {
    guard rows > 0, let selection, let cursor = order.visible.firstIndex(of: selection) else {
      return (0, nil)
    }
    let row = min(max(0, cursorRow), rows - 1)
    let first = min(max(0, cursor - row), max(0, order.visible.count - rows))
    return (first, cursor)
  }

  /// The events of generators that are shown, newest first, `count` of them behind the first `skip`.
  public func events(_ count: Int, skipping skip: Int = 0) -> [FleetEvent] {
    var found: [FleetEvent] = []
    var skipped = 0
    for age in 0..<fleet.events.count where found.count < count {
      guard let event = fleet.events.newest(age), isInSight(event.generator) else { continue }
      if skipped < skip {
        skipped += 1
      } else {
        found.append(event)
      }
    }
    return found
  }

  /// Like ``isVisible(_:)`` without `abnormal only`: what has happened stays worth reading.
  func isInSight(_ generator: GeneratorIndex) -> Bool {
    let place = Int(generator)
    guard fleet.generators.indices.contains(place) else { return false }
    if !regions.isEmpty, !regionIndices.contains(fleet.generators[place].region) { return false }
    return filter.isEmpty || filter.matches(generator, in: fleet)
  }

  /// The slowest hop that is late, if any: the one to look at.
  public var worstHop: HopFigures? {
    hops.filter { $0.state >= .warning }.max { left, right in
      left.state != right.state
        ? left.state < right.state : (left.secondsBehind ?? 0) < (right.secondsBehind ?? 0)
    }
  }

  /// The window title: our own words and numbers alone, never anything from outside.
  public var title: String {
    let counts = fleet.counts
    let parts = [
      counts.critical > 0 ? "!1 \(counts.critical)" : nil,
      counts.refuel > counts.critical ? "!2 \(counts.refuel - counts.critical)" : nil,
      counts.lost > 0 ? "lost \(counts.lost)" : nil,
      counts.stale > 0 ? "stale \(counts.stale)" : nil,
    ].compactMap { $0 }
    return (["egtop"] + parts).joined(separator: " ")
  }
}
