import Arguments
import Settings

/// The stages, by the names of their commands, in the order of the flow.
enum StageName: String, CaseIterable {
  case simulate, bridge, sink, task, source

  /// What has its settings.
  var commands: CommandSet {
    switch self {
    case .simulate: .simulate
    case .bridge: .bridge
    case .sink: .sink
    case .task: .task
    case .source: .source
    }
  }

  fileprivate var summary: String {
    switch self {
    case .simulate: "Publish as a fleet of generators would, over MQTT."
    case .bridge: "Carry the messages of an MQTT broker into Kafka."
    case .sink: "Write the raw topic of Kafka into a bucket."
    case .task: "Take the last sample of each generator every minute, and add alarm and region."
    case .source: "Publish what is new in a bucket to Kafka."
    }
  }

  fileprivate var example: String {
    switch self {
    case .simulate: "egpipe simulate --mqtt mqtt://broker:1883 --generators 100"
    case .bridge: "egpipe bridge --mqtt mqtt://broker:1883 --kafka broker:9092"
    case .sink: "egpipe sink --kafka broker:9092 --store /var/lib/egpipe"
    case .task: "egpipe task --store /var/lib/egpipe --inventory generators.csv"
    case .source: "egpipe source --kafka broker:9092 --store /var/lib/egpipe"
    }
  }

  /// What the short help shows.
  fileprivate var mainOptions: [String] {
    switch self {
    case .simulate: ["mqtt", "generators", "interval", "faults", "pace"]
    case .bridge: ["mqtt", "kafka", "subscribe", "listen"]
    case .sink: ["kafka", "store", "group", "retention"]
    case .task: ["store", "every", "region", "inventory", "regions"]
    case .source: ["kafka", "store", "topic-prefix"]
    }
  }
}

/// The commands of egpipe; their options come from the table of settings.
enum Commands {
  static let root = Command(
    "egpipe",
    summary: "Carry the samples of a fleet of emergency generators from MQTT through Kafka.",
    examples: [
      "egpipe bridge --mqtt mqtt://broker:1883 --kafka broker:9092",
      "egpipe run sink task source --kafka broker:9092 --store /var/lib/egpipe",
      "egpipe run --local",
    ],
    discussion: """
      Without addresses the brokers are those of this machine, on ports 1883 and 9092.
      Connections are set as they are for egtop: the same options, variables and file.
      The stages have a section of that file, egpipe; egpipe --print-config prints all of it.
      """,
    options: SettingsTable.options(for: .bare) + [.generateMan, .generateCompletions],
    subcommands: stages + [run],
  )

  private static let stages = StageName.allCases.map { stage in
    Command(
      stage.rawValue,
      summary: stage.summary,
      examples: [stage.example],
      options: SettingsTable.options(for: stage.commands),
      mainOptions: stage.mainOptions,
    )
  }

  private static let run = Command(
    "run",
    summary: "Run several stages in one process.",
    examples: [
      "egpipe run --local",
      "egpipe run sink task source --kafka broker:9092 --store /var/lib/egpipe",
    ],
    discussion: """
      Without names: bridge, sink, task and source; with --local the simulator as well.
      A stage that fails is started again; SIGTERM lets all finish what they have begun.
      """,
    options: SettingsTable.options(for: .egpipe),
    arguments: [
      Argument(
        "stage",
        .oneOf(StageName.allCases.map(\.rawValue)),
        help: "simulate, bridge, sink, task or source.",
        isRequired: false,
        isRepeated: true,
      )
    ],
    mainOptions: ["local", "mqtt", "kafka", "store", "context"],
  )

  /// Reads a command line; without a command, `--print-config` is that of `run`.
  static func parse(
    _ words: [String],
    environment: [String: String]
  ) throws(ArgumentsError) -> ParsedCommandLine {
    let parsed = try CommandParser.parse(words, environment: environment, root: root)
    guard case .command(let arguments) = parsed, arguments.path.count < 2,
      arguments[\.configuration.isPrinted]
    else { return parsed }
    return try CommandParser.parse(["run"] + words, environment: environment, root: root)
  }
}
