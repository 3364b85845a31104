import Model
import Terminal

/// Everything the screen is drawn from: the world, and what the operator chose to see of it.
///
/// Changed by ``apply(_:)`` alone, which reads no clock and touches nothing; panes draw it and
/// cannot change it.
public struct DashboardState: Sendable {
  public let options: DashboardOptions
  /// The keys in force.
  public let keys: KeyTable
  /// The worlds of the present and of the past.
  var timeline: Timeline
  /// The view that is shown, its panes, and what lies over them.
  var views = ViewStack()
  /// The list of the fleet: its order, what was picked out of it, and its cursor.
  var list: FleetList
  /// What the operator chose and what is to last.
  public internal(set) var choices: ViewChoices
  /// What is kept of the generator that is looked at in detail.
  public internal(set) var inspection: Inspection?
  public internal(set) var prompt: Prompt?
  /// The name of the theme that was chosen, and what is known of all.
  public internal(set) var theme: String
  public internal(set) var themes: ThemeReport
  /// What the run loop can change, and how it stands: see ``RunSetting``.
  public internal(set) var runValues: [String: String]
  /// The file that the events are being kept in; safe to draw.
  public internal(set) var recordingFile: String?

  /// The map; it is up to date while it is on the screen.
  public internal(set) var map = FleetMap()

  public internal(set) var notice: Notice?
  /// What is summed up of the fleet, and the order of its regions.
  var overview = RegionOverview()
  /// The generators of which raw and enriched differ.
  var differenceList: [GeneratorIndex] = []
  /// What egtop itself has to say.
  public internal(set) var log = ProgramLog()
  /// Columns of the widest id met so far, and of the widest name in the inventory (0 for no names).
  public internal(set) var widestID = 0
  public let widestName: Int

  var regionIndices: Set<RegionIndex> = []
  var alarmLists = AlarmLists()
  var eventList = EventList()
  var alerts = AlertWatch()
  /// Set from when the shell stopped the program until its return was told.
  var absence: Absence?
  /// Whether the terminal's window is in front; nil as long as it has not said so.
  var hasFocus: Bool?
  var lastClick: Click?
  var names = NameIndex()
  /// The choices as they were last given to be kept.
  var rememberedChoices = ViewChoices()

  public init(_ options: DashboardOptions) {
    self.options = options
    keys = options.keys ?? .standard
    runValues = options.runValues ?? [:]
    recordingFile = options.recordingFile
    widestName = options.inventory.reduce(0) { max($0, TextWidth.of($1.name ?? "")) }
    let past = Past(budget: options.historyMemory ?? Past.usualBudget)
    let fleet = Fleet(policy: options.policy, inventory: options.inventory)
    timeline = Timeline(fleet: fleet, past: past)
    theme = options.theme ?? ""
    themes = options.themes ?? ThemeReport()
    choices = options.choices.bounded
    list = FleetList(awaitedPins: Set(choices.pins))
    // A filter that is wrong was refused before the screen opened.
    list.filter = (try? FleetFilter(choices.filter, unit: options.policy.unit)) ?? FleetFilter()
    choices.filter = list.filter.text
    open(choices.preset)
    if let view = choices.view { open(view) }
    views.forgetBefore()
    rememberedChoices = choices
  }

  /// Whether as little as possible is sent to the terminal.
  public var isLowBandwidth: Bool { liveFleet.traffic.screen.isLow == true }

  /// The window title: our own words and numbers alone, never anything from outside.
  ///
  /// It tells of the present, as it is read by those who do not look at the screen.
  public var title: String {
    let counts = liveFleet.counts
    let parts = Severity.counted.filter { counts[$0] > 0 }.map { severity in
      "\([.critical, .alarm].contains(severity) ? severity.mark : severity.word) \(counts[severity])"
    }
    return (["egtop"] + parts).joined(separator: " ")
  }
}
