import Model
import Settings
import Testing

/// The section `sources`.
struct SourcesTests {
  /// The sources of a file that holds nothing else.
  private func sources(_ text: String) throws -> [Source] {
    try Start(config: "sources:\n" + text).settings().sources
  }

  private func only(_ text: String) throws -> Source {
    let sources = try sources(text)
    try #require(sources.count == 1)
    return sources[0]
  }

  @Test func withoutThemTheMessagesAreThoseOfTheArticle() throws {
    #expect(try Start().settings().sources.isEmpty)
    #expect(try Start(config: "sources:\n").settings().sources.isEmpty)
    #expect(try Start(words: "--profile article").settings().sources.isEmpty)
  }

  @Test func readsAllThatAGatewayMaySay() throws {
    let source = try only(
      """
        - name: plant-gateways
          topics: [sites/+/genset/+/state]
          id: "{2}-{4}"
          region: "{2}"
          time: {path: $.ts, zone: Europe/Berlin}
          tank: 900 L
          refuelMark: 25%
          sends: changes
          decimal: comma
          rename: {site_7-1: "site 7"}
          metrics:
            fuel:           {path: $.fuel_level, unit: "%"}
            power:          {path: $.ac.kw, unit: kW, scale: 10, offset: -1}
            temperature:    {path: $.coolant, unit: F}
            batteryVoltage: {path: $.regs.40012, unknown: [65528..65535, -1], scale: 0.1, min: 0, max: 40}
            load:           [$.load, {path: [$.a, $.b]}]
          presence:
            - {topic: sites/+/status, online: [Online], offline: [Offline], covers: "{2}-*"}
      """
    )
    var expected = Source(name: "plant-gateways", id: try TextTemplate("{2}-{4}"))
    expected.topics = ["sites/+/genset/+/state"]
    expected.region = try TextTemplate("{2}")
    expected.time = SourceTime(path: try JSONPath("$.ts"))
    expected.time?.zone = "Europe/Berlin"
    expected.tank = 900
    expected.refuelMark = .percent(25)
    expected.sendsChanges = true
    expected.hasDecimalComma = true
    expected.rename = ["site_7-1": "site 7"]
    var fuel = ValuePlace(path: try JSONPath("$.fuel_level"))
    fuel.unit = SourceUnit("%")
    var power = ValuePlace(path: try JSONPath("$.ac.kw"))
    (power.unit, power.scale, power.offset) = (SourceUnit("kW"), 10, -1)
    var temperature = ValuePlace(path: try JSONPath("$.coolant"))
    temperature.unit = SourceUnit("F")
    var battery = ValuePlace(path: try JSONPath("$.regs.40012"))
    battery.unknown = [65_528...65_535, -1 ... -1]
    (battery.scale, battery.least, battery.most) = (0.1, 0, 40)
    expected.metrics = [
      MetricSource(.fuel, [fuel]), MetricSource(.power, [power]),
      MetricSource(.temperature, [temperature]), MetricSource(.batteryVoltage, [battery]),
      MetricSource(.load, try ["$.load", "$.a", "$.b"].map { ValuePlace(path: try JSONPath($0)) }),
    ]
    var presence = PresenceSource(topic: "sites/+/status")
    (presence.online, presence.offline) = (["Online"], ["Offline"])
    presence.covers = try TextTemplate("{2}-*")
    expected.presence = [presence]
    #expect(source == expected)
  }

  @Test func readsNodesOfSparkplugByTheNamesOfTheirMetrics() throws {
    let source = try only(
      """
        - sparkplug: {prefix: site/spBv1.0, groups: [north, south], rebirth: true}
          id: "{group}-{node}/{device}"
          time: {name: Measured}
          metrics:
            fuel: [{name: [Day Tank/Level, Level], unit: "%"}, {name: Litres}]
      """
    )
    #expect(source.topics == ["site/spBv1.0/north/#", "site/spBv1.0/south/#"])
    #expect(source.filters == source.topics && source.sendsChanges)
    #expect(source.sparkplug?.asksForBirths == true && source.time?.name == "Measured")
    #expect(source.id == (try TextTemplate("{3}-{5}/{6}")))
    #expect(source.id.without(level: 6) == (try TextTemplate("{3}-{5}")))
    #expect(source.metrics[0].places.map(\.name) == ["Day Tank/Level", "Level", "Litres"])
    let all = try only(
      """
        - {sparkplug: {prefix: spBv1.0}, id: "{device}", sends: all, metrics: {fuel: {name: Fuel}}}
      """
    )
    #expect(all.topics == ["spBv1.0/#"] && !all.sendsChanges)
    #expect(all.id.without(level: 5).parts.isEmpty)
  }

  @Test func readsAValuePerTopicAndWhatSiblingsMustSay() throws {
    let source = try only(
      """
        - name: boats
          topics: [N/+/tank/+/#]
          id: "{2}"
          where: {topic: …/FluidType, path: $.value, in: [0, 6, 7]}
          metrics:
            fuel: [{topic: …/Level}, {topic: ".../Fuel Level"}]
            power: …/+/Ac/Power
      """
    )
    #expect(source.hasTopicPerValue)
    let condition = SourceCondition(
      topic: "FluidType",
      path: try JSONPath("$.value"),
      values: ["0", "6", "7"]
    )
    #expect(source.condition == condition)
    let topics = source.metrics.map { $0.places.map(\.topic) }
    #expect(topics == [["Level", "Fuel Level"], ["+/Ac/Power"]])
  }

  @Test func readsRecordsOfKafka() throws {
    let source = try only(
      """
        - kafka: [telegraf_raw]
          each: $.metrics[*]
          id: "{$.tags.topic:2}-{key}{header.ce_source}"
          time: $.timestamp
          metrics: {fuel: $.fields.fuel, battery_voltage: $.fields.batt}
      """
    )
    #expect(source.name == "telegraf_raw" && source.kafkaTopics == ["telegraf_raw"])
    #expect(source.each == (try JSONPath("$.metrics[*]")))
    #expect(source.time == SourceTime(path: try JSONPath("$.timestamp")))
    #expect(source.metrics.map(\.metric) == [.fuel, .batteryVoltage])
  }

  @Test(arguments: [
    ("900", 900), ("900 L", 900), ("1.5 m3", 1_500), ("240 gal", 908.4988), ("10L", 10),
  ])
  func aTankIsInLitres(text: String, litres: Double) throws {
    let source = try only("  - {topics: [a/+], id: \"{2}\", metrics: {fuel: $.f}, tank: \(text)}")
    #expect(abs((source.tank ?? 0) - litres) < 0.001)
  }

  @Test(arguments: [
    ("25%", RefuelMark.percent(25)), ("25 %", .percent(25)), ("0.25 fraction", .percent(25)),
    ("200 L", .units(200)), ("200", .units(200)),
  ])
  func aMarkIsALevelOrAShare(text: String, mark: RefuelMark) throws {
    let source = try only(
      "  - {topics: [a/+], id: \"{2}\", metrics: {fuel: $.f}, refuelMark: '\(text)'}"
    )
    #expect(source.refuelMark == mark)
  }

  @Test func presenceIsATopicOrAListOfThem() throws {
    let source = try only(
      """
        - topics: [a/+]
          id: "{2}"
          metrics: {fuel: $.f}
          presence: a/+/status
      """
    )
    #expect(source.name == "a/+")
    #expect(source.presence == [PresenceSource(topic: "a/+/status")])
  }

  @Test func presenceAloneIsASourceAsWell() throws {
    let source = try only(
      """
        - name: bridges
          id: "{4}"
          presence: {topic: $SYS/broker/connection/+/state, online: 1, offline: 0}
      """
    )
    #expect(source.presence[0].online == ["1"] && source.presence[0].offline == ["0"])
  }

  @Test func aRootStandsBeforeTheTopics() throws {
    let roots = try sources(
      """
        - name: site
          root: ["", depot, +/gen]
          topics: [x/#]
          id: "{root}"
          metrics: {fuel: …/f}
          presence: x/status
      """
    )
    #expect(roots.map(\.name) == ["site", "site depot", "site +/gen"])
    #expect(roots.flatMap(\.topics) == ["x/#", "depot/x/#", "+/gen/x/#"])
    #expect(
      roots.flatMap(\.presence).map(\.topic) == ["x/status", "depot/x/status", "+/gen/x/status"]
    )
    #expect(roots.map(\.id) == (try ["{1}", "{1}", "{1}"].map { try TextTemplate($0) }))
    let deep = try only(
      "  - {root: a/+/b, topics: [x], id: \"{root}\", metrics: {fuel: $.f}}"
    )
    #expect(deep.name == "a/+/b/x")
    #expect(deep.id == (try TextTemplate("{2}")))
  }

  @Test func aContextHasSourcesOfItsOwn() throws {
    let config = """
      sources: [{name: a, topics: [a/+], id: "{2}", metrics: {fuel: $.f}}]
      contexts:
        b: {sources: [{name: b, topics: [b/+], id: "{2}", metrics: {fuel: $.f}}]}
        c: {profile: genmon}
        d: {}
      """
    func names(_ words: String) throws -> [String] {
      try Start(words: words, config: config).settings().sources.map(\.name)
    }
    #expect(try names("") == ["a"])
    #expect(try names("--context b") == ["b"])
    #expect(try names("--context c").first == "genmon")
    #expect(try names("--context d") == ["a"])
    #expect(try names("--context b --profile genmon").first == "genmon")
    #expect(try names("--profile article") == [])
  }

  @Test func whatIsSaidOfTopicsBesidesHasNoEffect() throws {
    let config = """
      mqtt: {url: h, topics: [b/#], presence: {alive: [up]}}
      sources: [{name: a, topics: [a/+], id: "{2}", metrics: {fuel: $.f}}]
      """
    #expect(
      try Start(config: config).settings().warnings == [
        "/etc/c.yaml:1:24: mqtt.topics has no effect beside sources or a profile",
        "/etc/c.yaml:1:49: mqtt.presence.alive has no effect beside sources or a profile",
      ]
    )
    #expect(try Start(words: "--mqtt h --mqtt-topic x/#").settings().warnings.isEmpty)
  }

  @Test func aMadeUpFleetAndARecordingHaveNoneOfThem() throws {
    let config = "sources: [{name: a, topics: [a/+], id: \"{2}\", metrics: {fuel: $.f}}]"
    #expect(try Start(config: config, feeds: .unused).settings().sources.isEmpty)
  }

  @Test func egpipeReadsThemToo() throws {
    let config = "sources: [{name: a, topics: [a/+], id: \"{2}\", metrics: {fuel: $.f}}]"
    for commands in [CommandSet.bridge, .sink, .task, .egpipe] {
      let settings = try Start(config: config, commands: commands).settings()
      #expect(settings.sources.map(\.name) == ["a"])
    }
  }

  @Test func theyArePrintedAndReadAgain() throws {
    let config = """
      sources:
        - name: "a: b"
          root: [x, +]
          topics: [a/#]
          id: "{root}-{2}"
          rename: {"no": "#1", x: null }
          metrics:
            fuel: [{topic: "…/Fuel Level ", unit: "%"}, …/F]
            load: {topic: …/l, scale: -1, unknown: [-2..-1, 65535]}
            running: {topic: …/r, true: [on, "1"], false: [Off]}
          presence:
        - profile: genmon
          root: generators/+
          presence:
          tank: 900 L
      """
    let start = Start(config: config.replacing(", x: null ", with: ""))
    let text = try start.effective().printed()
    #expect(text.contains("\nsources:  # /etc/c.yaml:2:3\n  - name: \"a: b\"\n"))
    let first = try start.settings().sources
    let second = try Start(config: text).settings().sources
    #expect(first == second && first.count == 3)
    #expect(first[0].metrics[1].places[0].scale == -1)
    #expect(first[2].presence.isEmpty && first[2].tank == 900)
    #expect(try Start().effective().printed().contains("\n# sources:  # not set\n"))
  }
}
