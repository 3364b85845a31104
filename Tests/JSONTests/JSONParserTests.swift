import JSON
import Testing

struct JSONParserTests {
  let parser = JSONParser()

  func count(_ text: JSONText) -> Int {
    var count = -1
    parser.withText(text) { count = $0.count }
    return count
  }

  @Test func readsASample() throws {
    let payload = Array(#"{"generatorID":"a\nb","fuel":1.5,"load":null}"#.utf8)
    let numbers = try parser.sample(in: payload.span)
    #expect(numbers.fuel == 1.5)
    #expect(numbers.load == nil)
    #expect(numbers.areNamed)
    #expect(count(.identifier) == 3)
    #expect(count(.region) == 0)
  }

  @Test func forgetsTheMessageBefore() throws {
    _ = try parser.sample(in: Array(#"{"generatorID":"a","fuel":1}"#.utf8).span)
    let numbers = try parser.sample(in: Array("{}".utf8).span)
    #expect(numbers.fuel == nil)
    #expect(!numbers.areNamed)
    #expect(count(.identifier) == 0)
  }

  @Test(arguments: [
    ("", JSONError.notAnObject), ("[]", .notAnObject), ("{", .invalidJSON),
    (#"{"fuel":"1"}"#, .wrongType(.fuel)), (#"{"lat":1e400}"#, .notFinite(.latitude)),
  ])
  func saysWhyNot(text: String, error: JSONError) {
    #expect(throws: error) { try parser.sample(in: Array(text.utf8).span) }
  }

  @Test(arguments: [
    (#"{"state":"on\u006cine"}"#, "online"), (#"{"a":{"state":1},"state":true}"#, "true"),
    (#"{"state": 12.50 }"#, "12.50"), (#"{"state":null}"#, ""), (#"{"other":1}"#, ""),
    (#"{"state":["x"]}"#, ""), (#"{"state":"a","state":"b"}"#, "b"),
  ])
  func lendsTheScalarAtAKey(text: String, scalar: String) throws {
    var found = "?"
    let key = Array("state".utf8)
    let payload = Array(text.utf8)
    try parser.scalar(at: key.span, in: payload.span) { span in
      found = String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }
    #expect(found == scalar)
  }

  @Test func refusesMessagesBeyondItsLimit() {
    let small = JSONParser(largest: 10)
    let payload = Array(#"{"fuel":1}"#.utf8)
    #expect(throws: Never.self) { try small.sample(in: payload.span) }
    #expect(throws: JSONError.tooLarge) { try small.sample(in: Array(#"{"fuel":12}"#.utf8).span) }
  }
}
