import Model
import Settings
import Testing

/// A setting of a stage, in each of the places where it can be said.
struct StageCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var commands: CommandSet
  var flag: String
  var variable: String
  /// Below `egpipe`, with `%` for the value.
  var file: String
  /// By option, by variable, in the file and by itself.
  var values: [String]
  var read: @Sendable (Settings) -> String

  init(
    _ name: String,
    _ commands: CommandSet,
    _ flag: String,
    _ variable: String,
    _ file: String,
    _ values: [String],
    read: @escaping @Sendable (Settings) -> String
  ) {
    testDescription = name
    self.commands = commands
    self.flag = flag
    self.variable = variable
    self.file = file
    self.values = values
    self.read = read
  }

  static let all = [
    StageCase(
      "simulate",
      .simulate,
      "--generators",
      "EGPIPE_GENERATORS",
      "simulate: {generators: %}",
      ["4", "3", "2", "24"]
    ) { "\($0.egpipe.simulate.generators)" },
    StageCase(
      "bridge",
      .bridge,
      "--client-id",
      "EGPIPE_CLIENT_ID",
      "bridge: {clientID: %}",
      ["c", "b", "a", ""]
    ) { $0.egpipe.bridge.clientID ?? "" },
    StageCase(
      "sink",
      .sink,
      "--batch",
      "EGPIPE_BATCH",
      "sink: {batch: %}",
      ["4", "3", "2", "5000"]
    ) { "\($0.egpipe.sink.batch)" },
    StageCase(
      "task",
      .task,
      "--region",
      "EGPIPE_REGION",
      "task: {region: %}",
      ["c", "b", "a", "US"]
    ) { $0.egpipe.task.region },
    StageCase(
      "backfill",
      .task,
      "--backfill",
      "EGPIPE_BACKFILL",
      "task: {backfill: %}",
      ["4s", "3s", "2s", "all"]
    ) { $0.egpipe.task.backfill.map { "\($0.components.seconds)s" } ?? "all" },
    StageCase(
      "metrics",
      .egpipe,
      "--metrics",
      "EGPIPE_METRICS",
      "metrics: '%'",
      ["c:4", "b:3", "a:2", ""]
    ) { $0.egpipe.metrics ?? "" },
    StageCase(
      "source",
      .source,
      "--topic-prefix",
      "EGPIPE_TOPIC_PREFIX",
      "source: {topicPrefix: %}",
      ["c", "b", "a", "EG"]
    ) { $0.egpipe.source.topicPrefix },
    StageCase(
      "run",
      .egpipe,
      "--store",
      "EGPIPE_STORE",
      "store: /%",
      ["/c", "/b", "a", ""]
    ) { $0.egpipe.store ?? "" },
  ]
}

struct EgpipeSettingsTests {
  @Test(arguments: StageCase.all)
  func optionsWinOverVariablesOverTheFileOverDefaults(stage: StageCase) throws {
    var start = Start(commands: stage.commands)
    #expect(stage.read(try start.settings()) == stage.values[3])
    let said = stage.file.replacing("%", with: stage.values[2])
    start.config = "egpipe: {\(said)}"
    let inFile = stage.values[2] == "a" && stage.file.hasPrefix("store") ? "/a" : stage.values[2]
    #expect(stage.read(try start.settings()) == inFile)
    start.config = "egpipe: {\(said)}\ncontext: x\ncontexts: {x: {egpipe: {store: /x}}}"
    #expect(try start.settings().egpipe.store == "/x")
    start.environment[stage.variable] = stage.values[1]
    #expect(stage.read(try start.settings()) == stage.values[1])
    start.words = "\(stage.flag) \(stage.values[0])"
    #expect(stage.read(try start.settings()) == stage.values[0])
  }

  @Test(arguments: [
    (
      "egpipe:\n  sink: {bacth: 5}\n",
      "/etc/c.yaml:2:10: unknown key \"egpipe.sink.bacth\"; did you mean batch?"
    ),
    (
      "egpipe: {snik: {}}\n",
      "/etc/c.yaml:1:10: unknown key \"egpipe.snik\"; did you mean sink?"
    ),
    ("egpip: {}\n", "/etc/c.yaml:1:1: unknown key \"egpip\"; did you mean egpipe?"),
    (
      "egpipe: {source: {mode: bluk}}\n",
      "/etc/c.yaml:1:25: \"bluk\" is not timestamp or bulk; did you mean bulk?"
    ),
    (
      "egpipe: {sink: {batch: 0}}\n",
      "/etc/c.yaml:1:24: \"0\" is not a whole number from 1 to 100000"
    ),
    (
      "contexts: {a: {egpipe: {bridge: {listen: {addres: h}}}}}\n",
      "/etc/c.yaml:1:43: unknown key \"egpipe.bridge.listen.addres\"; did you mean address?"
    ),
    ("egpipe: {task: 5}\n", "/etc/c.yaml:1:16: a mapping is expected here, not \"5\""),
  ])
  func bothProgramsNameThePlaceInTheFile(config: String, message: String) {
    for commands in [CommandSet.fleets, .sink, .egpipe] {
      #expect(Start(config: config, commands: commands).failure() == message)
    }
  }

  @Test
  func aTopicFilterOfTheBridgeIsRefusedWhereItStands() {
    var start = Start(commands: .bridge)
    start.config = "egpipe: {bridge: {subscribe: [ok/#, 'a/#/b']}}"
    #expect(start.failure().hasPrefix("/etc/c.yaml:1:37: \"a/#/b\" is not a topic filter"))
    start.config = "egpipe: {bridge: {subscribe: []}}"
    #expect(start.failure() == "/etc/c.yaml:1:30: at least one topic filter is needed")
    start.config = nil
    start.words = "--subscribe a/#/b"
    #expect(start.failure().hasPrefix("--subscribe: \"a/#/b\" is not a topic filter"))
  }

  @Test(arguments: [CommandSet.bridge, .sink, .egpipe])
  func theTopicsOfEgtopAreThoseOfBridgeAndSink(commands: CommandSet) throws {
    var start = Start(commands: commands)
    #expect(try start.settings().egpipe.bridge.filters == ["emergency_generator/#"])
    start.config = "mqtt: {topics: [sites/+/telemetry]}"
    #expect(try start.settings().egpipe.bridge.filters == ["sites/+/telemetry"])
    let printed = try start.effective().printed()
    #expect(printed.contains("sites/+/telemetry"))
    #expect(Start(config: printed, commands: commands).failure() == "no error")
    start.config = "mqtt: {topics: [a/#/b]}"
    #expect(start.failure().hasPrefix("/etc/c.yaml:1:17: \"a/#/b\" is not a topic filter"))
    start.config = "mqtt: {topics: [x/#]}\negpipe: {bridge: {subscribe: [y/#]}}"
    #expect(try start.settings().egpipe.bridge.filters == ["y/#"])
    start.words = "--subscribe z/+/#"
    #expect(try start.settings().egpipe.bridge.filters == ["z/+/#"])
  }

  @Test(arguments: StageCase.all)
  func whatIsPrintedIsAFileThatGivesTheSame(stage: StageCase) throws {
    let config = """
      egpipe:
        simulate: {interval: 200ms, compat: true}
        bridge: {subscribe: [a/#, b/#], listen: {address: "0.0.0.0:1883", data: sessions}}
        sink: {group: g, timeField: time, retention: 90d}
        task: {offset: 1500ms}
        source: {mode: bulk}
        regions: towns.yaml
        rawBucket: "my bucket"
      mqtt: {url: "mqtts://u@h", tls: {ca: ca.pem}}
      kafka: {brokers: [h], rawTopic: raw, properties: {a.b: c}}
      fleet: {refuelMark: 400}
      run: {logLevel: debug}
      """
    let start = Start(words: "\(stage.flag) \(stage.values[0])", config: config)
    var first = start
    first.commands = stage.commands
    let text = try first.effective().printed()
    #expect(text.hasPrefix("# egpipe: the settings in force, and where each comes from\n"))
    let again = Start(config: text, commands: stage.commands)
    #expect(try again.effective().printed().values == text.values)
    #expect(stage.read(try again.settings()) == stage.values[0])
    let broker = MQTTAddress(host: "h", usesTLS: true, user: "u")
    #expect(try again.settings().mqtt?.address == (text.contains("\nmqtt:\n") ? broker : nil))
    // egtop opens it, too.
    #expect(Start(config: text).failure() == "no error")
  }

  @Test
  func whatIsPrintedIsWhatTheStageHas() throws {
    let sink = try Start(commands: .sink).effective().printed()
    #expect(sink.contains("\negpipe:\n") && sink.contains("\n  bridge:\n"))
    #expect(sink.contains("\n  sink:\n"))
    #expect(sink.contains("    batch: 5000  # default\n"))
    #expect(sink.contains("  rawTopic: emergency_generators  # default\n"))
    #expect(!sink.contains("simulate:") && !sink.contains("screen:") && !sink.contains("\nmqtt:"))
    let all = try Start(commands: .egpipe).effective().printed()
    for row in SettingsTable.rows(for: .egpipe) where row.key != nil {
      #expect(all.contains("# \(row.help)"), "\(row.id)")
    }
  }

  @Test
  func leavesSecretsOut() throws {
    let start = Start(
      words: "--kafka h",
      environment: ["EGTOP_KAFKA_PASSWORD": "hushhush"],
      config: "mqtt: {url: h, password: mumble}\nkafka: {properties: {ssl.key.password: whisper}}",
      commands: .egpipe,
    )
    let text = try start.effective().printed()
    #expect(["hushhush", "mumble", "whisper"].allSatisfy { !text.contains($0) })
    #expect(text.contains("  # password: (hidden)  # EGTOP_KAFKA_PASSWORD\n"))
    #expect(text.contains("  # password: (hidden)  # /etc/c.yaml:1:26\n"))
    let settings = try start.settings()
    #expect(settings.kafka?.clientProperties["sasl.password"] == "hushhush")
  }

  @Test
  func anOptionOfOneProgramIsNoneOfTheOther() throws {
    let start = Start(words: "--interval 200ms --region south", commands: .egpipe)
    let settings = try start.settings()
    #expect(settings.egpipe.simulate.interval == .milliseconds(200))
    #expect(settings.fleet.policy.expectedInterval == 30)
    #expect(settings.egpipe.task.region == "south" && settings.screen.regions.isEmpty)
  }

  @Test
  func warnsOfVariablesThatLookLikeItsOwn() throws {
    var start = Start(environment: ["EGPIPE_BACTH": "1", "EGTOP_FSP": "1"])
    #expect(
      try start.settings().warnings == [
        "EGTOP_FSP: egtop has no such variable; did you mean EGTOP_FPS?"
      ]
    )
    start.commands = .egpipe
    #expect(
      try start.settings().warnings == [
        "EGPIPE_BACTH: egpipe has no such variable; did you mean EGPIPE_BATCH?",
        "EGTOP_FSP: egtop has no such variable; did you mean EGTOP_FPS?",
      ]
    )
  }
}

extension String {
  /// The lines of a printed file that say something, without where it comes from.
  fileprivate var values: [Substring] {
    split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }
      .map { $0.prefix { $0 != "#" } }
  }
}
