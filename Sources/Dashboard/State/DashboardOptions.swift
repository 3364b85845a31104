public import Model

/// How the state begins: what flags and files say of it.
public struct DashboardOptions: Codable, Equatable, Sendable {
  public var policy = FleetPolicy()
  public var inventory: [InventoryEntry] = []
  /// What the operator chose, by settings or the last time.
  public var choices = ViewChoices()
  /// A sentence about what is hidden as it was left; nil if nothing is.
  public var reminder: String?
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
  /// Whether this is a recording being played, and of which file.
  public var replayed: String?

  /// The keys; nil in recordings of before they could be chosen, for the standard ones.
  public var keys: KeyTable?
  /// What the run loop can change while it runs, and how it stands: see ``RunSetting``.
  public var runValues: [String: String]?
  /// The file that the events are being kept in from the start, scrubbed.
  public var recordingFile: String?

  /// How many bytes the past may take; 0 to keep none, nil for the usual.
  public var historyMemory: Int?

  /// Set when the fleet is made up.
  public var demo: DemoNotes?

  public init() {}

  /// Recordings of before have the choices in another form, and lack what there was not yet.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    policy = try values.decode(FleetPolicy.self, forKey: .policy)
    inventory = try values.decode([InventoryEntry].self, forKey: .inventory)
    choices =
      try values.decodeIfPresent(ViewChoices.self, forKey: .choices)
      ?? EarlierChoices(from: decoder).choices
    reminder = try values.decodeIfPresent(String.self, forKey: .reminder)
    utcOffset = try values.decode(Int.self, forKey: .utcOffset)
    zoneName = try values.decode(String.self, forKey: .zoneName)
    mqttAddress = try values.decodeIfPresent(String.self, forKey: .mqttAddress)
    kafkaAddress = try values.decodeIfPresent(String.self, forKey: .kafkaAddress)
    enrichedTopics = try values.decode(String.self, forKey: .enrichedTopics)
    notes = try values.decode([String].self, forKey: .notes)
    theme = try values.decodeIfPresent(String.self, forKey: .theme)
    themes = try values.decodeIfPresent(ThemeReport.self, forKey: .themes)
    replayed = try values.decodeIfPresent(String.self, forKey: .replayed)
    keys = try values.decodeIfPresent(KeyTable.self, forKey: .keys)
    runValues = try values.decodeIfPresent([String: String].self, forKey: .runValues)
    recordingFile = try values.decodeIfPresent(String.self, forKey: .recordingFile)
    historyMemory = try values.decodeIfPresent(Int.self, forKey: .historyMemory)
    demo = try values.decodeIfPresent(DemoNotes.self, forKey: .demo)
  }

  /// The name of a number that no settings give, as a recording may have it; nil if there is none.
  public var oddNumber: String? {
    if let name = policy.oddNumber { return name }
    let sizes = inventory.lazy.flatMap { [$0.tank, $0.ratedPower] }.compactMap(\.self)
    guard sizes.allSatisfy(InventoryEntry.bounds.contains) else { return "inventory" }
    return (-86_400...86_400).contains(utcOffset) ? nil : "utcOffset"
  }
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
