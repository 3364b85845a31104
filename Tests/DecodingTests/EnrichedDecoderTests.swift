import JSON
import Model
import Testing

@testable import Decoding

/// 2026-01-31T23:59:59Z.
private let now: Int64 = 1_769_903_999_000_000_000
private let second: Int64 = 1_000_000_000

/// Decodes texts, and says what the decoder's buffers hold.
private struct Enriched {
  let decoder = EnrichedDecoder()

  func decode(_ value: String, key: String = "") -> EnrichedOutcome {
    decode(Array(value.utf8), key: Array(key.utf8))
  }

  func decode(_ value: [UInt8], key: [UInt8] = []) -> EnrichedOutcome {
    decoder.decode(key: key.span, value: value.span, now: now)
  }

  func content(_ value: String, key: String = "") -> EnrichedContent? {
    guard case .record(let content) = decode(value, key: key) else { return nil }
    return content
  }

  var identifier: String { String(decoding: decoder.identifier, as: UTF8.self) }
  var region: String { String(decoding: decoder.region, as: UTF8.self) }
}

struct EnrichedDecoderTests {
  private let enriched = Enriched()

  /// The shapes of the documented sources; each says the same.
  static let shapes = [
    // Nested tags, as the connector documents.
    #"""
    {"measurement":"genData","tags":{"generatorID":"g1","region":"US"},
     "time":"2026-01-10T13:48:37.0833919Z","alarm":"refuel","fuel":277,"load":2.5}
    """#,
    // The same behind a schema.
    #"""
    {"schema":{"type":"struct","fields":[{"field":"fuel","type":"int64"}],"optional":false},
     "payload":{"measurement":"genData","tags":{"generatorID":"g1","region":"US"},
     "time":"2026-01-10T13:48:37.0833919Z","alarm":"refuel","fuel":277,"load":2.5}}
    """#,
    // Flux columns, tags flat, nulls.
    #"""
    {"result":"_result","table":0,"_start":"2026-01-10T12:00:00Z","_stop":"2026-01-10T14:00:00Z",
     "_time":"2026-01-10T13:48:37.0833919Z","_measurement":"genData","generatorID":"g1",
     "region":"US","alarm":"refuel","fuel":277.0,"load":2.5,"power":null,"tags":null}
    """#,
    // As Telegraf writes them.
    #"""
    {"fields":{"fuel":277,"alarm":"refuel","load":2.5},"name":"genData",
     "tags":{"generatorID":"g1","region":"US","host":"gw"},"timestamp":1768052917083391900}
    """#,
    // A list of values, as the open-source source writes, the record's keys in any order.
    #"""
    {"values":[{"name":"fuel","type":"int64","float64":null,"int64":277,"string":null},
     {"type":"float64","float64":2.5,"name":"load"},{"name":"alarm","string":"refuel"},
     {"name":"other","boolean":true}],"measurement":"genData","timestamp":1768052917083,
     "timestampNano":1768052917083391900,"tags":{"region":"US","generatorID":"g1"}}
    """#,
  ]

  @Test(arguments: shapes)
  func readsEveryShape(value: String) {
    let expected = EnrichedContent(
      reading: reading([.fuel: 277, .load: 2.5]),
      alarm: .refuel,
      sampleTime: 1_768_052_917_083_391_900
    )
    #expect(enriched.decode(value) == .record(expected))
    #expect(enriched.identifier == "g1")
    #expect(enriched.region == "US")
    let prefixed = [0, 0, 0, 0, 7] + Array(value.utf8)
    #expect(enriched.decode(prefixed) == .record(expected))
  }

  @Test(arguments: [
    (#""alarm":"refuel","#, AlarmFlag.refuel), (#""alarm":"no action","#, .noAction),
    (#""alarm":"Refuel","#, .other), (#""alarm":null,"#, .absent), ("", .absent),
  ])
  func readsTheAlarm(field: String, alarm: AlarmFlag) {
    #expect(enriched.content(#"{\#(field)"generatorID":"a","fuel":1}"#)?.alarm == alarm)
  }

  @Test func aTagCountsBeforeAFlatFieldOfItsName() {
    for value in [
      #"{"tags":{"generatorID":"t","region":"T"},"generatorID":"f","region":"F","fuel":1}"#,
      #"{"generatorID":"f","region":"F","fuel":1,"tags":{"generatorID":"t","region":"T"}}"#,
    ] {
      #expect(enriched.content(value) != nil)
      #expect(enriched.identifier == "t")
      #expect(enriched.region == "T")
    }
  }

  @Test(arguments: [
    (#"{"metrics":[{"a":"x]},{\"","fuel":1},{"fuel":2}, 3,[4]]}"#, 4),
    (" {\n\"metrics\" : [ {\"fuel\":1} ] }", 1), (#"{"metrics":[]}"#, 0), (#"{"metrics":[{"#, 1),
    (#"{"metrics":[{"metrics":[{},{}]}]}"#, 1), (#"{"metrics":{}}"#, 1), (#"{"fuel":1}"#, 1),
    ("", 1),
    (#"{"metrics":["\"#, 1),
  ])
  func takesABatchApart(value: String, count: Int) {
    var parts: [String] = []
    let bytes = Array(value.utf8)
    RecordBatch.forEach(bytes.span) { part in
      parts.append(String(decoding: part.indices.map { part[$0] }, as: UTF8.self))
    }
    #expect(parts.count == count)
    if count == 4 { #expect(parts[1] == #"{"fuel":2}"#) }
  }

  @Test func takesTheIdFromTheKeyIfTheValueHasNone() {
    #expect(enriched.content(#"{"fuel":1}"#, key: "g9") != nil)
    #expect(enriched.identifier == "g9")
    #expect(enriched.region.isEmpty)
    #expect(enriched.decode(#"{"fuel":1}"#) == .rejected(.noIdentifier))
  }

  @Test(arguments: ["", " ", "text", "[]", "{}", #"{"schema":{},"payload":null}"#, #"{"x":1}"#])
  func ignoresTombstonesAndOtherThings(value: String) {
    #expect(enriched.decode(value, key: "g1") == .ignored)
  }

  @Test func saysWhatAvroIs() {
    let outcome = enriched.decode([0, 0, 0, 0, 17, 0x14, 0x67, 0x31], key: [])
    #expect(outcome == .rejected(.binary(schema: 17)))
    #expect(Rejection.binary(schema: 17).description.contains("Avro or Protobuf (schema id 17)"))
  }

  @Test(arguments: [
    (#"{"generatorID":"a","fuel":1,"region":false}"#, LostField("region", .wrongType)),
    (#"{"generatorID":"a","fuel":1,"alarm":7}"#, LostField("alarm", .wrongType)),
    (#"{"generatorID":"a","fuel":1,"time":{}}"#, LostField("time", .nested)),
    (#"{"generatorID":"a","fuel":1,"time":1e999}"#, LostField("time", .notFinite)),
    (#"{"generatorID":"a","tags":"x","fuel":1}"#, LostField("tags", .wrongType)),
    (#"{"generatorID":"a","tags":{"region":[]},"fuel":1}"#, LostField("region", .nested)),
  ])
  func losesAFieldAlone(value: String, field: LostField) {
    #expect(enriched.content(value) == EnrichedContent(reading: reading([.fuel: 1])))
    #expect(enriched.identifier == "a")
    #expect(enriched.region.isEmpty)
    #expect(enriched.decoder.lostCount == 1)
    #expect(enriched.decoder.loss == .lost(field))
  }

  @Test(arguments: [
    (#"{"generatorID":"a","fuel":"much"}"#, Rejection.lost(LostField("fuel", .wrongType))),
    (#"{"tags":{"generatorID":[]},"fuel":1}"#, .noIdentifier),
    (#"{"tags":{"generatorID":"a","fuel":1}"#, .json(.invalidJSON)),
    (#"{"values":[{"name":"fuel","int64":1],"generatorID":"a"}"#, .json(.invalidJSON)),
  ])
  func rejects(value: String, reason: Rejection) {
    #expect(enriched.decode(value) == .rejected(reason))
  }

  @Test func scrubsRegionAndId() {
    #expect(
      enriched.content(#"{"generatorID":"a\u001b[m","region":"U\u202eS\u009b","fuel":1}"#) != nil
    )
    #expect(enriched.identifier == #"a\x1b[m"#)
    #expect(enriched.region == #"US\x9b"#)
  }

  @Test func aHostileNestOfEnvelopesIsBounded() {
    let nest = String(repeating: #"{"payload":"#, count: 5_000)
    let value = nest + "{}" + String(repeating: "}", count: 5_000)
    #expect(enriched.decode(value) == .rejected(.json(.tooDeep)))
    let values = #"{"values":[{"x":"# + String(repeating: "[", count: 5_000)
    #expect(enriched.decode(values + "}") == .rejected(.json(.tooDeep)))
  }
}

struct RecordTimeTests {
  private func time(_ text: String) -> Int64? {
    RecordTime.nanoseconds(text: Array(text.utf8).span, now: now)
  }

  @Test(
    arguments: [
      ("2026-01-10T13:48:37Z", 1_768_052_917 * second),
      ("2026-01-10T13:48:37.0833919Z", 1_768_052_917 * second + 83_391_900),
      ("2026-01-10T13:48:37.123456789Z", 1_768_052_917 * second + 123_456_789),
      ("2026-01-10T13:48:37.1234567899Z", 1_768_052_917 * second + 123_456_789),
      ("2026-01-10T15:48:37+02:00", 1_768_052_917 * second),
      ("2026-01-10t08:18:37.5-0530", 1_768_052_917 * second + second / 2),
      ("2026-01-10 13:48:37z", 1_768_052_917 * second),
      ("2000-01-01T00:00:00Z", 946_684_800 * second),
      ("2024-02-29T12:00:00Z", 1_709_208_000 * second),
      ("2016-12-31T23:59:60Z", 1_483_228_800 * second),
      ("1768052917", 1_768_052_917 * second),
      ("1768052917083", 1_768_052_917_083 * 1_000_000),
      ("1768052917083391", 1_768_052_917_083_391 * 1_000),
      ("1768052917083391900", 1_768_052_917_083_391_900),
    ] as [(String, Int64)]
  )
  func readsText(text: String, nanoseconds: Int64) {
    #expect(time(text) == nanoseconds)
  }

  @Test(arguments: [
    "", "now", "2026-01-10", "2026-01-10T13:48Z", "2026-01-10T13:48:37", "2026-01-10T13:48:37.Z",
    "2026-13-10T13:48:37Z", "2026-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
    "2026-01-10T24:00:00Z", "2026-01-10T13:60:37Z", "2026-01-10T13:48:61Z", "2026-1-10T13:48:37Z",
    "2026-01-10T13:48:37Zx", "2026-01-10T13:48:37+2:00", "1999-12-31T23:59:59Z",
    "2026-02-02T00:00:00Z", "9999-12-31T23:59:59Z", "0000-00-00T00:00:00Z", "0", "-1",
    "99999999999999999999", "9223372036854775807", "9223372036854775808", "1768052917 ",
  ])
  func isNoTime(text: String) {
    #expect(time(text) == nil)
  }

  @Test func tellsUnitsOfNumbersApart() {
    let expected = 1_768_052_917 * second
    #expect(RecordTime.nanoseconds(number: Int64(1_768_052_917), now: now) == expected)
    #expect(RecordTime.nanoseconds(number: Int64(1_768_052_917_000), now: now) == expected)
    #expect(RecordTime.nanoseconds(number: Int64(1_768_052_917_000_000), now: now) == expected)
    #expect(RecordTime.nanoseconds(number: 1_768_052_917 * second, now: now) == expected)
    #expect(RecordTime.nanoseconds(number: 1_768_052_917.5, now: now) == expected + second / 2)
    #expect(RecordTime.nanoseconds(number: 1.768052917e12, now: now) == expected)
    #expect(RecordTime.nanoseconds(milliseconds: 1_768_052_917_000, now: now) == expected)
  }

  @Test(arguments: [Int64.min, -1, 0, 1, 946_684_799, .max])
  func doesNotBelieveOddNumbers(number: Int64) {
    #expect(RecordTime.nanoseconds(number: number, now: now) == nil)
    #expect(RecordTime.nanoseconds(milliseconds: number, now: now) == nil)
    #expect(RecordTime.nanoseconds(number: Double(number), now: now) == nil)
  }

  @Test func doesNotTrapOnAnyDouble() {
    for number in [Double.nan, .infinity, -.infinity, .greatestFiniteMagnitude, 1e19, -0.0] {
      #expect(RecordTime.nanoseconds(number: number, now: now) == nil)
    }
    #expect(RecordTime.nanoseconds(number: Int64(1_768_052_917), now: .max) != nil)
    #expect(RecordTime.nanoseconds(number: Int64(1_768_052_917), now: .min) == nil)
  }

  @Test func believesADayOfTheFutureButNoMore() {
    let day: Int64 = 86_400 * second
    #expect(RecordTime.nanoseconds(number: now + day, now: now) == now + day)
    #expect(RecordTime.nanoseconds(number: now + day + 1, now: now) == nil)
  }
}
