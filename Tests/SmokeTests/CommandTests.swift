import System
import TestSupport
import Testing

/// The `:` prompt of the real program: what it leaves on the disk.
@Suite(
  .enabled(if: TmuxTerminal.program != nil, "tmux is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct CommandTests {
  @Test func exportsWhatIsSeenAndRecordsWhatComesIn() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder, ["--interval", "1"])
      let terminal = try TmuxTerminal(
        columns: 120,
        rows: 40,
        variables: brokers.variables,
        "cd \(folder) && \(BuiltPrograms.egtop); exec sleep 600",
        folder: folder,
      )
      try terminal.expect("generator1", "command")
      try terminal.type(":fi")
      try terminal.press("Tab")
      try terminal.expect(":fi", "filter", "find", "Tab completes")
      try terminal.press("C-u")
      try terminal.type("sort id")
      try terminal.press("Enter")
      try terminal.type(":filter id=generator1 or id=generator2")
      try terminal.press("Enter")
      try terminal.expect("2 of ")
      try terminal.press("x")
      try terminal.expect(":export", "a table, for spreadsheets")
      try terminal.type("csv list.csv")
      try terminal.press("Enter")
      try terminal.expect("2 generators written to list.csv")
      try terminal.type(":export json list.csv")
      try terminal.press("Enter")
      try terminal.expect("list.csv already exists; export! json overwrites it")
      try terminal.press(":", "Up")
      try terminal.expect(":export json list.csv")
      try terminal.press("Escape")
      try terminal.type(":record shift.egr")
      try terminal.press("Enter")
      try terminal.expect("recording to shift.egr")
      try terminal.type(":record off")
      try terminal.press("Enter")
      try terminal.expect("the recording to shift.egr has ended")
      try terminal.type(":sort fule")
      try terminal.press("Enter")
      try terminal.expect("there is no column \"fule\"; did you mean fuel?", ":sort fule")
      try terminal.press("Escape")
      try terminal.type(":q")
      try terminal.press("Enter")
      try terminal.expect("FLEET", isShown: false)
      let text = String(decoding: try readFile(folder + "/list.csv", limit: 9_999), as: UTF8.self)
      let rows = text.split(separator: "\r\n").map { $0.split(separator: ",").first ?? "" }
      #expect(rows == ["id", "generator1", "generator2"])
      let program = try DrawnProgram(["replay", folder + "/shift.egr"], folder: folder)
      try program.expect("REPLAY", "generator1", "generator2")
      program.type("\u{1B}")
      try program.expect("generator3")
      #expect(try program.quit() == 0)
      let views = String(
        decoding: try readFile(folder + "/egtop/state.yaml", limit: 9_999),
        as: UTF8.self
      )
      #expect(views.contains("\"record off\", q]") || views.contains("\"record off\", \"q\"]"))
      removeFlatDirectory(folder + "/egtop")
    }
  }
}
