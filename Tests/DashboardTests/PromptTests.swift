import Terminal
import Testing

@testable import Dashboard

/// The prompt by itself, without a state.
struct PromptTests {
  private func prompt(_ purpose: Prompt.Purpose, _ text: String = "") -> Prompt {
    Prompt(purpose, text: text, before: FleetFilter(), origin: nil)
  }

  @Test func keysEditTheLineAndSayWhatTheyDid() {
    var prompt = prompt(.filter)
    #expect(
      prompt.press(.character("a")) == .isChanged && prompt.press(.character("b")) == .isChanged
    )
    #expect(prompt.press(.left) == .isMoved && prompt.press(.home) == .isMoved)
    #expect(prompt.press(.home) == .nothing && prompt.press(.backspace) == .nothing)
    #expect(prompt.press(.delete) == .isChanged && prompt.text == "b")
    #expect(prompt.press(.control("u")) == .isChanged && prompt.text.isEmpty)
  }

  @Test(arguments: [
    (Key.enter, Prompt.Purpose.filter, Prompt.Outcome.ends(keeping: true)),
    (.enter, .find, .ends(keeping: true)), (.enter, .command, .runs),
    (.escape, .filter, .ends(keeping: false)), (.escape, .command, .ends(keeping: false)),
    (.tab, .filter, .switchesPurpose), (.tab, .find, .switchesPurpose),
    (.tab, .command, .putsIn(step: 1)), (.backTab, .command, .putsIn(step: -1)),
    (.backTab, .filter, .nothing), (.down, .find, .findsAgain(step: 1)),
    (.up, .command, .recalls(step: -1)), (.control("n"), .command, .recalls(step: 1)),
    (.up, .filter, .nothing), (.pageDown, .find, .nothing),
  ])
  func otherKeysMeanWhatThePurposeMakesOfThem(
    key: Key,
    purpose: Prompt.Purpose,
    outcome: Prompt.Outcome
  ) {
    var prompt = prompt(purpose, "x")
    #expect(prompt.press(key) == outcome && prompt.text == "x")
  }

  @Test func linesOfBeforeComeByWhatWasTyped() {
    var prompt = prompt(.command, "so")
    let history = ["sort fuel", "times utc", "sort age"]
    var seen: [String] = []
    for step in [-1, -1, -1, 1, 1] {
      prompt.recall(step, of: history)
      seen.append(prompt.text)
    }
    #expect(seen == ["sort age", "sort fuel", "sort fuel", "sort age", "so"])
  }

  @Test func aSingleCandidateIsFinalAndOthersGoRound() {
    var prompt = prompt(.command, "re")
    prompt.completion.range = 0..<2
    prompt.completion.goesOn = true
    prompt.completion.candidates = ["region", "record"].map { Completion.Candidate($0) }
    let areFinal = (0..<3).map { _ in prompt.putInCandidate(1) }
    #expect(areFinal == [false, false, false] && prompt.text == "region")
    prompt.completion.candidates = [Completion.Candidate("region")]
    prompt.completion.chosen = nil
    let isFinal = prompt.putInCandidate(1)
    #expect(isFinal && prompt.text == "region ")
    prompt.completion.candidates = []
    let isPut = prompt.putInCandidate(1)
    #expect(!isPut)
  }

  @Test(arguments: [
    ("", CompletionRequest.Subject.commandName, 0..<0, "", true),
    ("So", .commandName, 0..<2, "so", true),
    ("sort fu", .value(.sortColumn, after: []), 5..<7, "fu", true),
    ("sort fuel ", .value(.direction, after: ["fuel"]), 10..<10, "", false),
    ("region South, new e", .value(.regions, after: ["South,", "new"]), 14..<19, "new e", false),
    ("columns -a +b", .value(.column, after: ["-a"]), 11..<13, "+b", true),
    ("set times u", .value(.settingValue, after: ["times"]), 10..<11, "u", false),
  ])
  func theLineAloneSaysWhatIsAskedFor(
    line: String,
    subject: CompletionRequest.Subject,
    range: Range<Int>,
    typed: String,
    goesOn: Bool
  ) throws {
    let request = try #require(CompletionRequest(line))
    #expect(request.subject == subject && request.range == range)
    #expect(request.typed == typed && request.goesOn == goesOn)
  }

  @Test(arguments: ["nothing ", "sort fuel asc ", "status ", "quit x"])
  func nothingIsAskedForWhereNothingCanStand(line: String) {
    #expect(CompletionRequest(line) == nil)
  }
}
