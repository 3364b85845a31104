internal import Arguments
internal import Dashboard
internal import Model
internal import Report
internal import Settings

/// The commands of egtop; their options come from the table of settings.
enum Commands {
  private static let table = SettingsTable.standard

  static let root = Command(
    "egtop",
    summary: "Watch a fleet of emergency generators.",
    examples: [
      "egtop demo",
      "egtop --mqtt mqtt://broker:1883 --kafka broker:9092",
      "egtop --once --json --fail-on alarm",
    ],
    discussion: """
      Options win over the variables in brackets, these over the configuration file,
      and the file over the defaults.
      """,
    options: SettingsTable.options(for: .watch) + [.generateMan, .generateCompletions],
    subcommands: [demo, initialize, discover, check, lag, replay, profiles],
    mainOptions: [
      table.mqtt.url.flag, table.kafka.brokers.flag, table.messages.profile.flag,
      table.screen.regions.flag,
      table.screen.filter.flag, table.run.isOnce.flag, table.run.isJSON.flag, table.run.failOn.flag,
      table.run.recordFile.flag, table.configuration.context.flag,
      table.configuration.isPrinted.flag,
    ],
  )

  private static let demo = Command(
    "demo",
    summary: "Show a made-up fleet with a pipeline of its own.",
    examples: ["egtop demo --generators 200"],
    discussion: """
      Needs only mosquitto on this machine. Everything ends with it, and nothing
      is left behind.
      """,
    options: SettingsTable.options(for: .demo),
    mainOptions: [table.demo.generators.flag, table.demo.seed.flag, table.screen.theme.flag],
  )

  private static let check = Command(
    "check",
    summary: "Try each connection step by step and say what fails.",
    examples: ["egtop check --mqtt mqtt://broker:1883 --kafka broker:9092"],
    options: SettingsTable.options(for: .check),
    mainOptions: [
      table.mqtt.url.flag, table.kafka.brokers.flag, table.messages.profile.flag,
      table.run.settle.flag,
      table.configuration.context.flag,
    ],
  )

  private static let discover = Command(
    "discover",
    summary: "Listen to a broker and propose a configuration.",
    examples: [
      "egtop discover --mqtt mqtt://broker:1883",
      "egtop discover --mqtt mqtt://broker:1883 --for 5m --write egtop.yaml",
    ],
    discussion: """
      Nothing is published. The exit code is 0, 3 if the broker could not be heard,
      and 5 if no generators were found.
      """,
    options: SettingsTable.options(for: .discover),
    mainOptions: [
      table.mqtt.url.flag, table.discover.time.flag, table.discover.file.flag,
      table.run.isJSON.flag,
    ],
  )

  private static let initialize = Command(
    "init",
    summary: "Ask three questions and write a configuration.",
    examples: ["egtop init"],
    discussion: """
      It asks for the broker, for Kafka and for a file, then discovers, writes and checks.
      """,
  )

  private static let lag = Command(
    "lag",
    summary: "Print the hops and the consumer groups as a table.",
    examples: [
      "egtop lag --kafka broker:9092 --sink-group connect-influx",
      "egtop lag --kafka broker:9092 --json --fail-on lag", "egtop lag --context plant --watch 10s",
    ],
    options: SettingsTable.options(for: .lag),
    mainOptions: [
      table.kafka.brokers.flag, table.kafka.sinkGroups.flag, table.kafka.rawTopicName.flag,
      table.run.isJSON.flag, table.run.watchInterval.flag, table.run.failOn.flag,
      table.configuration.context.flag,
    ],
  )

  private static let replay = Command(
    "replay",
    summary: "Show a recording again.",
    examples: ["egtop replay shift.egr --speed 10"],
    options: SettingsTable.options(for: .replay),
    arguments: [Argument("file", .path, help: "A file that --record wrote.")],
    mainOptions: [
      table.replay.speed.flag, table.screen.regions.flag, table.screen.filter.flag,
      table.screen.theme.flag,
    ],
  )

  private static let profiles = Command(
    "profiles",
    summary: "List known kinds of messages, or print one as YAML.",
    examples: ["egtop profiles", "egtop profiles genmon >> ~/.config/egtop/config.yaml"],
    discussion: """
      A profile is used by --profile, or as a source of the configuration file:
      'sources: [{profile: genmon}]'. What stands beside its name wins over it.
      """,
    arguments: [
      Argument("name", .oneOf(Profile.names), help: "The profile to print.", isRequired: false)
    ],
  )

  /// The profile that is named, as it can be copied into a file; without a name a line for each.
  private static func profiles(_ arguments: ParsedArguments) -> String {
    if let profile = arguments.text("name").flatMap(Profile.init(named:)) { return profile.text }
    let width = Profile.names.map(\.count).max() ?? 0
    return Profile.all.map { profile in
      let gap = String(repeating: " ", count: width - profile.name.count + 2)
      return "\(profile.name)\(gap)\(profile.about)\n"
    }.joined()
  }

  /// Reads a command line, the variables and the files they name.
  ///
  /// - Parameters:
  ///   - words: Those after the program's name.
  ///   - environment: All variables.
  ///   - width: Of the help, in columns.
  ///   - files: Where files are read.
  /// - Returns: What to do, with all that was checked.
  /// - Throws: `InvocationError` with the words for whoever typed it.
  static func parse(
    _ words: [String],
    environment: [String: String],
    width: Int = 80,
    files: SettingsFiles = .system,
  ) throws(InvocationError) -> Invocation {
    let parsed: ParsedCommandLine
    do throws(ArgumentsError) {
      parsed = try CommandParser.parse(words, environment: environment, root: root)
    } catch {
      throw InvocationError(description: "\(error)\nTry 'egtop --help' for more information.")
    }
    switch parsed {
    case .help(let path, let form):
      return .print(HelpText(path: path, form: form).rendered(width: width))
    case .version: return .print("egtop \(Manual.version)\n")
    case .command(let arguments):
      if let text = arguments.generated(from: manual) { return .print(text) }
      if arguments.path.last == "init" { return .initialize(environment) }
      if arguments.path.last == "profiles" { return .print(profiles(arguments)) }
      return try invocation(arguments, environment: environment, files: files)
    }
  }

  private static func invocation(
    _ arguments: ParsedArguments,
    environment: [String: String],
    files: SettingsFiles,
  ) throws(InvocationError) -> Invocation {
    do throws(SettingsError) {
      var sources = try EffectiveSettings(arguments, environment: environment, files: files)
      let command = arguments.path.last
      // What a recording holds of metrics has the names that were in force then.
      let recorded =
        command == "replay" ? arguments.text("file").flatMap(RecordingReader.namedMetrics) : nil
      NamedMetric.use(recorded ?? sources.namedMetrics)
      if command == "lag" || command == "discover" { sources.setDefault(\.run.isOnce, true) }
      let printsKeys = sources[\.configuration.printsKeys]
      let isPrint = sources[\.configuration.isPrinted] || printsKeys
      let feeds: FeedRequirement =
        command == "replay" || command == "demo" ? .unused : isPrint ? .optional : .required
      var settings = try sources.settings(feeds: feeds)
      try checkFilter(settings)
      _ = try settings.screen.hiddenColumns()
      _ = try settings.screen.firstSort()
      _ = try settings.screen.firstView()
      var others: [String] = []
      for keys in sources.keyVariants { _ = try KeyTable(keys, warnings: &others) }
      let keys = try KeyTable(settings.keys, warnings: &settings.warnings)
      if printsKeys { return .print(keys.printed) }
      if isPrint { return .print(sources.printed(keys: KeyTable.help)) }
      switch command {
      case "check": return .check(settings)
      case "demo": return .demo(settings)
      case "discover": return .discover(settings)
      case "lag": return .lag(settings)
      case "replay":
        let file = arguments.text("file") ?? ""
        return .replay(file: file, speed: settings.replay.speed, settings)
      default: return settings.run.isOnce ? .once(settings) : .dashboard(settings)
      }
    } catch {
      throw InvocationError(description: "\(error)")
    }
  }

  /// Refuses a filter that cannot be understood, where it was given and with a mark under what is
  /// wrong.
  private static func checkFilter(_ settings: Settings) throws(SettingsError) {
    let filter = settings.screen.filter ?? ""
    do throws(LineError) {
      _ = try FleetFilter(filter, unit: settings.fleet.policy.unit)
    } catch {
      throw SettingsError(
        "\(error)",
        at: settings.origin(of: \.screen.filter),
        lines: error.pointing(at: filter)
      )
    }
  }
}
