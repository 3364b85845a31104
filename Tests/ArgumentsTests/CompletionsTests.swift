import Arguments
import Testing

struct CompletionsTests {
  private func script(_ shell: String) throws -> String {
    let root = Command(
      sample.name,
      summary: sample.summary,
      options: sample.options + [.generateMan, .generateCompletions],
      subcommands: sample.subcommands,
    )
    let words = ["--generate-completions", shell]
    let parsed = try CommandParser.parse(words, environment: [:], root: root)
    guard case .command(let arguments) = parsed else { return "" }
    return arguments.generated(from: Manual(root, [], related: [])) ?? ""
  }

  @Test(arguments: Shell.allCases.map(\.rawValue))
  func eachShellGetsEveryVisibleOptionAndCommand(shell: String) throws {
    let text = try script(shell)
    for option in sample.options where !option.isHidden {
      #expect(text.contains(option.name), "\(option.name)")
    }
    for name in ["no-bell", "check", "replay", "help", "version", "iron paper mono"] {
      #expect(text.contains(name), "\(name)")
    }
    #expect(!text.contains("knob"))
    #expect(text.contains("generate-man") && text.contains("generate-completions"))
  }

  @Test(arguments: ["bash ", "tcsh", ""])
  func onlyShellsThatAreKnownAreTaken(shell: String) {
    #expect(throws: ArgumentsError.self) { try script(shell) }
  }

  @Test
  func aProgramWithoutThemHasNeither() {
    #expect(throws: ArgumentsError.self) {
      try CommandParser.parse(["--generate-man"], environment: [:], root: sample)
    }
  }
}
