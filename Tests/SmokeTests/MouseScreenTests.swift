import TestSupport
import Testing

/// Clicks and the wheel on the real program.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct MouseScreenTests {
  /// Clicks on the first letter of `text`, as the screen shows it.
  private func click(_ text: String, on program: DrawnProgram) throws {
    let rows = program.text.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains(text) })
    let place = try #require(rows[y].firstRange(of: text))
    let x = rows[y][..<place.lowerBound].count
    program.type("\u{1B}[<0;\(x + 1);\(y + 1)M\u{1B}[<0;\(x + 1);\(y + 1)m")
  }

  private func mouseModes(_ program: DrawnProgram) -> [String] {
    let text = String(decoding: program.written, as: UTF8.self)
    return text.split(separator: "\u{1B}").map(String.init).filter { $0.hasPrefix("[?1006") }
  }

  @Test func clicksDoWhatTheyPointAt() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder, ["--interval", "1"])
      let mqtt = try #require(brokers.variables["EGTOP_MQTT"])
      let program = try DrawnProgram(["--mqtt", mqtt], columns: 200, rows: 60, folder: folder)
      try program.expect("generator1")
      try click("sort", on: program)
      try program.expect("reverses it", isShown: false)
      program.type("u")
      try program.expect("mouse on: Shift-drag selects text")
      try program.expect("? help")
      try click("sort", on: program)
      try program.expect("reverses it")
      try click("egtop", on: program)
      try program.expect("reverses it", isShown: false)
      try click("GENERATOR", on: program)
      try program.expect("by generator")
      try program.expect("? help")
      try click("r region", on: program)
      try program.expect("type to narrow")
      let code = try program.quit()
      #expect(code == 0)
      #expect(mouseModes(program).first?.hasPrefix("[?1006h") == true)
      #expect(String(decoding: program.written, as: UTF8.self).contains("1000;1002;1003;1006"))
    }
  }

  @Test func theMouseIsTheTerminalsUnlessAskedFor() throws {
    try withFolder { folder in
      let program = try DrawnProgram(["--mqtt", "mqtt://127.0.0.1:9"], folder: folder)
      try program.expect("FLEET")
      _ = try program.quit()
      #expect(mouseModes(program).isEmpty)
    }
  }
}
