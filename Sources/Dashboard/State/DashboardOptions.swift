public import Model

/// How the state begins: what flags and files say of it.
public struct DashboardOptions: Codable, Equatable, Sendable {
  public var policy = FleetPolicy()
  public var inventory: [InventoryEntry] = []
  /// Names of the regions to show; none for all.
  public var regions: [String] = []
  public var filter = ""
  public var sort = SortOrder()
  public var times = TimeDisplay.local
  /// Columns that are not shown, whether the fleet is grouped, and the view; nil to begin as the last
  /// time.
  public var hiddenColumns: [FleetColumn]?
  public var isGrouped: Bool?
  public var view: ViewID?
  /// Seconds that local time is ahead of UTC, and what its zone is called.
  public var utcOffset = 0
  public var zoneName = "UTC"
  /// The broker and the cluster as the status page names them, scrubbed and without secrets.
  public var mqttAddress: String?
  public var kafkaAddress: String?
  /// What the enriched topics are, for people: `topics that begin with EG`.
  public var enrichedTopics = ""
  /// Facts for the status page, such as what the terminal cannot do.
  public var notes: [String] = []
  /// The theme to begin with, and what is known of all; nil in recordings of before there was a choice.
  public var theme: String?
  public var themes: ThemeReport?
  /// Whether the mouse acts here; nil for no, as in recordings of before it could.
  public var usesMouse: Bool?
  /// Whether only what is abnormal is shown; nil for no.
  public var abnormalOnly: Bool?
  /// Whether this is a recording being played, and of which file.
  public var replayed: String?

  /// The keys; nil in recordings of before they could be chosen, for the standard ones.
  public var keys: KeyTable?
  /// What the run loop can change while it runs, and how it stands: see ``RunSetting``.
  public var runValues: [String: String]?
  /// The file that the events are being kept in from the start, scrubbed.
  public var recordingFile: String?

  /// What the operator chose the last time: groups, columns and pins are taken from it; sort, filter
  /// and regions are those of these options.
  public var remembered: RememberedView?

  /// How many bytes the past may take; 0 to keep none, nil for the usual.
  public var historyMemory: Int?

  /// Set when the fleet is made up.
  public var demo: DemoNotes?

  public init() {}
}

/// How times of day are written.
public enum TimeDisplay: String, CaseIterable, Codable, Sendable {
  case local, utc, age
}

/// What the screen says of a fleet that is made up.
public struct DemoNotes: Codable, Equatable, Sendable {
  /// What is not as it is in earnest, for the header.
  public var label: String
  /// How to look in from outside, for the status page: what, and the command.
  public var commands: [Command]

  /// A command to type in another terminal.
  public struct Command: Codable, Equatable, Sendable {
    public var shows: String
    public var text: String

    public init(shows: String, text: String) {
      self.shows = shows
      self.text = text
    }
  }

  public init(label: String, commands: [Command]) {
    self.label = label
    self.commands = commands
  }
}
