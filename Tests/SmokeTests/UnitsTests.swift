import System
import TestSupport
import Testing

/// The units of systemd, as they are installed.
@Suite(.timeLimit(.minutes(20)))
struct UnitsTests {
  private static let hasSystemd = Environment.current().executable("systemd-analyze") != nil
  private static let script =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/.packaging/units"
  private static let names = [
    "egpipe", "egpipe-bridge", "egpipe-sink", "egpipe-task", "egpipe-source",
  ]

  private func units(_ words: String..., in folder: String) throws -> ToolResult {
    try runTool(Self.script, words, folder: folder, seconds: 120)
  }

  private func withUnits(_ body: (String) throws -> Void) throws {
    try withFolder { folder in
      let result = try units("write", folder, BuiltPrograms.egpipe, in: folder)
      try #require(result.code == 0, "\(result.text)")
      try body(folder)
    }
  }

  @Test(.enabled(if: hasSystemd, "systemd-analyze is not installed"))
  func systemdHasNothingToSay() throws {
    try withUnits { folder in
      let result = try units("check", folder, in: folder)
      #expect(result.code == 0)
      #expect(result.text == "")
    }
  }

  @Test(.enabled(if: hasSystemd, "systemd-analyze is not installed"))
  func aUnitThatIsOpenToTooMuchIsFound() throws {
    try withUnits { folder in
      let path = "\(folder)/egpipe-task.service"
      let unit = String(decoding: try readFile(path, limit: 1 << 16), as: UTF8.self)
      let lines = unit.split(separator: "\n").filter { line in
        !["Capability", "Protect", "SystemCall"].contains { line.hasPrefix($0) }
      }
      try writeFileAtomically(path, Array(lines.joined(separator: "\n").utf8), mode: 0o644)
      #expect(try units("check", folder, in: folder).code == 1)
    }
  }

  @Test func eachUnitRunsWhatThereIs() throws {
    try withUnits { folder in
      let list = try units("list", in: folder).text
      #expect(list == Self.names.map { $0 + ".service" }.joined(separator: " ") + "\n")
      var ports: Set<Substring> = []
      for name in Self.names {
        let path = "\(folder)/\(name).service"
        let lines = String(decoding: try readFile(path, limit: 1 << 16), as: UTF8.self)
          .split(separator: "\n")
        func values(_ key: String) -> [Substring] {
          lines.filter { $0.hasPrefix(key + "=") }.map { $0.dropFirst(key.count + 1) }
        }
        let command = try #require(values("ExecStart").first).split(separator: " ").map(String.init)
        let address = try #require(values("Environment").first).split(separator: "=")
        try #require(address.count == 2)
        let result = try runTool(
          try #require(command.first),
          Array(command.dropFirst()) + ["--print-config"],
          environment: Environment([String(address[0]): String(address[1]), "HOME": folder]),
          folder: folder,
        )
        #expect(result.code == 0, "\(result.text)")
        #expect(result.text.contains(address[1]), "\(result.text)")
        ports.insert(address[1])
        // Two that would do the same work are never there at once.
        let others = name == "egpipe" ? Self.names.dropFirst() : Self.names.prefix(1)
        #expect(
          values("Conflicts") == [Substring(others.map { $0 + ".service" }.joined(separator: " "))]
        )
      }
      #expect(ports.count == Self.names.count)
    }
  }
}
