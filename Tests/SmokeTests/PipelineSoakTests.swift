import System
import TestSupport
import Testing

/// A minute of what `make soak ARGS=kill` and `make soak ARGS=watching` do at length.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PipelineSoakTests {
  private static let hasPython = Environment.current().executable("python3") != nil
  private static let hasPrometheus =
    hasPython
    && ["prometheus", "promtool"].allSatisfy { Environment.current().executable($0) != nil }

  private func soak(_ kind: String) throws {
    try withFolder { folder in
      let result = try runTool(
        SoakTests.program,
        [kind, "--quick", "--egpipe", BuiltPrograms.egpipe],
        folder: folder,
        seconds: 400,
      )
      #expect(result.code == 0, "\(result.text)")
    }
  }

  @Test(.enabled(if: hasPython, "python3 is not installed"))
  func nothingIsLostWheneverAnythingIsKilled() throws { try soak("kill") }

  @Test(.enabled(if: hasPrometheus, "python3 or prometheus is not installed"))
  func prometheusFindsWhatRulesAndDashboardAskFor() throws { try soak("watching") }
}
