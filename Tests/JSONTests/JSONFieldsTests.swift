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
    (#"{"a":{"b":tru}}"#, .invalidJSON), (#"{"fuel":nanx}"#, .invalidJSON),
  ])
  func saysWhyNot(text: String, error: JSONError) {
    #expect(failure(text) == error)
  }

  /// The first lost field of a message.
  private func lost(_ text: String) throws -> (count: Int, first: LostField?) {
    var reader = JSONFields(names: .plain, largest: 4096)
    try reader.read(Array(text.utf8).span)
    return (reader.lostCount, reader.firstLost)
  }

  @Test(arguments: [
    (#"{"fuel":"1 L","x":1}"#, LostField("fuel", .wrongType), ["fuel!=null", "x=1"]),
    (#"{"fuel":true}"#, LostField("fuel", .wrongType), ["fuel!=null"]),
    (#"{"alarm":1}"#, LostField("alarm", .wrongType), ["alarm!=null"]),
    (#"{"tags":7,"x":1}"#, LostField("tags", .wrongType), ["x=1"]),
    (#"{"fuel":{}}"#, LostField("fuel", .nested), ["fuel!=null"]),
    (#"{"a":[1],"x":1}"#, LostField("a", .nested, isKnown: false), ["x=1"]),
    (#"{"tags":{"a":{}},"x":1}"#, LostField("a", .nested, isKnown: false), ["x=1"]),
    (#"{"lat":1e400}"#, LostField("lat", .notFinite), ["lat!=null"]),
    (#"{"a":-nan,"x":1}"#, LostField("a", .notFinite, isKnown: false), ["x=1"]),
    (#"{"volts":[230],"x":1}"#, LostField("volts", .nested, isKnown: false), ["x=1"]),
  ])
  func losesAFieldAlone(text: String, field: LostField, rest: [String]) throws {
    let lost = try lost(text)
    #expect(lost.count == 1)
    #expect(lost.first == field)
    #expect(try fields(text) == rest)
  }

  @Test func namesTheLostFieldThatIsKnown() throws {
    let lost = try lost(#"{"a":[],"fuel":"x","load":"y"}"#)
    #expect(lost.count == 3)
    #expect(lost.first == LostField("fuel", .wrongType))
    let none = try self.lost(#"{"fuel":null,"volts":"x"}"#)
    #expect(none.count == 0)
    #expect(none.first == nil)
  }

  @Test func takesTextsForNumbersAndNumbersForTags() throws {
    #expect(
      try fields(#"{"fuel":"612","lat":" 40.50 ","volts":"230","generatorID":7.0,"x":"1"}"#)
        == ["fuel!=612", "lat!=40.5", "volts!=230", "generatorID!='7.0'", "x='1'"]
    )
    #expect(
      try fields(#"{"tags":{"a":7,"generatorID":7}}"#) == ["tag:a=7", "tag:generatorID!='7'"]
    )
  }

  @Test func tellsWhatANameMeansUnlessALooseNumberIsNone() throws {
    var reader = JSONFields(names: .plain, largest: 4096)
    try reader.read(Array(#"{"volts":"230 V","volts":230,"fuel":null,"x":1}"#.utf8).span)
    let meanings = (0..<reader.count).map { reader.meaning(at: $0) }
    #expect(meanings == [nil, .looseNumber(6), .number(0), nil])
    // What it said before counts no more.
    #expect(try fields(#"{"volts":230,"volts":"x"}"#) == ["volts!=null", "volts='x'"])
  }

  @Test func countsItsFields() throws {
    func object(_ count: Int) -> String {
      "{" + (0..<count).map { "\"\($0)\":\($0)" }.joined(separator: ",") + "}"
    }
    #expect(try lost(object(JSONFields.most)).count == 0)
    let more = try lost(object(JSONFields.most + 2))
    #expect(more.count == 2)
    #expect(more.first == LostField("\(JSONFields.most)", .tooMany, isKnown: false))
    // Those that are known are read wherever they stand, and the last of one name counts.
    let tail = #","fuel":1,"fuel":2,"tags":{"region":"US"}}"#
    let kept = try fields(object(JSONFields.most).dropLast() + tail)
    #expect(kept.suffix(2) == ["fuel!=2", "tag:region!='US'"])
    #expect(kept.count == JSONFields.most + 2)
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
