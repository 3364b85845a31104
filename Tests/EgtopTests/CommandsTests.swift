import Arguments
import Dashboard
import System
import Testing

@testable import Settings
@testable import egtop

struct CommandsTests {
  private static let noFiles = SettingsFiles(
    read: { (path, _) throws(SystemError) in throw SystemError(action: "open \(path)", code: 2) },
    isOpenToOthers: { (path) throws(SystemError) in
      throw SystemError(action: "look at \(path)", code: 2)
    },
  )

  private func parse(_ line: String) throws(InvocationError) -> Invocation {
    let words = line.split(separator: " ").map(String.init)
    return try Commands.parse(words, environment: [:], files: Self.noFiles)
  }

  private func name(_ invocation: Invocation) -> String {
    switch invocation {
    case .dashboard: "dashboard"
    case .once(let settings): settings.run.isJSON ? "once json" : "once"
    case .check: "check"
    case .discover(let settings): "discover \(settings.discover.time) \(settings.run.isJSON)"
    case .initialize: "init"
    case .lag(let settings): settings.run.isJSON ? "lag json" : "lag"
    case .demo(let settings):
      "demo \(settings.demo.generators) \(settings.demo.seed) \(settings.theme.name)"
    case .replay(let file, let speed, let settings):
      "replay \(file) \(speed) \(settings.mqtt == nil)"
    case .print(let text): beginning(of: text)
    }
  }

  private func beginning(of text: String) -> String {
    let known = [
      ("# egtop:", "print"), ("down ", "keys"), (".\\\" Generated", "man"), ("#compdef", "zsh"),
      ("Watch a fleet", "help"), ("Show a recording", "help"), ("egtop ", "version"),
    ]
    return known.first { text.hasPrefix($0.0) }?.1 ?? String(text.prefix(20))
  }

  @Test(arguments: [
    ("--mqtt h", "dashboard"), ("--kafka h --once", "once"),
    ("--once --json --mqtt h --fail-on alarm,lag", "once json"), ("check --mqtt h", "check"),
    ("discover --mqtt h", "discover 60.0 seconds false"), ("init", "init"),
    ("discover --mqtt h --for 5s --json --write f", "discover 5.0 seconds true"),
    ("--mqtt h check", "check"), ("lag --kafka h", "lag"), ("lag --kafka h --json", "lag json"),
    ("lag --kafka h --watch 10s --ndjson --fail-on lag", "lag"), ("demo", "demo 36 1 iron"),
    ("demo --generators 5 --seed 7 --theme mono", "demo 5 7 mono"),
    ("replay log", "replay log 1.0 true"),
    ("replay log --speed 2.5 --theme mono", "replay log 2.5 true"), ("--print-config", "print"),
    ("--keys", "keys"),
    ("check --print-config", "print"), ("--help", "help"), ("help replay", "help"),
    ("--version", "version"), ("--generate-man", "man"),
    ("--generate-completions zsh", "zsh"),
  ])
  func findsWhatIsAsked(line: String, expected: String) throws {
    #expect(name(try parse(line)) == expected)
  }

  @Test(arguments: [
    (
      "--regoin x",
      "unknown option --regoin; did you mean --region?\nTry 'egtop --help' for more information."
    ),
    (
      "",
      """
      there is nothing to watch: name an MQTT broker, Kafka brokers, or both, such as
        egtop --mqtt mqtt://host:1883 --kafka host:9092
      """
    ),
    (
      "--once --mqtt h check",
      "--once is not an option of 'egtop check'\nTry 'egtop --help' for more information."
    ),
    ("--mqtt tcp://h", "--mqtt: the URL has to begin with mqtt:// or mqtts://"),
  ])
  func saysWhatIsWrong(line: String, text: String) {
    #expect(throws: InvocationError(description: text)) { try parse(line) }
  }

  @Test
  func aFilterThatIsWrongIsRefusedWhereItWasGiven() throws {
    let words = ["--mqtt", "h", "--filter", "lost or fuel<abc"]
    let text = """
      --filter: a number is needed, as in fuel<15%, at character 14
        lost or fuel<abc
                     ^^^
      """
    #expect(throws: InvocationError(description: text)) {
      try Commands.parse(words, environment: [:], files: Self.noFiles)
    }
    #expect(throws: InvocationError.self) {
      try Commands.parse(
        ["--mqtt", "h"],
        environment: ["EGTOP_FILTER": "(lost"],
        files: Self.noFiles
      )
    }
    let file = SettingsFiles(
      read: { (_, _) throws(SystemError) in
        Array("mqtt: {url: h}\nscreen:\n  filter: tte<2\n".utf8)
      },
      isOpenToOthers: { (_) throws(SystemError) in false },
    )
    let error = try #require(throws: InvocationError.self) {
      try Commands.parse(["--config", "/c.yaml"], environment: [:], files: file)
    }
    #expect(error.description.hasPrefix("/c.yaml:3:11: a time has s, m, h or d"))
    let unit = ["--mqtt", "h", "--unit", "gal", "--filter", "fuel<500gal"]
    #expect(throws: Never.self) {
      try Commands.parse(unit, environment: [:], files: Self.noFiles)
    }
  }

  @Test
  func theDemoKeepsHowTheTerminalIsUsed() throws {
    guard case .demo(let settings) = try parse("demo --plain --inline --alert bell") else {
      Issue.record("this is not the demo")
      return
    }
    let demo = try settings.onDemoBrokers(mqttPort: 1, kafka: "h:1")
    #expect(demo.terminal == settings.terminal && demo.terminal.isPlain)
  }

  @Test
  func theSortColumnsAreThoseOfTheDashboard() {
    #expect(SettingsTable.sortColumns == SortColumn.allCases.map(\.rawValue))
  }

  @Test
  func profilesAreListedAndPrinted() throws {
    guard case .print(let list) = try parse("profiles") else {
      throw InvocationError(description: "")
    }
    for profile in Profile.all {
      #expect(list.contains("\n\(profile.name) ") || list.hasPrefix("\(profile.name) "))
      #expect(try parse("profiles \(profile.name)") == .print(profile.text))
    }
    #expect(list.split(separator: "\n").count == Profile.names.count)
    #expect(list.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(throws: InvocationError.self) { try parse("profiles gemnon") }
  }

  @Test(arguments: ["--help", "check --help", "lag --help", "replay --help"])
  func helpFitsTheScreenAndNamesEveryOption(line: String) throws {
    guard case .print(let text) = try parse(line) else { return }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let command = Commands.root.subcommands.first { line.hasPrefix($0.name) } ?? Commands.root
    for option in command.options where !option.isHidden {
      #expect(text.contains("--\(option.name)") || text.contains("--[no-]\(option.name)"))
    }
  }

  @Test(arguments: ["-h", "demo -h", "check -h", "replay -h"])
  func theShortHelpFitsOneScreenAndPointsToTheRest(line: String) throws {
    guard case .print(let text) = try parse(line) else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 40)
    #expect(lines.allSatisfy { $0.count <= 80 })
    let command = Commands.root.subcommands.first { line.hasPrefix($0.name) } ?? Commands.root
    #expect(!command.mainOptions.isEmpty)
    for name in command.mainOptions {
      #expect(text.contains("--\(name)") || text.contains("--[no-]\(name)"), "\(name)")
    }
    for example in command.examples { #expect(text.contains(example)) }
    #expect(text.contains("--help' shows all "))
  }

  @Test(arguments: ["generate-man", "generate-completions"])
  func theLongHelpTellsHowToGetManualAndCompletions(name: String) throws {
    guard case .print(let text) = try parse("--help") else { return }
    #expect(text.contains("MANUAL AND COMPLETIONS:"))
    #expect(text.contains("--\(name)"))
  }
}
