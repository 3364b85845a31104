import Arguments
import Settings
import System
import Testing

struct SettingsTableTests {
  private static let commands: [CommandSet] = [
    .watch, .check, .replay, .demo, .simulate, .bridge, .sink, .task, .source, .egpipe, .bare,
  ]

  @Test
  func everySectionIsFoundInItsOrder() {
    let paths = SettingsTable.rows.compactMap(\.key)
    let sections = paths.map { $0.prefix { $0 != "." } }
    var order: [Substring] = []
    for section in sections where !order.contains(section) { order.append(section) }
    #expect(order == ["egpipe", "mqtt", "kafka", "profile", "fleet", "screen", "run"])
    // Those of one section stand together, as they do in the printed file.
    #expect(sections == order.flatMap { name in sections.filter { $0 == name } })
    #expect(SettingsTable.rows.contains { $0.id == "egpipe.bridge.listen.clientCA" })
    #expect(SettingsTable.rows.contains { $0.id == "mqtt.presence.json" })
  }

  @Test
  func aSettingIsReadAsItsOwnType() throws {
    let start = Start(
      words: "--mqtt-qos 2 -r a,b --no-group --fail-on lag --once --log-level debug --color 8",
      config: "kafka: {history: 90m}\nfleet: {tank: 1.5}\nscreen: {columns: [load]}",
    )
    let settings = try start.effective()
    let qos: Int = settings[\.mqtt.qos]
    let level: Int? = settings[\.mqtt.presence.level]
    let history: Duration = settings[\.kafka.history]
    let tank: Double = settings[\.fleet.tank]
    let regions: [String] = settings[\.screen.regions]
    let isGrouped: Bool? = settings[\.screen.isGrouped]
    let color: ColorChoice = settings[\.screen.color]
    let failOn: [FailCondition] = settings[\.run.failOn]
    let columns: [String] = settings[\.screen.columns]
    #expect(qos == 2 && level == nil && history == .seconds(5400) && tank == 1.5)
    #expect(regions == ["a", "b"] && isGrouped == false && color == .eight && failOn == [.lag])
    #expect(columns == ["load"])
    #expect(settings[\.run.logLevel] == .debug && settings[\.screen.order] == nil)
  }

  @Test
  func sectionsAreReadByTheSameNames() throws {
    let start = Start(words: "--fps 7", config: "egpipe: {bridge: {listen: {address: 'h:1'}}}")
    let settings = try start.settings()
    #expect(settings.screen.framesPerSecond == 7)
    #expect(settings.egpipe.bridge.listen.address == "h:1")
    #expect(settings.origin(of: \.screen.framesPerSecond) == .argument("--fps"))
  }

  @Test
  func everyDefaultIsOfItsKind() {
    for row in SettingsTable.rows {
      #expect(row.defaults.allSatisfy { row.kind.value(of: $0.text) == $0 }, "\(row.id)")
      #expect(row.occurrence != .once || row.defaults.count < 2, "\(row.id)")
    }
  }

  @Test
  func namesAreThereOnce() {
    let rows = SettingsTable.rows
    #expect(Set(rows.map(\.id)).count == rows.count)
    // No command has two options of one name, though egtop and egpipe have.
    for command in Self.commands {
      let options = SettingsTable.options(for: command)
      #expect(Set(options.map(\.name)).count == options.count)
      let letters = options.compactMap(\.letter)
      #expect(Set(letters).count == letters.count && !letters.contains("h"))
    }
    let variables = rows.compactMap(\.environment)
    #expect(Set(variables).count == variables.count)
  }

  @Test
  func everyRowCanBeSetInSomeWay() {
    for row in SettingsTable.rows {
      #expect(row.key != nil || row.option != nil)
      #expect(!row.help.isEmpty && !row.commands.isEmpty)
      #expect(!row.isSecret || row.option == nil)
    }
  }
}
