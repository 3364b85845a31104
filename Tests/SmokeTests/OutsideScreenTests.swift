import System
import TestSupport
import Testing

/// What the real program leaves, sends and says beside its screen.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct OutsideScreenTests {
  /// Runs the program on a fed fleet.
  private func withFleet(
    _ words: [String],
    _ body: (DrawnProgram) throws -> Void,
  ) throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder, ["--interval", "1"])
      let mqtt = try #require(brokers.variables["EGTOP_MQTT"])
      let program = try DrawnProgram(["--mqtt", mqtt] + words, folder: folder)
      try program.expect("generator1")
      try body(program)
    }
  }

  @Test func capitalQLeavesThePictureOnTheNormalScreen() throws {
    try withFleet([]) { program in
      #expect(program.screen.isAlternate)
      program.type("Q")
      let code = try program.end()
      #expect(code == 0)
      #expect(!program.screen.isAlternate && program.screen.isCursorVisible)
      #expect(program.terminal.settings == program.settingsBefore)
      let text = program.text
      #expect(["FLEET", "generator1", "PIPELINE", "q quit"].allSatisfy { text.contains($0) })
      #expect(program.screen.unknown.isEmpty && program.screen.openUpdates == 0)
    }
  }

  @Test func inlineDrawsAtTheBottomAndStays() throws {
    try withFleet(["--inline", "--rows", "12"]) { program in
      #expect(!program.screen.isAlternate)
      #expect(program.screen.text.prefix(28).allSatisfy { row in row.allSatisfy { $0 == " " } })
      #expect(program.screen.text[28].contains("fleet 24"))
      let code = try program.quit()
      #expect(code == 0)
      #expect(program.screen.text[27].contains("fleet 24"))
      #expect(program.screen.text[39].allSatisfy { $0 == " " })
      #expect(program.terminal.settings == program.settingsBefore)
      #expect(program.screen.unknown.isEmpty)
    }
  }

  @Test func yCopiesAnIdAndCapitalYItsRecord() throws {
    try withFleet([]) { program in
      program.type("/generator1\ry")
      try program.expect("copied generator1")
      let copied = String(decoding: program.written, as: UTF8.self)
      #expect(copied.contains("\u{1B}]52;c;Z2VuZXJhdG9y"))
      program.type("Y")
      try program.expect("copied the record of generator1")
      // {"alarm":
      #expect(String(decoding: program.written, as: UTF8.self).contains("]52;c;eyJhbGFybSI6"))
      let code = try program.quit()
      #expect(code == 0)
    }
  }

  @Test func aPasteIsMarkedWhileAFilterIsTyped() throws {
    try withFleet([]) { program in
      program.type("\u{1B}[200~Q\u{1B}[201~")
      try program.expect("pasted text is taken only")
      program.type("/")
      try program.expect("Enter keeps")
      #expect(String(decoding: program.written, as: UTF8.self).contains("\u{1B}[?2004h"))
      program.type("\u{1B}[200~gene\rrator7\u{1B}[201~")
      try program.expect("gene rator7")
      program.type("\r")
      let code = try program.quit()
      #expect(code == 0)
    }
  }
}

/// `--plain`, without any terminal.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PlainTests {
  private static let environment = Environment(["TERM": "dumb", "HOME": "/nonexistent"])

  private func text(_ path: String) -> String {
    String(decoding: (try? readFile(path, limit: 1 << 20)) ?? [], as: UTF8.self)
  }

  @Test func tellsChangesInLinesAndAgainFromARecording() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(folder: folder, ["--interval", "1", "--outages", "1"])
      let mqtt = try #require(brokers.variables["EGTOP_MQTT"])
      let kafka = try #require(brokers.variables["EGTOP_KAFKA"])
      let (output, recording) = (folder + "/lines", folder + "/recording")
      let program = try ChildProcess.start(
        BuiltPrograms.egtop,
        ["--plain", "--mqtt", mqtt, "--kafka", kafka, "--record", recording],
        environment: Self.environment,
        output: output,
      )
      let isTold = holds {
        let told = text(output)
        return ["mqtt is live", "kafka is live", "summary: ", "lost: generator", "back: "]
          .allSatisfy { told.contains($0) }
      }
      #expect(isTold, "\(text(output))")
      program.send(.end)
      #expect(program.wait(timeoutNanoseconds: 10_000_000_000) == .code(0))
      let told = text(output)
      #expect(told.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })

      let again = try (0..<2).map { _ in
        try runTool(
          BuiltPrograms.egtop,
          ["replay", "--plain", "--speed", "0", recording],
          environment: Self.environment,
          folder: folder,
        )
      }
      #expect(again.allSatisfy { $0.code == 0 } && again[0].text == again[1].text)
      #expect(again[0].text.contains("lost: generator") && again[0].text.contains("summary: "))
    }
  }

  @Test func aReaderThatGoesAwayIsItsEnd() throws {
    try withFolder { folder in
      let result = try runTool(
        "/bin/sh",
        ["-c", "\"$0\" --plain --mqtt 127.0.0.1:1 | head -n 1", BuiltPrograms.egtop],
        environment: Environment(["HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]),
        folder: folder,
      )
      #expect(result.code == 0 && result.text.contains("mqtt is down: "))
    }
  }

  @Test func withoutATerminalItSaysWhatNeedsNone() throws {
    try withFolder { folder in
      let setsid = try #require(DrawnProgram.starter)
      let result = try runTool(
        setsid,
        ["-w", BuiltPrograms.egtop, "--mqtt", "127.0.0.1:1"],
        environment: Environment(["HOME": "/nonexistent"]),
        folder: folder,
      )
      #expect(result.code == 2 && result.text.contains("--plain needs none"))
    }
  }
}
