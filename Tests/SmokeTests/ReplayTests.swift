import System
import TestSupport
import Testing

/// A recording of the real program, played again.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct ReplayTests {
  /// Records a fed fleet, with keys pressed on the way, and gives the file to `body`.
  private func withRecording(_ body: (_ path: String, _ folder: String) throws -> Void) throws {
    try withFolder { folder in
      let path = "\(folder)/recording"
      do {
        let brokers = try FedBrokers(folder: folder, ["--interval", "1", "--outages", "1"])
        let mqtt = try #require(brokers.variables["EGTOP_MQTT"])
        let kafka = try #require(brokers.variables["EGTOP_KAFKA"])
        let words = ["--mqtt", mqtt, "--kafka", kafka, "--raw", "--record", path]
        let program = try DrawnProgram(words, columns: 100, rows: 30, folder: folder)
        try program.expect("generator1", "last will")
        let pages = [("?", "half a page"), ("\u{1B}=", "STATUS"), ("\u{1B}r", "type to narrow")]
        for (keys, shown) in pages {
          program.type(keys)
          try program.expect(shown)
        }
        program.type("\u{1B}")
        try program.expect("Space", isShown: false)
        program.type("/generator1\rjj")
        try program.expect("filter generator1", "order held")
        program.type("tm fgen\rn")
        try program.expect("pinned 1", "marked 1", "generator")
        program.type(":sort i\t desc\r:theme mono\r=G")
        try program.expect("STATUS", "mono, 256 colours")
        program.type("\u{1B}")
        try program.expect("STATUS", isShown: false)
        program.type("[([")
        try program.expect("PAST")
        program.type("Z")
        try program.expect("PAST", isShown: false)
        #expect(try program.quit() == 0)
      }
      try body(path, folder)
    }
  }

  @Test func givesTheSameBytesEachTimeAndTheFleetAtItsOwnPace() throws {
    try withRecording { path, folder in
      for (columns, rows) in [(80, 24), (120, 40)] {
        let outputs = try (0..<2).map { _ in
          let program = try DrawnProgram(
            ["replay", "--speed", "0", path],
            columns: columns,
            rows: rows,
            folder: folder,
          )
          #expect(try program.end() == 0)
          #expect(program.screen.unknown.isEmpty)
          return program.written
        }
        #expect(outputs[0].count > 5_000)
        #expect(outputs[0] == outputs[1], "\(columns)x\(rows)")
        let text = String(decoding: outputs[0], as: UTF8.self)
        #expect(text.contains("generator1") && text.contains("STATUS"))
        #expect(text.contains("PAST"))
      }
      let program = try DrawnProgram(["replay", path], folder: folder)
      try program.expect("REPLAY", "generator1")
      program.type("Z")
      try program.expect("FROZEN")
      program.type("[")
      try program.expect("PAST")
      #expect(try program.quit() == 0)
    }
  }
}
