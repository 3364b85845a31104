import Buckets
import JSON
import Testing

@testable import Pipeline

struct SinkDecoderTests {
  private static let now: Int64 = 1_800_000_000_000_000_000

  /// A point in words: `measurement generator region time {fields}`.
  private func decode(
    _ value: [UInt8],
    key: String = "",
    milliseconds: Int64? = 7,
    timeField: String? = nil,
    filters: [String] = ["emergency_generator/#"],
  ) throws -> String {
    var decoder = SinkDecoder(
      measurement: "genData",
      timeField: timeField,
      filters: filters,
      largest: 4096
    )
    let table = SeriesTable()
    let point = try decoder.point(
      Array(key.utf8).span,
      value.span,
      milliseconds: milliseconds,
      now: Self.now,
      series: table,
    )
    let series = table[point.series]
    var output: [UInt8] = []
    var encoder = PointEncoder()
    encoder.append(head: [], time: 0, fields: point.fields, to: &output)
    let fields = String(
      decoding: output.dropFirst(#"1970-01-01T00:00:00Z",""#.utf8.count - 1),
      as: UTF8.self
    )
    return "\(series.measurement) \(series.generator) \(series.region) \(point.time) {\(fields)"
  }

  private func decode(
    _ text: String,
    key: String = "",
    milliseconds: Int64? = 7,
    timeField: String? = nil,
    filters: [String] = ["emergency_generator/#"],
  ) throws -> String {
    try decode(
      Array(text.utf8),
      key: key,
      milliseconds: milliseconds,
      timeField: timeField,
      filters: filters
    )
  }

  private static let article =
    #"{"generatorID": "generator1", "lat": 40.68066, "lon": -73.47429, "temperature": 186, "#
    + #""power": 186, "load": 2, "fuel": 277}"#
  private static let articlePoint =
    #"genData generator1  7000000 {"fuel":277,"lat":40.68066,"load":2,"lon":-73.47429,"#
    + #""power":186,"temperature":186}"#

  @Test func takesTheArticlesSample() throws {
    #expect(try decode(Self.article) == Self.articlePoint)
  }

  @Test func takesTheSampleBehindConfluentsPrefix() throws {
    let prefix: [UInt8] = [0, 0, 0, 0x12, 0x34]
    #expect(try decode(prefix + Array(Self.article.utf8)) == Self.articlePoint)
    #expect(throws: Unwritable.binary(schema: 0x1234)) { _ = try decode(prefix + [2, 3]) }
  }

  @Test func keepsFieldsOfOtherNames() throws {
    let text =
      #"{"generatorID":"g1","pressure":5,"fuel":1,"site":"a\"\n\u0001b","up":true,"p":null,"#
      + #""pressure":6.5,"time":"now"}"#
    #expect(
      try decode(text)
        == #"genData g1  7000000 {"fuel":1,"site":"a\"\n\u0001b","up":true,"pressure":6.5}"#
    )
  }

  @Test func leavesOutAloneWhatCannotBeRead() throws {
    let text =
      #"{"generatorID":"g1","fuel":"612","load":nan,"power":[1],"wifi":{"rssi":52},"up":true}"#
    #expect(try decode(text) == #"genData g1  7000000 {"fuel":612,"up":true}"#)
  }

  @Test func leavesOutWhatIsNull() throws {
    #expect(
      try decode(#"{"generatorID":"g1","fuel":null,"load":1,"alarm":null}"#)
        == #"genData g1  7000000 {"load":1}"#
    )
    #expect(
      try decode(#"{"generatorID":"g","fuel":1,"fuel":2}"#) == #"genData g  7000000 {"fuel":2}"#
    )
  }

  @Test func takesTagsAndMeasurement() throws {
    let text =
      #"{"measurement":"m","tags":{"generatorID":"g1","region":"EU","site":"x"},"fuel":1,"#
      + #""alarm":"no action"}"#
    #expect(try decode(text) == #"m g1 EU 7000000 {"alarm":"no action","fuel":1,"site":"x"}"#)
    let flat = #"{"generatorID":"g1","region":"US","fuel":1}"#
    #expect(try decode(flat) == #"genData g1 US 7000000 {"fuel":1}"#)
  }

  @Test(arguments: [
    (#"{"generatorID":"a","tags":{"generatorID":"b"},"fuel":1}"#, "emergency_generator/c", "b"),
    (#"{"generatorID":"a","tags":{"generatorID":""},"fuel":1}"#, "emergency_generator/c", "a"),
    (#"{"generatorID":7,"fuel":1}"#, "emergency_generator/c", "7"),
    (#"{"tags":{"generatorID":"b"},"fuel":1}"#, "emergency_generator/c", "b"),
    (#"{"generatorID":"","fuel":1}"#, "emergency_generator/c", "c"),
    (#"{"fuel":1}"#, "emergency_generator/c", "c"),
    (#"{"fuel":1}"#, "emergency_generator/c/telemetry", "c"),
    (#"{"fuel":1}"#, "generator7", "generator7"), (#"{"fuel":1}"#, "\"quoted\"", "quoted"),
  ])
  func findsTheGenerator(text: String, key: String, id: String) throws {
    #expect(try decode(text, key: key) == "genData \(id)  7000000 {\"fuel\":1}")
  }

  @Test(arguments: [
    ("sites/g1/telemetry", ["sites/+/telemetry"], "g1"), ("sites/g1/telemetry", ["sites/#"], "g1"),
    ("a/north/g2", ["a/+/+"], "g2"), ("a/north/g2/x", ["b/#", "a/north/#"], "g2"),
    ("sites/g1", ["$share/bridges/sites/+"], "g1"),
  ])
  func findsTheGeneratorByTheLastWildcardOfTheFilter(
    key: String,
    filters: [String],
    id: String
  ) throws {
    let point = try decode(#"{"fuel":1}"#, key: key, filters: filters)
    #expect(point == "genData \(id)  7000000 {\"fuel\":1}")
  }

  @Test(arguments: ["sites/g1/telemetry", "x/y/d", "emergency_generator/", "/"])
  func guessesNoGenerator(key: String) {
    #expect(failure(#"{"fuel":1}"#, key: key) == .noIdentifier)
  }

  private func failure(_ text: String, key: String = "", milliseconds: Int64? = 7) -> Unwritable? {
    do {
      _ = try decode(text, key: key, milliseconds: milliseconds)
      return nil
    } catch {
      return error as? Unwritable
    }
  }

  @Test func boundsAndScrubsIds() throws {
    let text = #"{"generatorID":"a\u001b[31m\#(String(repeating: "x", count: 100))","fuel":1}"#
    let id = try decode(text).split(separator: " ")[1]
    #expect(id.hasPrefix("a\\x1b[31mxxx"))
    #expect(id.count == 64)
  }

  @Test func takesTheTimeFromAField() throws {
    func time(_ value: String) throws -> String {
      let text = #"{"generatorID":"g","fuel":1,"at":\#(value)}"#
      return String(try decode(text, timeField: "at").split(separator: " ")[2])
    }
    #expect(try time("1700000000123") == "1700000000123000000")
    #expect(try time("1700000000") == "1700000000000000000")
    #expect(try time(#""2023-11-14T22:13:20.5Z""#) == "1700000000500000000")
    for bad in ["null", "true", #""now""#, "-1", "4e18"] {
      #expect(throws: Unwritable.noTimeIn(field: "at")) { _ = try time(bad) }
    }
    #expect(throws: Unwritable.noTimeIn(field: "at")) {
      _ = try decode(#"{"generatorID":"g","fuel":1}"#, timeField: "at")
    }
    let named = #"{"generatorID":"g","fuel":1,"time":1700000000}"#
    #expect(
      try decode(named, timeField: "time") == #"genData g  1700000000000000000 {"fuel":1}"#
    )
  }

  /// By what a sample is known that comes again.
  @Test(
    arguments: [
      (#""at":1700000000,"n":7"#, "at", 5, PointMark.time),
      (#""n":7"#, nil, 5, .number(7, message: 0)),
      (#""n":"-8""#, nil, 5, .number(-8, message: 0)), (#""n":7.5"#, nil, 5, .record),
      (#""m":7"#, nil, 5, .record),
      (#""n":7,"time":1700000000"#, nil, nil, .time), (#""tags":{"n":"7"}"#, nil, 5, .record),
    ] as [(String, String?, Int64?, PointMark)]
  )
  func marksASampleByItsOwnTimeOrNumber(
    text: String,
    timeField: String?,
    milliseconds: Int64?,
    mark: PointMark
  ) throws {
    var decoder = SinkDecoder(measurement: "m", timeField: timeField, sequenceField: "n")
    let (key, value) = ([UInt8](), Array("{\"generatorID\":\"g\",\"fuel\":1,\(text)}".utf8))
    let point = try decoder.point(
      key.span,
      value.span,
      milliseconds: milliseconds,
      now: Self.now,
      series: SeriesTable()
    )
    guard case .number(let number, let message) = point.mark else {
      #expect(point.mark == mark)
      return
    }
    #expect(.number(number, message: 0) == mark)
    // Of the whole message, whatever of it is read.
    #expect(message == Int64(bitPattern: hash(of: value.span)))
  }

  @Test(arguments: ["time", "timestamp"])
  func takesThePayloadsTimeWhereTheRecordHasNone(name: String) throws {
    let text = #"{"generatorID":"g","fuel":1,"\#(name)":"2023-11-14T22:13:20Z"}"#
    let time = try decode(text, milliseconds: nil).split(separator: " ")[2]
    #expect(time == "1700000000000000000")
    // The record's own time counts where it has one.
    #expect(try decode(text).split(separator: " ")[2] == "7000000")
  }

  @Test func writesNothingAtATimeThatNobodySays() {
    #expect(failure(Self.article, milliseconds: nil) == .noTime)
    #expect(failure(#"{"generatorID":"g","fuel":1,"time":"now"}"#, milliseconds: nil) == .noTime)
  }

  @Test func saysThatAMessageIsTextInsideAnother() {
    let text =
      #"{"clientid":"g4","topic":"site/g4","payload":" {\"fuel\":61}","qos":1,"timestamp":1767619211000}"#
    let reason = failure(text, key: "g4")
    #expect(reason == .noReading(inside: "payload"))
    #expect(reason?.description == "no reading: the field payload holds a message as text")
  }

  @Test(arguments: [
    ("", Unwritable.json(.notAnObject)), ("offline", .json(.notAnObject)),
    ("[1]", .json(.notAnObject)), ("{", .json(.invalidJSON)),
    (#"{"generatorID":"g","fuel":"1 L"}"#, .lost(LostField("fuel", .wrongType))),
    (#"{"generatorID":"g","fuel":1e999}"#, .lost(LostField("fuel", .notFinite))),
    (#"{"generatorID":"g","fuel":{"a":1}}"#, .lost(LostField("fuel", .nested))),
    (#"{"generatorID":"g","a":[1]}"#, .noReading(inside: nil)),
    (#"{"generatorID":"g","pressure":5,"alarm":"refuel"}"#, .noReading(inside: nil)),
    (#"{"generatorID":"g"}"#, .noReading(inside: nil)),
    (#"{"generatorID":"g","fuel":null}"#, .noReading(inside: nil)),
    (#"{"generatorID":true,"fuel":1}"#, .noIdentifier), (#"{"fuel":1}"#, .noIdentifier),
    ("{\"a\":\"" + String(repeating: "x", count: 5000), .json(.tooLarge)),
  ])
  func saysWhyNot(text: String, reason: Unwritable) {
    #expect(throws: reason) { _ = try decode(text) }
    #expect(!reason.description.isEmpty)
  }

  @Test(arguments: [Int64.max, 7_258_118_400_001])
  func refusesTimestampsOutOfRange(milliseconds: Int64) {
    #expect(throws: Unwritable.timeOutOfRange) {
      _ = try decode(Self.article, milliseconds: milliseconds)
    }
  }

  @Test func givesOnePlaceToEachSeries() throws {
    var decoder = SinkDecoder(measurement: "genData", timeField: nil, largest: 4096)
    let table = SeriesTable()
    var places: [SeriesPlace] = []
    let noKey: [UInt8] = []
    for text in [
      #"{"generatorID":"a","fuel":1}"#, #"{"generatorID":"b","fuel":1}"#,
      #"{"generatorID":"a","fuel":2}"#, #"{"generatorID":"a","region":"US","fuel":2}"#,
    ] {
      let value = Array(text.utf8)
      let point = try decoder.point(
        noKey.span,
        value.span,
        milliseconds: 1,
        now: Self.now,
        series: table,
      )
      places.append(point.series)
    }
    #expect(places == [0, 1, 0, 2])
  }
}
