import Model
import System
import Testing

@testable import Settings

struct PrecedenceTests {
  private static let file = """
    context: day
    screen:
      theme: paper
      fps: 5
    mqtt: {url: "mqtt://common"}
    contexts:
      day:
        mqtt: {url: "mqtt://day", qos: 1}
      night:
        mqtt:
          url: mqtt://night
        screen: {theme: mono}
    """

  @Test
  func defaultsHoldWhereNothingIsSaid() throws {
    let settings = try Start(words: "--mqtt mqtt://host --kafka host:9092").settings()
    let mqtt = try #require(settings.mqtt)
    #expect(mqtt.address == MQTTAddress(host: "host", port: 1883))
    #expect(mqtt.topics == ["emergency_generator/#"])
    #expect(mqtt.version == .v3_1_1 && mqtt.qos == 0 && mqtt.keepAliveSeconds == 15)
    #expect(mqtt.tls == nil && mqtt.user == nil && mqtt.password == nil)
    #expect(mqtt.presence?.filter == "emergency_generator/+/status")
    #expect(mqtt.presenceLevel == 1)
    #expect(mqtt.presence?.aliveTexts == ["online"] && mqtt.presence?.deadTexts == ["offline"])
    #expect(mqtt.presence?.cleanTexts == ["disconnected"] && mqtt.presence?.jsonKey == nil)
    let kafka = try #require(settings.kafka)
    #expect(kafka.clientProperties == ["bootstrap.servers": "host:9092"])
    #expect(kafka.topics == .prefix("EG") && kafka.rawTopic == nil && kafka.sinkGroups == [])
    #expect(kafka.history == .seconds(3600))
    #expect(settings.fleet.policy.tank == 1000 && settings.fleet.policy.refuelMark == 500)
    #expect(settings.fleet.policy.window == 60 && settings.fleet.policy.expectedInterval == 30)
    #expect(settings.fleet.policy.hasRawFeed && settings.fleet.policy.hasEnrichedFeed)
    #expect(settings.theme.name == "iron" && settings.screen.color == .automatic)
    #expect(settings.screen.regions.isEmpty && settings.screen.times == "local")
    #expect(!settings.run.isOnce && settings.run.settleTime == .seconds(35))
    #expect(settings.run.logLevel == .info && settings.warnings.isEmpty)
  }

  @Test
  func optionsWinOverVariablesOverTheFile() throws {
    var start = Start(config: Self.file)
    #expect(try start.settings().theme.name == "paper")
    start.environment["EGTOP_THEME"] = "iron"
    #expect(try start.settings().theme.name == "iron")
    start.words = "--theme mono"
    #expect(try start.settings().theme.name == "mono")
    #expect(try start.settings().screen.framesPerSecond == 5)
  }

  @Test(arguments: [
    ("", "", "day", "day"), ("--context night", "", "night", "night"),
    ("", "night", "night", "night"), ("--context day", "night", "day", "day"),
    ("--mqtt mqtt://here", "", "here", "day"),
  ])
  func theContextWinsOverTheRestOfTheFile(
    words: String,
    variable: String,
    host: String,
    context: String,
  ) throws {
    let start = Start(
      words: words,
      environment: ["EGTOP_CONTEXT": variable],
      config: Self.file,
    )
    let settings = try start.settings()
    #expect(settings.mqtt?.address.host == host)
    #expect(settings.context == context)
    #expect(settings.mqtt?.qos == (context == "day" ? 1 : 0))
    #expect(settings.theme.name == (context == "day" ? "paper" : "mono"))
  }

  @Test(arguments: [
    (["HOME": "/home/x"], "/home/x/.config/egtop/config.yaml"),
    (["HOME": "/home/x", "XDG_CONFIG_HOME": "/x"], "/x/egtop/config.yaml"),
    (["HOME": "/home/x", "XDG_CONFIG_HOME": "x"], "/home/x/.config/egtop/config.yaml"),
  ])
  func readsTheFileAtTheUsualPlace(environment: [String: String], path: String) throws {
    let start = Start(
      environment: environment,
      texts: [path: "mqtt: {url: host, passwordFile: pw}"]
        .merging(["\((path as String).dropLast(11))pw": "secret\n"]) { $1 },
    )
    let settings = try start.settings()
    #expect(try start.effective().configurationFile == path)
    #expect(settings.mqtt?.password == SecretText("secret"))
  }

  @Test
  func aMissingFileMattersOnlyWhenItIsNamed() throws {
    let home = ["HOME": "/home/x"]
    #expect(try Start(environment: home).effective().configurationFile == nil)
    #expect(
      Start(words: "-c /no/file", environment: home).failure()
        == "-c: cannot open /no/file: No such file or directory"
    )
    #expect(
      Start(environment: ["EGTOP_CONFIG": "/no/file"]).failure()
        == "EGTOP_CONFIG: cannot open /no/file: No such file or directory"
    )
  }

  @Test
  func colorsAreOffByTheCommonVariableUnlessAsked() throws {
    var start = Start(environment: ["NO_COLOR": "1"])
    #expect(try start.settings().screen.color == .never)
    start.words = "--color 256"
    #expect(try start.settings().screen.color == .many)
    start.environment["NO_COLOR"] = ""
    start.words = ""
    #expect(try start.settings().screen.color == .automatic)
  }

  @Test
  func aKeyWithoutAValueIsNotSet() throws {
    let start = Start(config: "mqtt:\n  url: host\n  user:\nkafka:\nscreen:\n  theme: ~\n")
    #expect(try start.settings().theme.name == "iron")
    #expect(try start.settings().mqtt?.user == nil)
  }

  @Test
  func namesVariablesThatDoNothing() throws {
    let start = Start(environment: ["EGTOP_REGOIN": "north", "EGTOP_THEME": "mono"])
    #expect(
      try start.settings().warnings
        == ["EGTOP_REGOIN: egtop has no such variable; did you mean EGTOP_REGION?"]
    )
  }
}
