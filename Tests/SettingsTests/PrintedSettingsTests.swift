import Settings
import Testing

struct PrintedSettingsTests {
  private let start = Start(
    words: "--mqtt mqtts://ops@h:1 --kafka-topic EGx -r north,south -X debug=all",
    environment: ["EGTOP_UNIT": "L \"#1\"", "EGTOP_PRESENCE": "null/+"],
    config: """
      mqtt: {topics: [], tls: {ca: ca.pem}}
      kafka: {brokers: ["h:1"], properties: {"x: y": "1"}}
      fleet: {tank: 1.5}
      context: a
      contexts: {a: {mqtt: {topics: ["a/#", -]}}}
      """,
  )

  @Test
  func saysWhereEachValueComesFrom() throws {
    let lines = try start.effective().printed().split(separator: "\n").map(String.init)
    let expected = [
      "# egtop: what is in force, and where it comes from", "# file: /etc/c.yaml", "# context: a",
      "mqtt:", "  url: \"mqtts://ops@h:1\"  # --mqtt",
      "  topics: [\"a/#\", \"-\"]  # /etc/c.yaml:5:31", "  # user:  # not set",
      "  keepAlive: 15s  # default", "  tls:",
      "  # A broker that does not answer for so long is taken for dead; whole seconds. "
        + "(a time such as 500ms, 15s or 2m, from 5s to 65535s; default: 15s)",
      "    # Payloads of a last will. (a list; default: offline)",
      "    ca: /etc/ca.pem  # /etc/c.yaml:1:30",
      "    filter: \"null/+\"  # EGTOP_PRESENCE", "  properties:", "    debug: all  # -X",
      "  topics: [EGx]  # --kafka-topic", "  # topicPrefix: EG  # default, not used",
      "  # rawTopic: emergency_generators  # default, not used",
      "    \"x: y\": 1  # /etc/c.yaml:2:48", "  tank: 1.5  # /etc/c.yaml:3:15",
      "  unit: \"L \\\"#1\\\"\"  # EGTOP_UNIT", "  regions: [north, south]  # -r",
    ]
    #expect(expected.filter { !lines.contains($0) } == [])
  }

  @Test
  func saysWhatEachSettingMeans() throws {
    let text = try start.effective().printed()
    for row in SettingsTable.rows(for: .egtop) where row.key != nil {
      #expect(text.contains("# \(row.help)"), "\(row.id)")
    }
  }

  @Test
  func leavesSecretsOutWhereverTheyComeFrom() throws {
    let start = Start(
      words: "--mqtt h --kafka h",
      environment: ["EGTOP_KAFKA_PASSWORD": "hushhush"],
      config: "mqtt: {password: mumble}\nkafka: {properties: {ssl.key.password: whisper}}",
    )
    let text = try start.effective().printed()
    #expect(["hushhush", "mumble", "whisper"].allSatisfy { !text.contains($0) })
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.contains("# password: (hidden)  # EGTOP_KAFKA_PASSWORD"))
    #expect(lines.contains("# password: (hidden)  # /etc/c.yaml:1:18"))
  }

  @Test
  func whatIsPrintedOfTheDefaultsIsAFileToStartWith() throws {
    let first = try Start().settings()
    var second = try Start(config: try Start().effective().printed()).settings()
    // Now somebody has chosen it.
    #expect(second.theme.name == first.theme.name)
    second.theme = first.theme
    #expect(second.screen == first.screen && second.run == first.run)
    #expect(second.fleet == first.fleet)
  }

  @Test
  func readAgainItGivesTheSameSettings() throws {
    let first = try start.settings()
    var second = try Start(config: try start.effective().printed()).settings()
    #expect(second.context == nil)
    second.context = first.context
    second.kafka?.propertyOrigins = first.kafka?.propertyOrigins ?? [:]
    second.theme.isChosen = first.theme.isChosen
    #expect(second == first)
  }
}
