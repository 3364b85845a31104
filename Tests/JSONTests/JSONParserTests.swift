import JSON
import Testing

struct JSONParserTests {
  func count(_ text: JSONText, in parser: borrowing JSONParser) -> Int {
    var count = -1
    parser.withText(text) { count = $0.count }
    return count
  }

  @Test func readsASample() throws {
    var parser = JSONParser()
    let payload = Array(#"{"generatorID":"a\nb","fuel":1.5,"load":null}"#.utf8)
    let numbers = try parser.sample(in: payload.span)
    #expect(numbers.fuel == 1.5)
    #expect(numbers.load == nil)
    #expect(numbers.areNamed)
    #expect(count(.identifier, in: parser) == 3)
    #expect(count(.region, in: parser) == 0)
  }

  @Test func forgetsTheMessageBefore() throws {
    var parser = JSONParser()
    _ = try parser.sample(in: Array(#"{"generatorID":"a","fuel":1}"#.utf8).span)
    let numbers = try parser.sample(in: Array("{}".utf8).span)
    #expect(numbers.fuel == nil)
    #expect(!numbers.areNamed)
    #expect(count(.identifier, in: parser) == 0)
  }

  @Test(arguments: [
    ("", JSONError.notAnObject), ("[]", .notAnObject), ("{", .invalidJSON),
    (#"{"fuel":"1"}"#, .wrongType(.fuel)), (#"{"lat":1e400}"#, .notFinite(.latitude)),
  ])
  func saysWhyNot(text: String, error: JSONError) {
    var parser = JSONParser()
    #expect(failure(&parser, text) == error)
  }

  @Test(arguments: [
    (#"{"state":"on\u006cine"}"#, "online"), (#"{"a":{"state":1},"state":true}"#, "true"),
    (#"{"state": 12.50 }"#, "12.50"), (#"{"state":null}"#, ""), (#"{"other":1}"#, ""),
    (#"{"state":["x"]}"#, ""), (#"{"state":"a","state":"b"}"#, "b"),
  ])
  func lendsTheScalarAtAKey(text: String, scalar: String) throws {
    var parser = JSONParser()
    var found = "?"
    let key = Array("state".utf8)
    let payload = Array(text.utf8)
    try parser.scalar(at: key.span, in: payload.span) { span in
      found = String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }
    #expect(found == scalar)
  }

  @Test func refusesMessagesBeyondItsLimit() {
    var parser = JSONParser(largest: 10)
    #expect(failure(&parser, #"{"fuel":1}"#) == nil)
    #expect(failure(&parser, #"{"fuel":12}"#) == .tooLarge)
  }

  private func failure(_ parser: inout JSONParser, _ text: String) -> JSONError? {
    do throws(JSONError) {
      _ = try parser.sample(in: Array(text.utf8).span)
      return nil
    } catch {
      return error
    }
  }
}
