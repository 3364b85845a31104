import Arguments
import Testing

/// A small program that has one of everything.
let sample = Command(
  "fleet",
  summary: "Watch a fleet.",
  examples: ["fleet --region north", "fleet check"],
  discussion: """
    What is typed wins over
    what is set.
    """,
  options: [
    Option(
      "region",
      letter: "r",
      .text,
      valueName: "name",
      takes: .commaSeparated,
      help: "Only these."
    ),
    Option(
      "theme",
      .oneOf(["iron", "paper", "mono"]),
      valueName: "theme",
      environment: "FLEET_THEME",
      defaultText: "iron",
      help: "The colours.",
      section: "Screen",
    ),
    Option("number", letter: "n", .integer(0...9), environment: "FLEET_NUMBER", help: "A number."),
    Option("factor", .number(-1...1), help: "A factor."),
    Option("wait", .duration(.zero ... .seconds(60)), help: "How long."),
    Option("all", letter: "a", help: "All.", section: "Screen"),
    Option("bell", letter: "b", isNegatable: true, environment: "FLEET_BELL", help: "Ring."),
    Option("property", letter: "X", .text, takes: .repeated, help: "Any.", isHidden: true),
    Option("secret-knob", help: "Not for everyone.", isHidden: true),
  ],
  subcommands: [
    Command(
      "check",
      summary: "Look at the connections.",
      options: [
        Option("region", letter: "r", .text, takes: .commaSeparated, help: "Only these.")
      ]
    ),
    Command(
      "replay",
      summary: "Play again.",
      arguments: [
        Argument("file", .path, help: "The recording."),
        Argument("more", .integer(1...3), help: "Numbers.", isRequired: false, isRepeated: true),
      ]
    ),
  ],
  mainOptions: ["region"],
)

struct CommandParserTests {
  private func parse(
    _ line: String,
    _ environment: [String: String] = [:],
  ) throws(ArgumentsError) -> ParsedCommandLine {
    let words = line.split(separator: " ").map(String.init)
    return try CommandParser.parse(words, environment: environment, root: sample)
  }

  private func command(
    _ line: String,
    _ environment: [String: String] = [:],
  ) throws -> ParsedArguments {
    guard case .command(let parsed) = try parse(line, environment) else {
      throw ArgumentsError.unknownCommand(line, nearest: nil)
    }
    return parsed
  }

  @Test(arguments: [
    ("--number=5", "number", Value.integer(5), "--number"),
    ("--number 5", "number", .integer(5), "--number"),
    ("-n5", "number", .integer(5), "-n"),
    ("-n 5", "number", .integer(5), "-n"),
    ("-abn5", "number", .integer(5), "-n"),
    ("-n 5 -n 6", "number", .integer(6), "-n"),
    ("--factor -0.5", "factor", .number(-0.5), "--factor"),
    ("--factor=-0.5", "factor", .number(-0.5), "--factor"),
    ("--wait 500ms", "wait", .duration(.milliseconds(500)), "--wait"),
    ("--wait 1.5s", "wait", .duration(.milliseconds(1500)), "--wait"),
    ("--wait 7", "wait", .duration(.seconds(7)), "--wait"),
    ("--wait 1m", "wait", .duration(.seconds(60)), "--wait"),
    ("--theme mono", "theme", .text("mono"), "--theme"),
    ("--theme=", "theme", .text(""), ""),
    ("--bell", "bell", .flag(true), "--bell"),
    ("--no-bell", "bell", .flag(false), "--no-bell"),
    ("--bell --no-bell", "bell", .flag(false), "--no-bell"),
  ])
  func readsOneValue(line: String, name: String, value: Value, spelling: String) throws {
    guard value != .text("") else {
      #expect(throws: ArgumentsError.self) { try parse(line) }
      return
    }
    let parsed = try command(line)
    #expect(parsed.values[name] == [ParsedValue(value, from: .argument(spelling))])
  }

  @Test
  func listsGrowAndSplitAtCommas() throws {
    let parsed = try command("-r north,south --region=east -r west")
    #expect(parsed.values["region"]?.map(\.value.text) == ["north", "south", "east", "west"])
    #expect(parsed.values["region"]?.last?.origin == .argument("-r"))
  }

  @Test
  func repeatedValuesKeepTheirCommas() throws {
    let parsed = try command("-X a=1,2 -Xb=3")
    #expect(parsed.values["property"]?.map(\.value.text) == ["a=1,2", "b=3"])
  }

  @Test
  func flagsMayStandTogether() throws {
    let parsed = try command("-ab")
    #expect(parsed.isOn("all") && parsed.isOn("bell") && !parsed.isOn("secret-knob"))
  }

  @Test
  func optionsMayStandBeforeAndAfterTheSubcommand() throws {
    let parsed = try command("-r north check --region south")
    #expect(parsed.path == ["fleet", "check"])
    #expect(parsed.values["region"]?.map(\.value.text) == ["north", "south"])
  }

  @Test
  func wordsAfterTwoDashesAreNoOptions() throws {
    #expect(try command("replay -- -odd").text("file") == "-odd")
    #expect(try command("replay -").text("file") == "-")
  }

  @Test
  func theLastArgumentTakesWhatIsLeft() throws {
    let parsed = try command("replay log 1 2 3")
    #expect(parsed.text("file") == "log")
    #expect(parsed.values["more"]?.map(\.value) == [.integer(1), .integer(2), .integer(3)])
  }

  @Test
  func theEnvironmentHoldsWhereNoFlagIsGiven() throws {
    let environment = ["FLEET_THEME": "paper", "FLEET_BELL": "off", "FLEET_NUMBER": ""]
    let parsed = try command("--theme mono", environment)
    #expect(parsed.values["theme"]?.map(\.origin) == [.argument("--theme")])
    #expect(parsed.values["bell"] == [ParsedValue(.flag(false), from: .environment("FLEET_BELL"))])
    #expect(parsed.values["number"] == nil)
  }

  @Test(arguments: [
    "--help", "-h", "check --help", "-ah", "help", "replay --help", "help check", "check -h --odd",
  ])
  func helpIsThereEverywhere(line: String) throws {
    guard case .help(let path, let form) = try parse(line) else {
      Issue.record("no help")
      return
    }
    #expect(form == (line.contains("help") ? .long : .short))
    let expected = ["check", "replay"].filter { line.contains($0) }
    #expect(path.map(\.name) == ["fleet"] + expected)
  }

  @Test(arguments: ["--version", "check --version", "--number 3 --version"])
  func theVersionIsThereEverywhere(line: String) throws {
    #expect(try parse(line) == .version)
  }
}
