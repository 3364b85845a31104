import Testing
import YAML

struct YAMLNodeTests {
  private func node(_ text: String) throws -> YAMLNode {
    try #require(try YAMLDocument.parse("k: \(text)\n")["k"])
  }

  @Test(arguments: [("5", 5), ("-3", -3), ("0", 0), ("007", 7)])
  func readsWholeNumbers(text: String, number: Int) throws {
    #expect(try node(text).integer() == number)
  }

  @Test(arguments: ["\"5\"", "5.0", "0x10", "1e3", "", "five", "99999999999999999999", "[5]"])
  func refusesWhatIsNoWholeNumber(text: String) throws {
    let node = try node(text)
    #expect(throws: YAMLError.self) { try node.integer() }
  }

  @Test(arguments: [("5", 5), ("-0.25", -0.25), ("1e3", 1000)])
  func readsNumbers(text: String, number: Double) throws {
    #expect(try node(text).number() == number)
  }

  @Test(arguments: ["nan", "inf", ".inf", "0x1p3", "'1'", "1e999", "1,5"])
  func refusesWhatIsNoNumber(text: String) throws {
    let node = try node(text)
    #expect(throws: YAMLError.self) { try node.number() }
  }

  @Test(arguments: [("true", true), ("Yes", true), ("on", true), ("false", false), ("OFF", false)])
  func readsBooleans(text: String, value: Bool) throws {
    #expect(try node(text).bool() == value)
  }

  @Test
  func readsTextsAndLists() throws {
    #expect(try node("5").string() == "5")
    #expect(try node("\"\"").string() == "")
    #expect(try node("[a, 5, 'null']").strings() == ["a", "5", "null"])
    #expect(try node("a").strings() == ["a"])
  }

  @Test
  func saysWhatItFoundInstead() throws {
    let quoted = try node("'5'")
    #expect(
      throws: YAMLError("a whole number is expected here, not the text \"5\"", line: 1, column: 4)
    ) { try quoted.integer() }
    let list = try node("[a]")
    #expect(throws: YAMLError("a text is expected here, not a list", line: 1, column: 4)) {
      try list.string()
    }
    let word = try node("maybe")
    #expect(throws: YAMLError("true or false is expected here, not \"maybe\"", line: 1, column: 4))
    {
      try word.bool()
    }
    let nothing = try node("~")
    #expect(throws: YAMLError("a mapping is expected here, not nothing", line: 1, column: 4)) {
      try nothing.mapping()
    }
  }
}
