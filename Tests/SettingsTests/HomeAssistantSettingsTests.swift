import Model
import Settings
import Testing

struct HomeAssistantSettingsTests {
  @Test func theWholeOfIt() throws {
    let config = """
      sources:
        - homeassistant:
            prefix: site/ha
            devices: [0x00158d0001, Pump house]
            entities:
              "*_estimated_fuel": {metric: fuel, unit: L}
              Oil: oilPressure
              "*_room_temperature": none
          tank: 900 L
          refuelMark: 25%
          rename: {a4cf: north}
      """
    let source = try #require(try Start(config: config).settings().sources.first)
    let rule = try #require(source.homeAssistant)
    #expect(source.name == "site/ha" && source.sendsChanges && source.tank == 900)
    #expect(rule.devices == ["0x00158d0001", "Pump house"])
    #expect(
      rule.entities == [
        EntityRule("*_estimated_fuel", .fuel, unit: SourceUnit("L")),
        EntityRule("Oil", .oilPressure), EntityRule("*_room_temperature", nil),
      ]
    )
    #expect(source.filters == ["site/ha/+/+/config", "site/ha/+/+/+/config"])
    let short = try Start(config: "sources: [{homeassistant: ha, sends: all}]").settings().sources
    #expect(short.first?.homeAssistant?.prefix == "ha" && short.first?.sendsChanges == false)
  }

  @Test(arguments: [
    (
      "{homeassistant: {prefix: a/+}}",
      "\"a/+\" is no prefix of announcements, such as homeassistant"
    ),
    (
      "{homeassistant: {prefix: $SYS}}",
      "\"$SYS\" is no prefix of announcements, such as homeassistant"
    ),
    (
      "{homeassistant: {device: a}}",
      "unknown key \"sources.homeassistant.device\"; did you mean devices?"
    ),
    ("{homeassistant: {entities: {a: feul}}}", "\"feul\" is no metric; did you mean fuel?"),
    (
      "{homeassistant: {entities: {a: {unit: L}}}}",
      "metric is missing: what it is, or none in place of all this"
    ),
    ("{homeassistant: {entities: {a: {metric: fuel, unit: V}}}}", "fuel has another unit"),
    (
      "{homeassistant: ha, topics: [a/+]}",
      "topics does not go with homeassistant, whose announcements say it"
    ),
    (
      "{homeassistant: ha, root: site}",
      "root does not go with homeassistant: say its prefix"
    ),
    (
      "{homeassistant: ha, id: \"{2}\"}",
      "id does not go with homeassistant, whose announcements say it"
    ),
    (
      "{homeassistant: ha, metrics: {fuel: $.f}}",
      "metrics does not go with homeassistant, whose announcements say it"
    ),
    (
      "{homeassistant: ha}, {name: b, homeassistant: ha}",
      "\"ha\" above follows what is announced below ha"
    ),
  ])
  func whatIsRefused(_ source: String, _ message: String) {
    let failure = Start(config: "sources: [\(source)]").failure()
    #expect(failure.hasSuffix(": " + message), "\(failure)")
    #expect(failure.hasPrefix("/etc/c.yaml:1:"))
  }
}
