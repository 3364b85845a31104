import Patterns
import Testing

@Suite(.timeLimit(.minutes(20)))
struct PatternTests {
  private func holds(_ pattern: String, for text: String) throws -> Bool {
    try Pattern(pattern).matches(Array(text.utf8).span)
  }

  @Test(arguments: [
    ("a.c", "abc", true), ("a.c", "abcd", false), ("a.c", "xabc", false), ("a|ab", "ab", true),
    (".*/temp(erature)?", "plant/temp", true), ("[^/]+", "a/b", false), (".*b", "b/c", false),
    ("a|b", "ab", false), ("", "", true),
    (#"g\d+"#, "g12", true), ("x.z", "xäz", true), ("(?i)ab", "AB", true), ("a(?=b).", "ab", true),
  ])
  func holdsForWholeTexts(pattern: String, text: String, expected: Bool) throws {
    #expect(try holds(pattern, for: text) == expected)
  }

  /// An expression that is tried path by path takes a time that doubles with each letter.
  @Test func takesNoLongerForAnAwkwardExpression() throws {
    let text = String(repeating: "a", count: 5_000)
    #expect(try !holds("(a+)+b", for: text))
    #expect(try holds("(a|aa)+", for: text))
    #expect(try !holds("(.*)*x(.*)*y", for: text))
  }

  @Test func holdsForNothingThatIsNotUTF8() throws {
    #expect(try !Pattern(".*").matches([0x61, 0xFF].span))
  }

  @Test(arguments: ["(", "[", "a**b", "*", "a)(b", #"(a)\1"#, #"(?<n>a)\k<n>"#])
  func refusesWhatItCannotRun(pattern: String) {
    #expect(throws: Pattern.Failure.self) { try Pattern(pattern) }
  }
}
