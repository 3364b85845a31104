import Buckets
import Decoding
import JSON
import Model
import Testing

@testable import Pipeline

/// egtop and the sink make the same of a payload: what one shows, the other writes, under the same id.
struct SameDecodingTests {
  /// What was made of a payload.
  private struct Made: Equatable {
    var id: String
    var numbers: [Metric: Double]
    /// The first field of a name of ours that is lost.
    var lost: LostField?
  }

  /// Values that users send where others are expected; the last two are no JSON whatever stands around them.
  private static let values = [
    "612", "61.5", "-0", #""612""#, #"" 612 ""#, #""61.5""#, #""-5""#, #""1e3""#,
    #""6\u0031\u0032""#,
    #""612 L""#, #""5,2""#, #""""#, #""nan""#, #""1e999""#, "nan", "NaN", "-nan", "Infinity",
    "-inf", "null", "true", "false", #"{"v":612}"#, "[612]", #"[{"a":[nan]},{}]"#, "1e999",
    "9007199254740993", "18446744073709551617", "01", "tru",
  ]

  private static let payloads: [String] = values.flatMap { value in
    [
      #"{"generatorID":"g1","fuel":\#(value),"load":41}"#,
      #"{"load":"41","fuel":\#(value),"generatorID":"g1"}"#,
      #"{"generatorID":\#(value),"fuel":612}"#,
      #"{"generatorID":"g1","wifi":\#(value),"fuel":612}"#,
      #"{"generatorID":"g1","fuel":3,"fuel":\#(value),"voltage":230,"voltage":\#(value)}"#,
      #"{"tags":{"generatorID":\#(value),"site":\#(value)},"generatorID":"flat","fuel":612}"#,
      #"{"tags":\#(value),"generatorID":"g1","fuel":612}"#,
      #"{"fuel":\#(value)}"#,
    ]
  }

  private static let filters = ["emergency_generator/#", "sites/+/telemetry"]

  /// What egtop shows; nil if it shows no value.
  private func shown(_ payload: String, key: String) -> Made? {
    let decoder = RawDecoder(filters: Self.filters.map { TopicFilter($0) })
    let outcome = decoder.decode(key: Array(key.utf8).span, payload: Array(payload.utf8).span)
    guard case .sample(let reading) = outcome, !reading.isEmpty else { return nil }
    var numbers: [Metric: Double] = [:]
    for metric in Metric.allCases { numbers[metric] = reading[metric] }
    let id = String(decoding: decoder.identifier, as: UTF8.self)
    var lost: LostField?
    if case .lost(let field) = decoder.loss { lost = field }
    return Made(id: id, numbers: numbers, lost: lost)
  }

  /// What the sink writes; nil if it writes no point.
  private func written(_ payload: String, key: String) -> Made? {
    var decoder = SinkDecoder(measurement: "genData", timeField: nil, filters: Self.filters)
    let series = SeriesTable()
    guard
      let point = try? decoder.point(
        Array(key.utf8).span,
        Array(payload.utf8).span,
        milliseconds: 1,
        now: 1,
        series: series,
      )
    else { return nil }
    var numbers: [Metric: Double] = [:]
    for metric in Metric.allCases { numbers[metric] = point.fields[metric]?.value }
    let lost = decoder.firstLost
    return Made(
      id: series[point.series].generator,
      numbers: numbers,
      lost: lost?.isKnown == true ? lost : nil,
    )
  }

  @Test(arguments: ["emergency_generator/g9", "sites/g9/telemetry", "sites/g9/status", "g9", ""])
  func showsWhatIsWritten(key: String) {
    #expect(Self.payloads.count >= 200)
    var kept = 0
    for payload in Self.payloads {
      let (shown, written) = (shown(payload, key: key), written(payload, key: key))
      #expect(shown == written, "\(payload)")
      if shown != nil { kept += 1 }
    }
    // All but those that are no JSON, or of which nothing or nobody is left.
    #expect(kept >= 150)
  }

  @Test(
    arguments: [
      (#"{"generatorID":"g6","fuel":"612","power":520}"#, [.fuel: 612, .power: 520], nil),
      (
        #"{"generatorID":"g6","fuel":nan,"power":520}"#, [.power: 520],
        LostField("fuel", .notFinite)
      ),
      (
        #"{"generatorID":"g6","fuel":{"percent":61},"power":520}"#, [.power: 520],
        LostField("fuel", .nested)
      ),
      (
        #"{"generatorID":"g6","fuel":"half","wifi":{"rssi":52},"power":520}"#, [.power: 520],
        LostField("fuel", .wrongType)
      ),
      (#"{"generatorID":"g6","wifi":{"rssi":52},"power":520}"#, [.power: 520], nil),
      (#"{"generatorID":"g6","fuel":null,"power":520}"#, [.power: 520], nil),
    ] as [(String, [Metric: Double], LostField?)]
  )
  func losesOneFieldAlone(payload: String, numbers: [Metric: Double], lost: LostField?) {
    let expected = Made(id: "g6", numbers: numbers, lost: lost)
    #expect(shown(payload, key: "") == expected)
    #expect(written(payload, key: "") == expected)
  }

  @Test func takesANumberForAnId() {
    let expected = Made(id: "700", numbers: [.fuel: 1], lost: nil)
    #expect(shown(#"{"generatorID":700,"fuel":1}"#, key: "other") == expected)
    #expect(written(#"{"generatorID":700,"fuel":1}"#, key: "other") == expected)
  }

  @Test(arguments: [(1 << 20, true), (1 << 20 + 1, false)])
  func readsMessagesOfOneMegabyte(size: Int, isRead: Bool) {
    let frame = #"{"generatorID":"g1","fuel":1,"x":""}"#
    let text = String(repeating: "x", count: size - frame.utf8.count)
    let payload = frame.dropLast(2) + text + #""}"#
    let expected = isRead ? Made(id: "g1", numbers: [.fuel: 1], lost: nil) : nil
    #expect(shown(String(payload), key: "") == expected)
    #expect(written(String(payload), key: "") == expected)
  }

  @Test func readsMessagesOfMoreFieldsThanItKeeps() {
    let many = (0..<400).map { #""x\#($0)":\#($0),"fuel":\#($0)"# }.joined(separator: ",")
    let payload = #"{"fuel":1,\#(many),"load":7,"generatorID":"g1"}"#
    let expected = Made(id: "g1", numbers: [.fuel: 399, .load: 7], lost: nil)
    #expect(shown(payload, key: "") == expected)
    #expect(written(payload, key: "") == expected)
  }
}
