public import Model

/// What lies in the parts, for all that only look at it.
///
/// What is large is lent and not copied.
extension DashboardState {
  // MARK: - The timeline

  /// The fleet that is shown: that of the present, or of a moment that is past.
  public var fleet: Fleet { _read { yield timeline.fleet } }
  /// The fleet of the present, whatever is shown.
  public var liveFleet: Fleet { _read { yield timeline.live } }
  /// The time of what is shown.
  public var now: Stamp { timeline.now }
  /// The time of the last event: ``now``, unless the past is shown.
  public var present: Stamp { timeline.present }
  /// Set while the past is shown.
  public var pastView: PastView? { _read { yield timeline.pastView } }
  /// From which moments that are past can be had again.
  public var past: Past { _read { yield timeline.past } }

  // MARK: - Views and panes

  public var layout: DashboardLayout { _read { yield views.layout } }
  public var width: Int { views.width }
  public var height: Int { views.height }
  public var view: ViewID { views.view }
  /// The view that `-` goes back to.
  public var viewBefore: ViewID? { views.before }
  public var focus: PaneID { views.focus }
  public var isZoomed: Bool { views.isZoomed }
  public var overlay: Overlay? { views.overlay }
  /// The first line that is shown of a text over the panes, from 0.
  public var overlayScroll: Int { views.overlayScroll }
  /// How far the texts go that scroll, in the last frame.
  public var extents: [ScrolledText: Extent] { views.extents }
  /// The first line shown of the panes beside the fleet.
  public var scrolls: [PaneID: Int] { views.scrolls }
  /// The line under the cursor in the lists beside the fleet, from 0.
  public var cursors: [PaneID: Int] { views.cursors }

  // MARK: - The list of the fleet

  public var filter: FleetFilter { _read { yield list.filter } }
  /// What was looked for by `f`; its letters stay marked.
  public var search: Search? { _read { yield list.search } }
  /// How many columns behind the id give way to those on the right, where not all have room.
  public var columnScroll: Int { list.columnScroll }
  var order: FleetOrder { _read { yield list.order } }
  /// The generators shown, in order.
  public var visible: OrderedGenerators { list.order.visible }
  /// The list of the fleet as lines.
  public var lines: FleetLines { _read { yield list.lines } }
  /// Generators that the operator picked out.
  public var marked: Set<GeneratorIndex> { _read { yield list.marked } }
  /// Generators that stay at the top, whatever the order, the filter and the regions.
  public var pinned: Set<GeneratorIndex> { _read { yield list.pinned } }
  /// A generator that filter or regions hide, shown while the cursor is on it.
  public var guest: GeneratorIndex? { list.guest }
  /// The generator under the cursor; the cursor is on it, not on a row.
  public var selection: GeneratorIndex? { list.selection }
  /// Whether the order is being held after a key.
  public var isOrderHeld: Bool { list.isHeld(at: present.monotonic) }
  /// What a list of `rows` shows of the fleet.
  public func fleetWindow(rows: Int) -> FleetWindow { list.window(rows: rows) }

  // MARK: - Alarms

  /// The alarms of the generators that are shown, in the order of the list.
  public var alarms: SortedList<Alarm> { _read { yield alarmLists.shown } }
  /// How many alarms region and filter hide.
  public var hiddenAlarms: Int { alarmLists.hidden }
  /// How many generators they are of.
  public var hiddenInAlarm: Int { alarmLists.hiddenGenerators }
  /// Until when nothing rings and no notification is sent: monotonic nanoseconds; nil while they are.
  public var mutedUntil: Int64? { alerts.mutedUntil }

  // MARK: - Raw against enriched

  /// The generators in sight of which raw and enriched differ; worked out at a tick while their view is open.
  public var differences: [GeneratorIndex] { differenceList }

  // MARK: - The overview

  /// What views without single generators show; worked out at a tick while such a view is open.
  public var fleetSummary: FleetSummary { _read { yield overview.summary } }
  /// The hops of the pipeline, as they stood when the frame was begun.
  public var hops: [HopFigures] { overview.hops }
  /// The regions of the overview, the worst first.
  public var rankedRegions: [RegionIndex] { overview.ranked }
  /// The region under the overview's cursor; the cursor is on it, not on a row.
  public var selectedRegion: RegionIndex? { overview.selection }
}
