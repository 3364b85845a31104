import System
import TestSupport
import Testing

/// A few rows of what `make soak` runs: kinds of terminals and locales, and every way to end.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SoakTests {
  private static let hasPython = Environment.current().executable("python3") != nil
  private static let hasServer =
    Environment.current().executable("sshd", alsoIn: ["/usr/sbin"]) != nil

  static let program =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Soak/soak"

  private func soak(_ words: String...) throws {
    try withFolder { folder in
      let result = try runTool(
        Self.program,
        ["--quick", "--egtop", BuiltPrograms.egtop] + words,
        folder: folder,
        seconds: 300,
      )
      #expect(result.code == 0, "\(result.text)")
    }
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func everyTerminalIsReadableAndLeftAsItWas() throws { try soak("--without-sshd") }

  @Test(.enabled(if: hasPython && hasServer, "python3 or openssh-server is not installed"))
  func soIsOneBehindSSH() throws { try soak() }
}
