import Settings
import Testing

/// What a source must not say, with its place in the file.
struct RefusedSourcesTests {
  /// A source that is whole, with something more; line 2 begins in column 3.
  private static func source(_ more: String, metrics: String = "fuel: $.f") -> String {
    "sources:\n- {name: a, topics: [a/+/b], id: \"{2}\", metrics: {\(metrics)}, \(more)}\n"
  }

  @Test(arguments: [
    ("sorces: []\n", "1:1: unknown key \"sorces\"; did you mean sources?"),
    ("sources: {a: 1}\n", "1:10: a list is expected here, not a mapping"),
    ("sources: []\n", "1:10: at least one source is needed"),
    ("sources: [a]\n", "1:11: a mapping is expected here, not \"a\""),
    (
      "sources:\n- topcs: [a]\n",
      "2:3: unknown key \"sources.topcs\"; did you mean topics?"
    ),
    (
      "sources:\n- {name: a, id: x, metrics: {fuel: $.f}}\n",
      "2:3: where its messages come is missing: topics, or kafka"
    ),
    (
      "sources:\n- {sparkplug: {prefix: a}, id: \"{node}\", topics: [b/#], metrics: {fuel: {name: F}}}\n",
      "2:50: the topics of Sparkplug follow from its prefix and groups: say those under sparkplug"
    ),
    (
      "sources:\n- {sparkplug: {prefix: a}, id: \"{node}\", metrics: {fuel: $.f}}\n",
      "2:51: what a node of Sparkplug says is chosen by name alone"
    ),
    (
      "sources:\n- {sparkplug: {prefix: a}, id: \"{$.id}\", metrics: {fuel: {name: F}}}\n",
      "2:32: the id of a node of Sparkplug is in its topic: {group}, {node}, {device}"
    ),
    (
      "sources:\n- {sparkplug: {prefix: a}, each: \"$[*]\", id: \"{node}\", metrics: {fuel: {name: F}}}\n",
      "2:15: each and where do not go with sparkplug"
    ),
    (
      "sources:\n- {sparkplug: {groups: [a/b]}, id: \"{node}\", metrics: {fuel: {name: F}}}\n",
      "2:25: \"a/b\" is no group: it has none of + # /"
    ),
    (
      "sources:\n- {sparkplug: {prefix: \"a/#\"}, id: \"{node}\", metrics: {fuel: {name: F}}}\n",
      "2:24: \"a/#\" cannot stand before a topic"
    ),
    (
      "sources:\n- {sparkplug: {rebirht: true}, id: \"{node}\", metrics: {fuel: {name: F}}}\n",
      "2:16: unknown key \"sources.sparkplug.rebirht\"; did you mean rebirth?"
    ),
    (
      "sources:\n- {topics: [a/+], id: \"{2}\", metrics: {fuel: {name: F}}}\n",
      "2:39: names are those of metrics of Sparkplug: sparkplug is missing"
    ),
    (
      "sources:\n- {topics: [a/+], metrics: {fuel: $.f}}\n",
      "2:3: whose its messages are is missing: id, such as \"{2}\" for the second level of the topic"
    ),
    (
      "sources:\n- {topics: [a/+], id: \"{2}\"}\n",
      "2:3: what its messages say is missing: metrics"
    ),
    (
      "sources:\n- {topics: [a/b#], id: \"{2}\", metrics: {fuel: $.f}}\n",
      "2:13: \"a/b#\" is not a topic filter: + stands for one whole level, # at the end for the rest"
    ),
    (
      "sources:\n- {kafka: [a b], id: \"{key}\", metrics: {fuel: $.f}}\n",
      "2:12: \"a b\" is no name of a Kafka topic"
    ),
    (
      "sources:\n- {topics: [a/+/b], id: \"{4}\", metrics: {fuel: $.f}}\n",
      "2:25: a/+/b has no level 4"
    ),
    (
      "sources:\n- {topics: [a/+/b], id: \"{2x}\", metrics: {fuel: $.f}}\n",
      "2:27: \"{2x}\": a level of the topic (1 to 64), $.path, name, key or header.name is expected"
    ),
    (
      "sources:\n- {topics: [a/+/b], id: \"{key}\", metrics: {fuel: $.f}}\n",
      "2:25: only records of Kafka have a key and headers: kafka is missing"
    ),
    (
      "sources:\n- &a {name: a, topics: [a/+], id: \"{2}\", metrics: {fuel: $.f}}\n- *a\n",
      "2:13: two sources are named \"a\": give one of them another name"
    ),
    (
      "sources:\n- {name: a, profile: gemnon}\n",
      "2:22: there is no profile \"gemnon\"; did you mean genmon?"
    ),
    (
      "sources:\n- {profile: genmon, root: a/#}\n",
      "2:27: \"a/#\" cannot stand before a topic"
    ),
    ("profile: genmom\n", "1:10: \"genmom\" is not \(Self.profiles); did you mean genmon?"),
    (
      "profile: genmon\nsources: [{profile: genmon}]\n",
      "1:10: sources are here as well: name the profile in one of them"
    ),
  ])
  func aSourceThatIsNotWhole(config: String, message: String) {
    #expect(Start(config: config).failure() == "/etc/c.yaml:" + message)
  }

  private static let profiles =
    Profile.names.dropLast().joined(separator: ", ") + " or " + (Profile.names.last ?? "")

  /// Columns are those behind `metrics: {fuel: $.f}, `, which end in column 61.
  @Test(arguments: [
    ("each: $.a", "each goes through one list or object: [*] or .* has to be in it once"),
    (
      "each: \"$.a[*].b[*]\"",
      "each goes through one list or object: [*] or .* has to be in it once"
    ),
    (
      "each: \"$.a[*].b.*\"", "each goes through one list or object: [*] or .* has to be in it once"
    ),
    ("region: \"{name}\"", "{name} is that of a member: each has to end in .*"),
    (
      "each: \"$.*.b\", region: \"{name}\"", "{name} is that of a member: each has to end in .*"
    ),
    (
      "each: $.*, presence: {topic: a/+/s, covers: \"{name}\"}",
      "{name} is that of a sample, which presence is not"
    ),
    ("region: \"{$.a.*}\"", "[*] and .* stand for several samples: only each may have them"),
    ("region: \"{9}\"", "a/+/b has no level 9"),
    ("region: \"{$.a[*]}\"", "[*] and .* stand for several samples: only each may have them"),
    ("region: \"{header.x}\"", "only records of Kafka have a key and headers: kafka is missing"),
    ("time: \"$.t[*]\"", "[*] and .* stand for several samples: only each may have them"),
    ("tank: 90%", "a tank holds litres or gallons, such as 900 L"),
    ("tank: much", "\"much\" is no amount, such as 900 L or 240 gal"),
    ("tank: -5 L", "\"-5 L\" is no amount, such as 900 L or 240 gal"),
    ("tank: 0 L", "a tank holds more than nothing, and at most 1e9"),
    ("tank: 9 hogsheads", "\"hogsheads\" is no unit that is known"),
    ("refuelMark: 25 kW", "a mark is a level of fuel, such as 25% or 200 L"),
    ("refuelMark: 125%", "this is more than the tank"),
    ("sends: change", "\"change\" is not changes or all; did you mean changes?"),
    ("keepAlive: true", "only a Victron GX is kept alive, whose topics begin with N/"),
    ("decimal: dot", "\"dot\" is not comma or point"),
    ("where: {in: [1]}", "topic or path is missing: what is looked at"),
    ("where: {path: $.a}", "in is missing: what is meant"),
    ("presence: {online: [x]}", "topic is missing"),
  ])
  func whatDoesNotGoTogether(more: String, message: String) {
    let failure = Start(config: Self.source(more)).failure()
    #expect(failure.hasPrefix("/etc/c.yaml:2:") && failure.hasSuffix(": " + message), "\(failure)")
  }

  @Test(arguments: [
    ("fule: $.f", "2:56: \"fule\" is no metric; did you mean fuel?"),
    ("fuel: f", "2:62: \"f\": a path begins with $"),
    ("fuel: '$.a['", "2:67: \"$.a[\": a number, a name in quotes, name=value or * is expected"),
    ("fuel: \"$.a[*]\"", "2:62: [*] and .* stand for several samples: only each may have them"),
    ("fuel: {pth: $.f}", "2:63: unknown key \"sources.metrics.fuel.pth\"; did you mean path?"),
    ("fuel: {unit: L}", "2:62: path or topic is missing: where the value is found"),
    ("fuel: []", "2:56: where fuel is found is missing"),
    ("fuel: {path: $.f, unit: kW}", "2:80: fuel counts in L or %"),
    ("fuel: {path: $.f, unit: litrs}", "2:80: \"litrs\" is no unit that is known"),
    ("power: {path: $.f, unit: kWW}", "2:81: \"kWW\" is no unit that is known; did you mean kW?"),
    ("fuel: {path: $.f, scale: 0}", "2:81: 0 makes all values 0"),
    ("fuel: {path: $.f, min: 2, max: 1}", "2:79: min is above max"),
    (
      "fuel: {path: $.f, unknown: [9..1]}",
      "2:84: \"9..1\" is no number, and no range such as 65528..65535"
    ),
    (
      "fuel: {path: $.f, unknown: 0...2}",
      "2:83: \"0...2\" is no number, and no range such as 65528..65535"
    ),
    ("fuel: {path: $.f, true: [On]}", "2:80: fuel is no state"),
    ("running: {path: $.f, true: [On], false: [on]}", "2:96: \"on\" is both true and false"),
    ("fuel: {topic: Level}", "2:70: the topic of a value begins with …/ (or .../): what is shared"),
    ("fuel: …/a/#", "2:62: \"a/#\" is not the end of a topic; + stands for one whole level"),
    ("run_hours: $.a, runHours: $.b", "2:72: runHours is there twice"),
  ])
  func aValueThatCannotBeFound(metrics: String, message: String) {
    let config =
      "sources:\n- {name: a, topics: [a/+/b], id: \"{2}\",      metrics: {\(metrics)}}\n"
    let failure = Start(config: config).failure()
    #expect(failure.hasPrefix("/etc/c.yaml:" + message), "\(failure)")
  }

  /// Whatever key has them.
  @Test(arguments: [
    ("region: \"", "\""), ("region: \"{$.a", "}\""), ("time: $.", ""), ("tank: 9 ", ""),
    ("presence: a/", ""), ("where: {path: $.a, in: [\"", "\"]}"), ("name: ", ""),
    ("each: $.", "[*]"),
    ("time: {path: $.a, format: \"%Y", "\"}"), ("time: {path: $.a, zone: A/", "}"),
  ])
  func textsOf60KilobytesAreRefused(start: String, end: String) {
    for letters in ["a", "[", "+/", "%%", "{1}", "\u{e4}"] {
      let long = String(repeating: letters, count: 60_000 / letters.utf8.count)
      let text =
        "sources:\n- topics: [a/+/b]\n  id: x\n  metrics: {fuel: $.f}\n  \(start)\(long)\(end)\n"
      let failure = Start(config: text).failure()
      #expect(failure.hasPrefix("/etc/c.yaml:5:"), "\(failure.prefix(200))")
      #expect(failure.utf8.count < 300, "\(failure.utf8.count)")
    }
  }

  @Test func wordsThatMeanTwoThings() {
    let config = Self.source("presence: {topic: a/+/s, online: [Up], offline: [up, down]}")
    #expect(Start(config: config).failure().hasSuffix("\"up\" is both online and offline"))
    let usual = Self.source("presence: {topic: a/+/s, offline: [Disconnected]}")
    #expect(Start(config: usual).failure().hasSuffix("is both offline and disconnected"))
  }

  @Test(arguments: ["Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "+25:00", "+x"])
  func zonesThatDoNotExist(zone: String) {
    let config = Self.source("time: {path: $.t, zone: \(zone)}")
    let message = "there is no zone \"\(zone)\"; write one such as Europe/Berlin or +01:00"
    #expect(Start(config: config).failure().hasSuffix(message))
  }

  @Test(arguments: ["UTC", "Europe/Berlin", "+01:00", "-0330", "Etc/GMT+5"])
  func zonesThatExist(zone: String) {
    #expect(Start(config: Self.source("time: {path: $.t, zone: \(zone)}")).failure() == "no error")
  }

  @Test(arguments: ["%d.%m.%Y %H:%M:%S", "%s", "%Y-%m-%dT%H:%M:%S.%f%z"])
  func formatsOfTimes(format: String) {
    let config = Self.source("time: {path: $.t, format: \"\(format)\"}")
    #expect(Start(config: config).failure() == "no error")
  }

  @Test(arguments: ["now", "%", "%Q", "%d %"])
  func formatsThatAreNone(format: String) {
    let config = Self.source("time: {path: $.t, format: \"\(format)\"}")
    #expect(Start(config: config).failure().contains("is no format of a time"))
  }

  @Test func thereAreBounds() {
    let many = (1...65).map { number in
      "- {name: n\(number), topics: [a\(number)/+], id: x, metrics: {fuel: $.f}}\n"
    }
    #expect(
      Start(config: "sources:\n" + many.joined()).failure()
        == "/etc/c.yaml:66:3: there are more than 64 sources"
    )
    let places = [String](repeating: "$.f", count: 33).joined(separator: ", ")
    #expect(
      Start(config: Self.source("", metrics: "fuel: [\(places)]")).failure()
        .hasSuffix("fuel has more than 32 places")
    )
    let long = String(repeating: "a", count: 600)
    #expect(
      Start(config: Self.source("", metrics: "fuel: $.\(long)")).failure()
        .hasSuffix("this is longer than 512 bytes")
    )
    #expect(
      Start(config: Self.source("region: \(long.prefix(513))")).failure().hasSuffix("512 bytes")
    )
    let steps = String(repeating: ".a", count: 17)
    #expect(
      Start(config: Self.source("", metrics: "fuel: $\(steps)")).failure()
        .hasSuffix("a path has at most 16 steps")
    )
    let words = (1...65).map(String.init).joined(separator: ", ")
    #expect(
      Start(config: Self.source("presence: {topic: a/+/s, online: [\(words)]}")).failure()
        .hasSuffix("these are more than 64")
    )
    let topics = (1...65).map { "a/\($0)" }.joined(separator: ", ")
    #expect(
      Start(config: "sources:\n- {topics: [\(topics)], id: x, metrics: {fuel: $.f}}").failure()
        == "/etc/c.yaml:2:12: these are more than 64"
    )
  }

  @Test func aSourceOfTopicsPerValueHasNoEach() {
    let config = "sources:\n- {topics: [a/#], id: x, each: \"$.a[*]\", metrics: {fuel: …/f}}\n"
    #expect(
      Start(config: config).failure().hasSuffix("each does not go with values that have topics")
    )
    let kafka = "sources:\n- {kafka: [a], id: x, metrics: {fuel: …/f}}\n"
    #expect(Start(config: kafka).failure().hasSuffix("need topics, not kafka alone"))
  }

  @Test func aSourceThatWouldNeverHaveAMessage() {
    let more = "id: x, metrics: {fuel: $.f}"
    let all = """
      sources:
      - {name: all, topics: [a/#], \(more)}
      - {name: part, topics: [a/+, a/b/c], \(more)}
      """
    let message = "\"all\" above has all messages of \"part\""
    #expect(Start(config: all).failure() == "/etc/c.yaml:3:3: " + message)
    // One that leaves some to it.
    let some = all.replacing("a/b/c", with: "b/c")
    let conditional = all.replacing("[a/#],", with: "[a/#], where: {path: $.t, in: [x]},")
    #expect(Start(config: some).failure() == "no error")
    #expect(Start(config: conditional).failure() == "no error")
    let kafka = "sources:\n- {name: a, kafka: [k], \(more)}\n- {name: b, kafka: [k], \(more)}\n"
    #expect(Start(config: kafka).failure().hasSuffix("\"a\" above has all messages of \"b\""))
  }

  @Test func whatAnotherTopicSaysGoesWithValuesThatHaveTopics() {
    let config = Self.source("where: {topic: …/t, in: [x]}")
    let message = "what another topic says goes with values that have topics"
    #expect(Start(config: config).failure().hasSuffix(message))
  }

  @Test func anIDFromThePayloadDoesNotNameSessions() {
    let config = """
      sources:
      - {topics: [a/+], id: "{$.serial}", metrics: {fuel: $.f}, presence: a/+/status}
      """
    let message = "the id is in the payload, which a/+/status has not: say covers"
    #expect(Start(config: config).failure().hasSuffix(message))
  }

  @Test func anIDFromALevelThatPresenceHasNot() {
    let config = """
      sources:
      - {topics: [a/+/+], id: "{2}-{3}", metrics: {fuel: $.f}, presence: a/+}
      """
    let message = "a/+ has no level 3, which the id names: say covers"
    #expect(Start(config: config).failure() == "/etc/c.yaml:2:68: " + message)
  }

  @Test func aMarkIsInItsTank() {
    let config = Self.source("tank: 100 L, refuelMark: 200 L")
    #expect(Start(config: config).failure().hasSuffix("this is more than the tank"))
  }

  @Test func contextsThatAreNotUsedAreCheckedToo() {
    let config = "contexts: {b: {sources: [{topics: [a]}]}}\n"
    #expect(Start(config: config).failure().hasPrefix("/etc/c.yaml:1:26: "))
  }
}
