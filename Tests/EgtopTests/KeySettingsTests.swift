import Dashboard
import System
import Terminal
import Testing

@testable import Settings
@testable import egtop

struct KeySettingsTests {
  private func parse(_ config: String, _ line: String = "demo") throws -> Invocation {
    let files = SettingsFiles(
      read: { (path, _) throws(SystemError) in
        guard path == "/c.yaml" else { throw SystemError(action: "open \(path)", code: 2) }
        return Array(config.utf8)
      },
      isOpenToOthers: { (_) throws(SystemError) in false },
    )
    let words = line.split(separator: " ").map(String.init) + ["--config", "/c.yaml"]
    return try Commands.parse(words, environment: [:], files: files)
  }

  private func keys(_ config: String) throws -> KeyTable {
    guard case .demo(let settings) = try parse(config) else { return .standard }
    // As the demo has them, on brokers of its own.
    let demo = try settings.onDemoBrokers(mqttPort: 1, kafka: "h:1")
    return try #require(DashboardOptions(demo, atWall: 0).keys)
  }

  @Test func givesCommandsOtherKeys() throws {
    let keys = try keys(
      """
      keys:
        pin: b
        down: [j, ctrl-n, down, f5, é]
        commandLine: ":"
        abnormalOnly: none
        help: shift-tab
        previousPane: "!"
      """
    )
    #expect(keys.keys(of: .pin) == [.character("b")])
    let down: [Key] = [.character("j"), .control("n"), .down, .function(5), .character("é")]
    #expect(keys.keys(of: .down) == down)
    #expect(keys.keys(of: .abnormalOnly).isEmpty && keys.command(for: .backTab) == .help)
    #expect(keys.command(for: .character("!")) == .previousPane)
    #expect(keys.command(for: .character("m")) == nil)
    #expect(keys.command(for: .character("k")) == .up)
  }

  @Test func aContextWinsOverTheRestOfTheFile() throws {
    let keys = try keys(
      """
      keys: {pin: b, mark: i}
      context: plant
      contexts: {plant: {keys: {pin: b}}, other: {keys: {pin: a}}}
      """
    )
    #expect(keys.keys(of: .pin) == [.character("b")])
    #expect(keys.keys(of: .mark) == [.character("i")])
  }

  @Test(arguments: [
    (
      "keys:\n  pin: b\n  open: [Enter, b]",
      "/c.yaml:3:17: b is bound to open and to pin (/c.yaml:2:8)"
    ),
    ("keys:\n  pin: n", "/c.yaml:2:8: n is the key of nextMatch"),
    ("keys: {pin: [b, b]}", "/c.yaml:1:17: b is bound to pin twice"),
    ("keys: {pni: b}", "/c.yaml:1:8: there is no command \"pni\"; did you mean pin?"),
    ("keys: {pin: Ctrl-m}", "/c.yaml:1:13: Ctrl-m and Enter are the same"),
    ("keys: {pin: \"Ctrl-[\"}", "/c.yaml:1:13: Ctrl-[ and Esc are the same"),
    ("keys: {pin: Ctrl-2}", "/c.yaml:1:13: no terminal sends Ctrl-2"),
    ("keys: {pin: Ctrl-c}", "/c.yaml:1:8: Ctrl-c always quits"),
    ("keys: {quitNow: none}", "/c.yaml:1:8: Ctrl-c always quits"),
    ("keys: {back: b}", "/c.yaml:1:8: Esc always goes back: back keeps it"),
    ("keys: {pin: Esc}", "/c.yaml:1:13: Esc is the key of back"),
    ("contexts: {a: {keys: {pin: n}}}", "/c.yaml:1:28: n is the key of nextMatch"),
    ("keys: {quit: none}", "/c.yaml:1:8: quit must have a key"),
    ("keys: {help: []}", "/c.yaml:1:8: help must have a key"),
    ("keys: {pin: PgDwn}", "/c.yaml:1:13: no key is called \"PgDwn\"; did you mean PgDn?"),
    ("keys: {pin: F13}", "/c.yaml:1:13: no key is called \"F13\""),
    ("keys: {pin: FocusIn}", "/c.yaml:1:13: no key is called \"FocusIn\""),
    ("keys: {pin: [[v]]}", "/c.yaml:1:14: a text is expected"), ("keys: 3", "/c.yaml:1:7:"),
    ("keyz: {pin: b}", "/c.yaml:1:1: unknown key \"keyz\"; did you mean keys?"),
  ])
  func refusesWhatWouldNotDo(config: String, message: String) throws {
    let error = try #require(throws: InvocationError.self) { try parse(config) }
    #expect(error.description.hasPrefix(message), "\(error)")
  }

  @Test func warnsOfKeysThatMayNotArrive() throws {
    guard case .demo(let settings) = try parse("keys: {pin: Ctrl-s}") else { return }
    #expect(settings.warnings.contains { $0.contains("/c.yaml:1:13: Ctrl-s stops or starts") })
  }

  @Test func printsTheKeysInForceAndTheirDefaults() throws {
    guard case .print(let text) = try parse("keys: {pin: b, mark: none}", "--keys") else {
      Issue.record("no keys")
      return
    }
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines.contains(["pin", "b", "pin", "at", "the", "top"]))
    #expect(lines.contains { $0.starts(with: ["mark", "none"]) })
    #expect(lines.map { $0[0] } == KeyTable.standard.bindings.map(\.command.rawValue))
    guard case .print(let file) = try parse("keys: {pin: b}", "--print-config") else {
      Issue.record("no file")
      return
    }
    #expect(file.contains("\n  pin: b  # /c.yaml:1:8; default: m\n"))
    #expect(file.contains("\n  # down: [j, Down]\n"))
    // What is printed can be read again, with every comment taken for a setting.
    let all = file.split(separator: "\n").map(String.init).drop { $0 != "keys:" }.map { line in
      line.hasPrefix("  # ") ? "  " + line.dropFirst(4) : line
    }
    guard case .print(let again) = try parse(all.joined(separator: "\n"), "--keys") else {
      Issue.record("not read again")
      return
    }
    #expect(again.contains("pin               b"))
  }
}
