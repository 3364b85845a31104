import Model
import Settings
import Testing

struct ProfileTests {
  @Test(arguments: Profile.all.map(\.name))
  func eachCanBeUsedAsItIs(name: String) throws {
    let byOption = try Start(words: "--profile \(name)").settings().sources
    let asSource = try Start(config: "sources: [{profile: \(name)}]").settings().sources
    #expect(!asSource.isEmpty)
    #expect(byOption == (name == "article" ? [] : asSource))
    #expect(try Start(config: "profile: \(name)").settings().sources == byOption)
    let environment = ["EGTOP_PROFILE": name]
    for commands in [CommandSet.fleets, .bridge, .sink, .task] {
      let start = Start(environment: environment, commands: commands)
      #expect(try start.settings().sources == byOption)
    }
  }

  @Test(arguments: Profile.all.map(\.name))
  func eachCanBeCopiedIntoAFile(name: String) throws {
    let text = try #require(Profile(named: name)).text
    let copied = try Start(config: text).settings().sources
    let profile = try Start(config: "sources: [{profile: \(name)}]").settings().sources
    #expect(copied == profile)
  }

  @Test func eachSaysInALineWhatItIsFor() {
    for profile in Profile.all {
      #expect(profile.text.hasPrefix("# \(profile.about)\n"))
      #expect((20...90).contains(profile.about.count), "\(profile.name)")
    }
  }

  @Test func eachHasMessages() {
    #expect(Set(ProfileMessages.all.map(\.profile)) == Set(Profile.names))
  }

  @Test(arguments: ProfileMessages.all)
  func itsMessagesAreUnderstood(_ messages: ProfileMessages) throws {
    let with = messages.with.isEmpty ? "" : ", \(messages.with)"
    let config = "sources: [{profile: \(messages.profile)\(with)}]"
    let sources = try Start(config: config).settings().sources
    let example = SourceExample(messages.example)
    #expect(!example.isEmpty)
    #expect(example.found(by: sources) == example.expected)
  }

  @Test func whatStandsBesideItsNameWins() throws {
    let config = """
      sources:
        - name: depot
          profile: genmon
          root: generators/+
          tank: 500 gal
          presence:
          metrics:
            fuel: …/Maintenance/Fuel Level State
            load:
      """
    let sources = try Start(config: config).settings().sources
    let source = try #require(sources.first)
    #expect(sources.count == 1 && source.name == "depot")
    #expect(source.topics == ["generators/+/generator/#"] && source.presence.isEmpty)
    #expect(source.id == (try TextTemplate("{2}")))
    let fuel = source.metrics.first { $0.metric == .fuel }
    #expect(fuel?.places.map(\.topic) == ["Maintenance/Fuel Level State"])
    #expect(!source.metrics.contains { $0.metric == .load })
    #expect(source.metrics.contains { $0.metric == .batteryVoltage })
  }

  @Test func twoSitesWithoutNamesAreToldApart() throws {
    let config = """
      sources:
        - {profile: genmon, root: generators/+}
        - {profile: genmon, root: plants/+}
        - {profile: victron}
        - {profile: victron, name: boats, root: fleet}
      """
    let names = try Start(config: config).settings().sources.map(\.name)
    #expect(names.count == 10 && Set(names).count == 10)
    #expect(names[0] == "genmon generators/+")
    #expect(names[6] == "boats victron tank")
  }

  @Test func whatIsWrongWithItIsToldAtItsName() {
    let config = "sources:\n- {profile: genmon, id: \"{key}\"}\n"
    #expect(
      Start(config: config).failure()
        == "/etc/c.yaml:2:25: only records of Kafka have a key and headers: kafka is missing"
    )
    let missing = "sources:\n- {profile: telegraf, kafka: }\n"
    #expect(
      Start(config: missing).failure()
        == "/etc/c.yaml:2:3: where its messages come is missing: topics, or kafka"
    )
  }
}
