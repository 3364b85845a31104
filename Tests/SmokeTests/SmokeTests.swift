import Glibc
import System
import TestSupport
import Testing

private let hasTmux = TmuxTerminal.program != nil

/// The real program on real brokers in a real terminal.
@Suite(.enabled(if: hasTmux, "tmux is not installed"), .serialized, .timeLimit(.minutes(20)))
struct SmokeTests {
  @Test
  func showsAFedFleetAndObeysItsKeys() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder)
      let terminal = try TmuxTerminal(
        columns: 200,
        rows: 60,
        variables: brokers.variables,
        "exec \(BuiltPrograms.egtop)",
        folder: folder,
      )
      try terminal.expect("generator1", "New England")
      try terminal.press("?")
      try terminal.expect("half a page", "redraw, suspend")
      try terminal.press("Escape")
      try terminal.expect("redraw, suspend", isShown: false)
      try terminal.press("/")
      try terminal.type("generator17")
      try terminal.press("Enter")
      try terminal.expect("generator17")
      try terminal.expect("generator16", isShown: false)
      try terminal.press("Escape")
      try terminal.expect("generator16")
      try terminal.press("r")
      try terminal.expect("West South Central")
      try terminal.press("Escape", "Tab", "z")
      try terminal.press("z", "=")
      try terminal.expect("received")
      try terminal.press("Escape")
      try terminal.expect("generator1")
    }
  }

  @Test(arguments: [(20, 5), (80, 24), (200, 60)])
  func showsTheFleetAtAnySize(columns: Int, rows: Int) throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder)
      let terminal = try TmuxTerminal(
        columns: columns,
        rows: rows,
        variables: brokers.variables,
        "exec \(BuiltPrograms.egtop)",
        folder: folder,
      )
      try terminal.expect("generat")
      for size in [(1, 1), (240, 80), (20, 5), (columns, rows)] {
        try terminal.resize(columns: size.0, rows: size.1)
      }
      try terminal.expect("generat")
    }
  }

  @Test
  func drawsOnATerminalNobodyKnows() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder)
      let terminal = try TmuxTerminal(
        columns: 80,
        rows: 24,
        variables: brokers.variables,
        "TERM=of-no-kind exec \(BuiltPrograms.egtop)",
        folder: folder,
      )
      try terminal.expect("FLEET", "generator")
    }
  }

  @Test
  func tellsInLinesWhereATerminalCannotBeDrawnOn() throws {
    try withFolder { folder in
      let terminal = try TmuxTerminal(
        columns: 80,
        rows: 24,
        variables: ["EGTOP_MQTT": "mqtt://127.0.0.1:1"],
        "TERM=dumb \(BuiltPrograms.egtop); exec sleep 600",
        folder: folder,
      )
      try terminal.expect("egtop: the terminal \"dumb\"", "lines instead", " mqtt is down: ")
    }
  }

  @Test
  func drawsPlainCharactersWhereTheLocaleHasNoOthers() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder)
      let terminal = try TmuxTerminal(
        columns: 80,
        rows: 24,
        variables: brokers.variables,
        "LC_ALL=C exec \(BuiltPrograms.egtop)",
        folder: folder,
      )
      try terminal.expect("generator")
      #expect(try terminal.text.utf8.allSatisfy { $0 < 128 })
    }
  }
}
