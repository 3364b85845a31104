public import Model
import Terminal

/// Everything the screen is drawn from: the world, and what the operator chose to see of it.
///
/// Changed by ``apply(_:)`` alone, which reads no clock and touches nothing; panes draw it and
/// cannot change it.
public struct DashboardState: Sendable {
  public let options: DashboardOptions
  /// The keys in force.
  public let keys: KeyTable
  /// The fleet that is shown: that of the present, or of a moment that is past.
  public internal(set) var fleet: Fleet
  /// The time of what is shown.
  public internal(set) var now = Stamp(monotonic: 0, wall: 0)
  /// The time of the last event: ``now``, unless the past is shown.
  public internal(set) var present = Stamp(monotonic: 0, wall: 0)
  /// Set while the past is shown.
  public internal(set) var pastView: PastView?
  /// From which moments that are past can be had again.
  public internal(set) var past: Past
  public internal(set) var layout = DashboardLayout(width: 80, height: 24)
  public internal(set) var width = 80
  public internal(set) var height = 24

  public internal(set) var view = ViewID.ops
  /// The view that `-` goes back to.
  public internal(set) var viewBefore: ViewID?
  public internal(set) var focus = PaneID.fleet
  /// What is kept of the generator that is looked at in detail.
  public internal(set) var inspection: Inspection?
  public internal(set) var isZoomed = false
  public internal(set) var overlay: Overlay?
  /// How far the texts go that scroll, in the last frame.
  public internal(set) var extents: [ScrolledText: Extent] = [:]
  public internal(set) var prompt: Prompt?
  /// The name of the theme that was chosen, and what is known of all.
  public internal(set) var theme: String
  public internal(set) var themes: ThemeReport
  /// What the run loop can change, and how it stands: see ``RunSetting``.
  public internal(set) var runValues: [String: String]
  /// The file that the events are being kept in; safe to draw.
  public internal(set) var recordingFile: String?

  /// What the operator chose and what is to last.
  public internal(set) var choices: ViewChoices
  public internal(set) var filter = FleetFilter()

  /// Of which groups only the heading is shown.
  public internal(set) var collapsed: Set<FleetGroup.Kind> = []
  /// How many columns behind the id give way to those on the right, where not all have room.
  public internal(set) var columnScroll = 0
  /// Generators that the operator picked out.
  public internal(set) var marked: Set<GeneratorIndex> = []
  /// Generators that stay at the top, whatever the order, the filter and the regions.
  public internal(set) var pinned: Set<GeneratorIndex> = []
  /// What was looked for by `f`; its letters stay marked.
  public internal(set) var search: Search?
  /// A generator that filter or regions hide, shown while the cursor is on it.
  public internal(set) var guest: GeneratorIndex?
  /// The list of the fleet as lines.
  public internal(set) var lines = FleetLines()

  /// The map; it is up to date while it is on the screen.
  public internal(set) var map = FleetMap()

  /// The generator under the cursor; the cursor is on it, not on a row.
  public internal(set) var selection: GeneratorIndex?
  /// Which row of the fleet pane the cursor keeps to, from 0.
  public internal(set) var cursorRow = 0
  /// The first line shown of the panes beside the fleet.
  public internal(set) var scrolls: [PaneID: Int] = [:]
  /// The line under the cursor in the lists beside the fleet, from 0.
  public internal(set) var cursors: [PaneID: Int] = [:]

  /// Until when the order of the fleet is held after a key: monotonic nanoseconds.
  public internal(set) var heldUntil: Int64?
  /// Until when nothing rings and no notification is sent: monotonic nanoseconds; nil while they are.
  public internal(set) var mutedUntil: Int64?
  /// A sentence about what was just done, and until when it is shown.
  public internal(set) var notice: (text: String, until: Int64)?
  /// What views without single generators show; worked out at a tick while such a view is open.
  public internal(set) var fleetSummary = FleetSummary()
  /// The regions of the overview, the worst first.
  public internal(set) var rankedRegions: [RegionIndex] = []
  /// The region under the overview's cursor; the cursor is on it, not on a row.
  public internal(set) var selectedRegion: RegionIndex?
  /// What egtop itself has to say.
  public internal(set) var log = ProgramLog()
  /// Worked out for each frame.
  public internal(set) var hops: [HopFigures] = []

  /// Columns of the widest id met so far, and of the widest name in the inventory (0 for no names).
  public internal(set) var widestID = 0
  public let widestName: Int

  /// Whether the cursor sits on the first row and stays there, whoever comes to the top.
  var isAtTop = true
  /// The cursor's last line in the list of the fleet.
  var lastLine = 0
  var order = FleetOrder()
  var orderNeed = OrderNeed.sort
  /// Whether time alone may have changed what the filter lets through.
  var filterIsOld = false
  /// Changed while the order was held, to be moved when the hold ends.
  var waiting: [GeneratorIndex] = []
  var regionIndices: Set<RegionIndex> = []
  var alarmLists = AlarmLists()
  /// Whether other alarms may be shown than before though nothing happened to their generators.
  var alarmsAreOld = false
  /// Whether the fleet is that of another moment than at the last frame.
  var fleetIsOther = false
  var alerts = AlertWatch()
  /// Set from when the shell stopped the program until its return was told.
  var absence: Absence?
  /// Whether the terminal's window is in front; nil as long as it has not said so.
  var hasFocus: Bool?
  var lastClick: Click?
  var names = NameIndex()
  /// The view that the detail was opened from and leads back to.
  var viewBeforeDetail = ViewID.ops
  /// Which pane had the focus when each view was left.
  var focusOfView: [ViewID: PaneID] = [:]
  /// Pins of the last time that were not heard of yet.
  var awaitedPins: Set<String> = []
  /// The choices as they were last given to be kept.
  var kept: ViewChoices

  /// What has to be done to the order before the next frame, from little to much.
  enum OrderNeed: Int, Comparable {
    case nothing, filter, sort

    static func < (left: OrderNeed, right: OrderNeed) -> Bool { left.rawValue < right.rawValue }
  }

  public init(_ options: DashboardOptions) {
    self.options = options
    keys = options.keys ?? .standard
    runValues = options.runValues ?? [:]
    recordingFile = options.recordingFile
    widestName = options.inventory.reduce(0) { max($0, TextWidth.of($1.name ?? "")) }
    fleet = Fleet(policy: options.policy, inventory: options.inventory)
    past = Past(budget: options.historyMemory ?? Past.usualBudget)
    theme = options.theme ?? ""
    themes = options.themes ?? ThemeReport()
    choices = options.choices.bounded
    kept = choices
    awaitedPins = Set(choices.pins)
    // A filter that is wrong was refused before the screen opened.
    filter = (try? FleetFilter(choices.filter, unit: options.policy.unit)) ?? FleetFilter()
    choices.filter = filter.text
    open(choices.preset)
    if let view = choices.view { open(view) }
    viewBefore = nil
    kept = choices
  }

  /// The generators shown, in order.
  public var visible: OrderedGenerators { order.visible }

  /// The alarms of the generators that are shown, in the order of the list.
  public var alarms: SortedList<Alarm> { alarmLists.shown }

  /// How many alarms region and filter hide.
  public var hiddenAlarms: Int { alarmLists.hidden }

  /// How many generators they are of.
  public var hiddenInAlarm: Int { alarmLists.hiddenGenerators }

  /// How many generators region, filter and `abnormal only` let be seen.
  public var matchCount: Int {
    let others = pinned.union(guest.map { [$0] } ?? []).filter { order.shows($0) && !isInView($0) }
    return order.visible.count - others.count
  }

  /// Whether as little as possible is sent to the terminal.
  public var isLowBandwidth: Bool { liveFleet.traffic.screen.isLow == true }

  /// How many generators region and filter hide.
  public var hiddenGenerators: Int { fleet.count - order.visible.count }

  /// Whether the order is being held after a key.
  public var isOrderHeld: Bool { heldUntil.map { present.monotonic < $0 } ?? false }

  /// Whether a generator is in the list: by region, filter and `abnormal only`, or in spite of them.
  public func isVisible(_ generator: GeneratorIndex) -> Bool {
    isInView(generator) || pinned.contains(generator) || guest == generator
  }

  /// Whether region, filter and `abnormal only` let a generator be seen.
  public func isInView(_ generator: GeneratorIndex) -> Bool {
    if abnormalOnly, !fleet.generators[Int(generator)].severity.isAbnormal { return false }
    return passes(generator)
  }

  private func passes(_ generator: GeneratorIndex) -> Bool {
    guard isInRegions(generator) else { return false }
    guard let test = filter.test else { return true }
    return holds(test, generator)
  }

  func isInRegions(_ generator: GeneratorIndex) -> Bool {
    regions.isEmpty || regionIndices.contains(fleet.generators[Int(generator)].region)
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

  /// How many events ``events(_:skipping:)`` can give.
  var eventsInSight: Int {
    (0..<fleet.events.count).count { age in
      fleet.events.newest(age).map { isInSight($0.generator) } ?? false
    }
  }

  /// Like ``isVisible(_:)`` without `abnormal only`: what has happened stays worth reading.
  func isInSight(_ generator: GeneratorIndex) -> Bool {
    guard fleet.generators.indices.contains(Int(generator)) else { return false }
    return passes(generator) || pinned.contains(generator) || guest == generator
  }

  /// The window title: our own words and numbers alone, never anything from outside.
  ///
  /// It tells of the present, as it is read by those who do not look at the screen.
  public var title: String {
    let counts = liveFleet.counts
    let parts = Severity.counted.filter { counts[$0] > 0 }.map { severity in
      "\(severity <= .alarm ? severity.mark : severity.word) \(counts[severity])"
    }
    return (["egtop"] + parts).joined(separator: " ")
  }
}
