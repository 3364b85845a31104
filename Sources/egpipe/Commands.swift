import Arguments

/// The stages, by the names of their commands, in the order of the flow.
enum StageName: String, CaseIterable {
  case simulate, bridge, sink, task, source
}

/// The commands of egpipe.
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
      """,
    options: [.generateMan, .generateCompletions],
    subcommands: stages + [run],
  )

  private static let stages = StageName.allCases.map { stage in
    Command(
      stage.rawValue,
      summary: summary(stage),
      examples: [example(stage)],
      options: options(stage),
      mainOptions: mainOptions(stage),
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
    options: unique(
      [
        Option(
          "local",
          help: """
            Start a mosquitto and a Kafka of its own on free loopback ports, and say where; \
            without --store the buckets are gone at the end.
            """,
        )
      ] + StageName.allCases.flatMap(options)
    ),
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

  /// All options of a command by its path.
  static func options(of path: [String]) -> [Option] {
    root.subcommands.first { $0.name == path.last }?.options ?? []
  }

  private static func summary(_ stage: StageName) -> String {
    switch stage {
    case .simulate: "Publish as a fleet of generators would, over MQTT."
    case .bridge: "Carry the messages of an MQTT broker into Kafka."
    case .sink: "Write the raw topic of Kafka into a bucket."
    case .task: "Take the last sample of each generator every minute, and add alarm and region."
    case .source: "Publish what is new in a bucket to Kafka."
    }
  }

  private static func example(_ stage: StageName) -> String {
    switch stage {
    case .simulate: "egpipe simulate --mqtt mqtt://broker:1883 --generators 100"
    case .bridge: "egpipe bridge --mqtt mqtt://broker:1883 --kafka broker:9092"
    case .sink: "egpipe sink --kafka broker:9092 --store /var/lib/egpipe"
    case .task: "egpipe task --store /var/lib/egpipe --inventory generators.csv"
    case .source: "egpipe source --kafka broker:9092 --store /var/lib/egpipe"
    }
  }

  /// What the short help shows.
  private static func mainOptions(_ stage: StageName) -> [String] {
    switch stage {
    case .simulate: ["mqtt", "generators", "interval", "faults", "pace"]
    case .bridge: ["mqtt", "kafka", "subscribe", "listen"]
    case .sink: ["kafka", "store", "group", "retention"]
    case .task: ["store", "every", "region", "inventory", "regions"]
    case .source: ["kafka", "store", "topic-prefix"]
    }
  }

  private static func options(_ stage: StageName) -> [Option] {
    let own: [Option] =
      switch stage {
      case .simulate: StageOptions.simulate + StageOptions.regions + StageOptions.mqtt
      case .bridge:
        StageOptions.bridge + StageOptions.mqtt + StageOptions.kafka + StageOptions.store
      case .sink:
        StageOptions.sink + StageOptions.store + StageOptions.rawBucket + StageOptions.kafka
      case .task:
        StageOptions.task + StageOptions.regions + StageOptions.store + StageOptions.rawBucket
          + StageOptions.enrichedBucket
      case .source:
        StageOptions.source + StageOptions.store + StageOptions.enrichedBucket
          + StageOptions.kafka
      }
    return own + StageOptions.common
  }

  private static func unique(_ options: [Option]) -> [Option] {
    var names: Set<String> = []
    return options.filter { names.insert($0.name).inserted }
  }
}
