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

  fileprivate var command: Command {
    switch self {
    case .simulate:
      command(
        "Publish over MQTT as a fleet of generators would.",
        example: "--mqtt mqtt://broker:1883 --generators 100",
        main: [
          table.mqtt.url.flag, table.egpipe.simulate.generators.flag,
          table.egpipe.simulate.interval.flag, table.egpipe.simulate.faults.flag,
          table.egpipe.simulate.pace.flag,
        ]
      )
    case .bridge:
      command(
        "Carry the messages of an MQTT broker into Kafka.",
        example: "--mqtt mqtt://broker:1883 --kafka broker:9092",
        main: [
          table.mqtt.url.flag, table.kafka.brokers.flag, table.messages.profile.flag,
          table.egpipe.bridge.filters.flag, table.egpipe.bridge.listen.address.flag,
        ]
      )
    case .sink:
      command(
        "Write the raw topic of Kafka into a bucket.",
        example: "--kafka broker:9092 --store /var/lib/egpipe",
        main: [
          table.kafka.brokers.flag, table.egpipe.store.flag, table.messages.profile.flag,
          table.egpipe.bridge.filters.flag,
          table.egpipe.sink.group.flag, table.egpipe.sink.retention.flag,
        ]
      )
    case .task:
      command(
        "Take the last sample of each generator every minute, and add alarm and region.",
        example: "--store /var/lib/egpipe --inventory generators.csv",
        main: [
          table.egpipe.store.flag, table.egpipe.task.every.flag, table.egpipe.task.region.flag,
          table.fleet.inventory.flag, table.egpipe.regions.flag,
        ]
      )
    case .source:
      command(
        "Publish what is new in a bucket to Kafka.",
        example: "--kafka broker:9092 --store /var/lib/egpipe",
        main: [
          table.kafka.brokers.flag, table.egpipe.store.flag, table.egpipe.source.topicPrefix.flag,
        ]
      )
    }
  }

  private func command(_ summary: String, example: String, main: [String]) -> Command {
    Command(
      rawValue,
      summary: summary,
      examples: ["egpipe \(rawValue) \(example)"],
      options: SettingsTable.options(for: commands),
      mainOptions: main
    )
  }
}

private let table = SettingsTable.standard

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
    subcommands: StageName.allCases.map(\.command) + [run, status],
  )

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
    mainOptions: [
      table.egpipe.isLocal.flag, table.mqtt.url.flag, table.kafka.brokers.flag,
      table.egpipe.store.flag, table.configuration.context.flag,
    ],
  )

  /// Asks the stages that run how they are.
  static let status = Command(
    "status",
    summary: "Show how stages are, and their figures.",
    examples: ["egpipe status", "egpipe status 10.0.0.5:9464 [::1]:9465 --json"],
    discussion: """
      Asks processes that were started with --metrics; the exit status is 0 if all is well,
      3 if one does not answer, and 4 if a stage stands still or lacks a connection.
      """,
    options: [json],
    arguments: [address],
  )

  static let json = Option("json", help: "Print JSON.")

  static let address = Argument(
    "address",
    help: "Where a process serves its metrics, such as 10.0.0.5:9464 (default: \(HTTPAddress())).",
    isRequired: false,
    isRepeated: true,
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
