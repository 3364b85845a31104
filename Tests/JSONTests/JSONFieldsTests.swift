import JSON
import Testing

struct JSONFieldsTests {
  /// The fields of a message in words: `name=value`, `tag:name=value`, known ones with their field.
  private func fields(_ text: String) throws -> [String] {
    var reader = JSONFields(names: .plain, largest: 4096)
    try reader.read(Array(text.utf8).span)
    return (0..<reader.count).map { place in
      let key = reader.withKey(at: place, string)
      let value =
        switch reader.value(at: place) {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .decimal(let value): "\(value)"
        case .text: "'\(reader.withText(at: place, string))'"
        }
      let mark = reader.meaning(at: place) == nil ? "" : "!"
      return (reader.isTag(at: place) ? "tag:" : "") + "\(key)\(mark)=\(value)"
    }
  }

  private func string(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }

  private func failure(_ text: String) -> JSONError? {
    var reader = JSONFields(names: .plain, largest: 4096)
    do throws(JSONError) {
      try reader.read(Array(text.utf8).span)
      return nil
    } catch {
      return error
    }
  }

  @Test func tellsIntegersFromDecimals() throws {
    let text = #"{"fuel": 277, "lat": 40.5, "lon": 40, "load": 2.0, "power": 1e2, "x": 0, "n": -3}"#
    #expect(
      try fields(text) == [
        "fuel!=277", "lat!=40.5", "lon!=40", "load!=2.0", "power!=100.0", "x=0", "n=-3",
      ]
    )
    #expect(try fields(#"{"x":9223372036854775807}"#) == ["x=9223372036854775807"])
    #expect(try fields(#"{"x":9223372036854775808}"#) == ["x=9.223372036854776e+18"])
  }

  @Test func keepsScalarsOfEveryKind() throws {
    let text = #"{"a\nb":"c\"d","t":true,"f":false,"n":null,"generatorID":"g1","a\nb":1}"#
    #expect(
      try fields(text) == [
        "a\nb='c\"d'", "t=true", "f=false", "n=null", "generatorID!='g1'", "a\nb=1",
      ]
    )
    #expect(try fields("{}") == [])
  }

  @Test func readsTags() throws {
    let text =
      #"{"tags":{"generatorID":"g1","region":"US","site":"x"},"measurement":"m","fuel":null}"#
    #expect(
      try fields(text) == [
        "tag:generatorID!='g1'", "tag:region!='US'", "tag:site='x'", "measurement!='m'",
        "fuel!=null",
      ]
    )
  }

  @Test(arguments: [
    ("", JSONError.notAnObject), ("offline", .notAnObject), ("[1]", .notAnObject),
    ("{", .invalidJSON), (#"{"a":1}x"#, .invalidJSON), (#"{"a":tru}"#, .invalidJSON),
    (#"{"a":012}"#, .invalidJSON), (#"{"a":nul}"#, .invalidJSON), (#"{"a":1.}"#, .invalidJSON),
    (#"{"fuel":"1"}"#, .wrongType("fuel")), (#"{"fuel":true}"#, .wrongType("fuel")),
    (#"{"generatorID":7}"#, .wrongType("generatorID")), (#"{"alarm":1}"#, .wrongType("alarm")),
    (#"{"tags":7}"#, .wrongType("tags")), (#"{"tags":{"a":7}}"#, .wrongType("tags")),
    (#"{"fuel":{}}"#, .nested), (#"{"a":[1]}"#, .nested), (#"{"tags":{"a":{}}}"#, .nested),
    (#"{"lat":1e400}"#, .notFinite("lat")),
  ])
  func saysWhyNot(text: String, error: JSONError) {
    #expect(failure(text) == error)
  }

  @Test func tellsWhatANameMeansUnlessALooseNumberIsNone() throws {
    var reader = JSONFields(names: .plain, largest: 4096)
    try reader.read(Array(#"{"volts":"230 V","volts":230,"fuel":null,"x":1}"#.utf8).span)
    let meanings = (0..<reader.count).map { reader.meaning(at: $0) }
    #expect(meanings == [nil, .looseNumber(6), .number(0), nil])
  }

  @Test func countsItsFields() {
    func object(_ count: Int) -> String {
      "{" + (0..<count).map { "\"\($0)\":\($0)" }.joined(separator: ",") + "}"
    }
    #expect(failure(object(JSONFields.most)) == nil)
    #expect(failure(object(JSONFields.most + 1)) == .tooManyFields)
  }

  @Test func refusesInvalidUTF8AndWhatIsTooLong() {
    var reader = JSONFields(names: .plain, largest: 10)
    #expect(throws: JSONError.tooLarge) { try reader.read(Array(#"{"fuel":12}"#.utf8).span) }
    #expect(throws: JSONError.invalidUTF8) {
      try reader.read(([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D] as [UInt8]).span)
    }
    #expect(reader.count == 0)
  }
}
