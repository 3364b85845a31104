import JSON
import Testing

extension JSONNames {
  /// Six numbers, one that need not be one, and texts.
  static let plain = JSONNames(
    ["fuel", "load", "power", "temperature", "lat", "lon"].enumerated()
      .map { Entry($0.element, .number($0.offset)) } + [
        Entry("volts", .looseNumber(6)), Entry("generatorID", .tag(0)), Entry("region", .tag(1)),
        Entry("alarm", .text(2)), Entry("measurement", .text(3)), Entry("tags", .tags),
        Entry("time", .time(rank: 1)), Entry("exact", .time(rank: 2)), Entry("list", .values),
        Entry("inner", .envelope), Entry("aNameOfAsManyBytesAsThereMayBe", .looseNumber(31)),
      ]
  )
}

extension JSONParser {
  fileprivate func number(at slot: Int) -> Double { withNumbers { $0[slot] } }
}

struct JSONParserTests {
  func count(_ text: Int, in parser: borrowing JSONParser) -> Int {
    var count = -1
    parser.withText(text) { count = $0.count }
    return count
  }

  @Test func readsASample() throws {
    var parser = JSONParser(names: .plain)
    let payload = Array(#"{"generatorID":"a\nb","fuel":1.5,"load":null}"#.utf8)
    try parser.read(payload.span)
    let numbers = parser.numbers
    #expect(numbers == 1)
    let number = parser.number(at: 0)
    #expect(number == 1.5)
    let namesNumbers = parser.namesNumbers
    #expect(namesNumbers)
    #expect(count(0, in: parser) == 3)
    #expect(count(1, in: parser) == 0)
  }

  @Test func forgetsTheMessageBefore() throws {
    var parser = JSONParser(names: .plain)
    try parser.read(Array(#"{"generatorID":"a","fuel":1}"#.utf8).span)
    try parser.read(Array("{}".utf8).span)
    let numbers = parser.numbers
    #expect(numbers == 0)
    let namesNumbers = parser.namesNumbers
    #expect(!namesNumbers)
    #expect(count(0, in: parser) == 0)
  }

  @Test(arguments: [
    #"{"volts":230}"#, #"{"volts":"x","volts":230}"#, #"{"volts":230}"#,
    #"{"voltsx":1,"volt":2,"volts":230}"#, #"{"inner":{"volts":230}}"#,
    #"{"list":[{"name":"volts","float64":230}]}"#,
  ])
  func findsALooseNumber(text: String) throws {
    var parser = JSONParser(names: .plain)
    try parser.read(Array(text.utf8).span)
    let numbers = parser.numbers
    #expect(numbers == 1 << 6)
    let number = parser.number(at: 6)
    #expect(number == 230)
  }

  @Test(arguments: [
    #"{"volts":"230 V"}"#, #"{"volts":{"l1":230}}"#, #"{"volts":[230]}"#, #"{"volts":true}"#,
    #"{"volts":1e999}"#, #"{"volts":230,"volts":"x"}"#,
  ])
  func passesOverALooseNumberThatIsNone(text: String) throws {
    var parser = JSONParser(names: .plain)
    try parser.read(Array(text.utf8).span)
    let numbers = parser.numbers
    #expect(numbers == 0)
  }

  @Test func tellsNamesApartThatBeginAlike() throws {
    var parser = JSONParser(names: .plain)
    let long = "aNameOfAsManyBytesAsThereMayBe"
    let text = #"{"la":9,"lat":1,"lats":9,"lon":2,"l":9,"\#(long)":3,"\#(long)s":9,"":9}"#
    try parser.read(Array(text.utf8).span)
    let numbers = parser.numbers
    #expect(numbers == 1 << 4 | 1 << 5 | 1 << 31)
    let values = (parser.number(at: 4), parser.number(at: 5), parser.number(at: 31))
    #expect(values == (1, 2, 3))
  }

  @Test func takesTheMostExactTimeAndTagsBeforeFlatTexts() throws {
    var parser = JSONParser(names: .plain)
    let text =
      #"{"exact":7,"time":5,"tags":{"generatorID":"abc","alarm":"x"},"generatorID":"a"}"#
    try parser.read(Array(text.utf8).span)
    let time = parser.time
    #expect(time == .integer(7))
    #expect(count(0, in: parser) == 3)
    #expect(count(2, in: parser) == 0)
  }

  @Test(arguments: [
    #"{"generatorID":"a","tags":{"generatorID":"abc"}}"#,
    #"{"tags":{"generatorID":"abc"},"generatorID":null}"#,
    #"{"tags":{"generatorID":"abc"},"list":[{"name":"generatorID","string":"a"}]}"#,
    #"{"generatorID":"abc","tags":{"generatorID":""}}"#,
  ])
  func takesATagBeforeAFlatTextWhereverItStands(text: String) throws {
    var parser = JSONParser(names: .plain)
    try parser.read(Array(text.utf8).span)
    #expect(count(0, in: parser) == 3)
  }

  @Test(arguments: [
    ("", JSONError.notAnObject), ("[]", .notAnObject), ("{", .invalidJSON),
    (#"{"fuel":nul}"#, .invalidJSON), (#"{"x":nanx}"#, .invalidJSON),
  ])
  func saysWhyNot(text: String, error: JSONError) {
    var parser = JSONParser(names: .plain)
    #expect(failure(&parser, text) == error)
  }

  @Test(arguments: [
    (#"{"state":"on\u006cine"}"#, "online"), (#"{"a":{"state":1},"state":true}"#, "true"),
    (#"{"state": 12.50 }"#, "12.50"), (#"{"state":null}"#, ""), (#"{"other":1}"#, ""),
    (#"{"state":["x"]}"#, ""), (#"{"state":"a","state":"b"}"#, "b"),
  ])
  func lendsTheScalarAtAKey(text: String, scalar: String) throws {
    var parser = JSONParser(names: .plain)
    var found = "?"
    let key = Array("state".utf8)
    let payload = Array(text.utf8)
    try parser.scalar(at: key.span, in: payload.span) { span in
      found = String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }
    #expect(found == scalar)
  }

  @Test(arguments: [
    (#"{"fuel":"x","load":1}"#, LostField("fuel", .wrongType)),
    (#"{"fuel":[nan],"load":1}"#, LostField("fuel", .nested)),
    (#"{"fuel":1,"fuel":nan,"load":1}"#, LostField("fuel", .notFinite)),
    (#"{"load":1,"generatorID":false}"#, LostField("generatorID", .wrongType)),
    (#"{"load":1,"time":[]}"#, LostField("time", .nested)),
  ])
  func losesAFieldAlone(text: String, field: LostField) throws {
    var parser = JSONParser(names: .plain)
    try parser.read(Array(text.utf8).span)
    let (numbers, lostCount, firstLost) = (parser.numbers, parser.lostCount, parser.firstLost)
    #expect(numbers == 1 << 1)
    #expect(lostCount == 1)
    #expect(firstLost == field)
    try parser.read(Array(#"{"load":1,"x":{"y":[nan]},"volts":false}"#.utf8).span)
    let lost = parser.lostCount
    #expect(lost == 0, "what nobody reads is no loss")
  }

  @Test func refusesMessagesBeyondItsLimit() {
    var parser = JSONParser(names: .plain, largest: 10)
    #expect(failure(&parser, #"{"fuel":1}"#) == nil)
    #expect(failure(&parser, #"{"fuel":12}"#) == .tooLarge)
  }

  private func failure(_ parser: inout JSONParser, _ text: String) -> JSONError? {
    do throws(JSONError) {
      try parser.read(Array(text.utf8).span)
      return nil
    } catch {
      return error
    }
  }
}
