import Testing

@testable import YAML

struct YAMLDocumentTests {
  @Test
  func everyNodeKnowsItsPlace() throws {
    let root = try YAMLDocument.parse("# first\nmqtt:\n  topics: [a, \"5\"]\n  qos: 1\n")
    let mqtt = try #require(try root.mapping().first)
    #expect(mqtt.name == "mqtt")
    #expect([mqtt.line, mqtt.column] == [2, 1])
    #expect([mqtt.value.line, mqtt.value.column] == [3, 3])
    let topics = try #require(mqtt.value["topics"])
    #expect([topics.line, topics.column] == [3, 11])
    let items = try topics.sequence()
    #expect(items.map(\.column) == [12, 15])
    #expect(
      items.map(\.value) == [
        .scalar(YAMLScalar(text: "a")), .scalar(YAMLScalar(text: "5", isQuoted: true)),
      ]
    )
    #expect(mqtt.value["qos"].map { [$0.line, $0.column] } == [4, 8])
    #expect(try mqtt.value.mapping().map(\.column) == [3, 3])
  }

  @Test
  func countsColumnsInCharacters() throws {
    let root = try YAMLDocument.parse("{\"ü中\": x}")
    #expect(root["ü中"]?.column == 8)
  }

  @Test
  func keepsTheOrderOfKeys() throws {
    let root = try YAMLDocument.parse("z: 1\na: 2\nm: 3\n")
    #expect(try root.mapping().map(\.name) == ["z", "a", "m"])
  }

  @Test(arguments: ["", "\n\n", "# nothing\n", "---\n", "~", "null"])
  func aTextWithoutAValueIsNull(text: String) throws {
    #expect(try YAMLDocument.parse(text).isNull)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3\n", "3:1: the key \"a\" is already in line 1"),
    ("a: *x\n", "1:4: the alias *x has no anchor &x before it"),
    ("a: &x [*x]\n", "1:8: the alias *x has no anchor &x before it"),
    ("a: 1\n---\nb: 2\n", "2:1: a second document begins here"),
    ("[a]: 1\n", "1:1: a key must be a plain word or a quoted text"),
    ("x: &x {a: 1}\ny:\n  <<: *x\n", "3:3: merge keys (<<) are not supported"),
    ("a: [1\nb: 2\n", "2:2: did not find expected ',' or ']'"),
    ("a: \"open\n", "2:1: found unexpected end of stream"),
    ("a: 1\n  b: 2\n", "2:4: mapping values are not allowed in this context"),
    ("a: 1\nüb: \u{1}\n", "2:5: control characters are not allowed"),
    ("\ta: 1\n", "1:1: found character that cannot start any token"),
  ])
  func refusesWithThePlace(text: String, message: String) {
    #expect(throws: YAMLError.self) { try YAMLDocument.parse(text) }
    do throws(YAMLError) {
      _ = try YAMLDocument.parse(text)
    } catch {
      #expect(error.description == message)
    }
  }

  @Test
  func anAliasStandsForWhatItsAnchorMarks() throws {
    let root = try YAMLDocument.parse("a: &x {k: [1, 2]}\nb: *x\n")
    #expect(root["a"] == root["b"])
    #expect(root["b"]?["k"]?.line == 1)
  }

  @Test
  func refusesAliasesThatMultiply() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(items)]\n"
    }
    #expect(throws: YAMLError("there are more than 200000 values", line: 6, column: 10)) {
      try YAMLDocument.parse(text)
    }
  }

  @Test
  func boundsTheDepthThroughAliasesAsWell() throws {
    let deepest = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(throws: Never.self) { try YAMLDocument.parse(deepest) }
    #expect(throws: YAMLError("lists and mappings are nested deeper than 32", line: 1, column: 33))
    {
      try YAMLDocument.parse(String(repeating: "[", count: 100_000))
    }
    let half = String(repeating: "[", count: 20) + "x" + String(repeating: "]", count: 20)
    let text = "- &x \(half)\n- \(half.replacing("x", with: "*x"))\n"
    #expect(throws: YAMLError("lists and mappings are nested deeper than 32", line: 2, column: 23))
    {
      try YAMLDocument.parse(text)
    }
  }

  @Test
  func boundsTheSize() {
    let text = String(repeating: "#", count: YAMLLimits().size + 1)
    #expect(throws: YAMLError("the text is longer than 4 MiB", line: 1, column: 1)) {
      try YAMLDocument.parse(text)
    }
  }
}
