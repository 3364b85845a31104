import Buckets
import Model
import Testing

@testable import Pipeline

struct PointEncoderTests {
  private func encode(_ series: Series, time: Int64, _ fields: PointFields) -> String {
    var encoder = PointEncoder()
    var output: [UInt8] = []
    encoder.append(head: PointEncoder.head(of: series), time: time, fields: fields, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func writesTheShapeOfTheSourceConnector() {
    let text = encode(
      Series(measurement: "genData", generator: "generator1", region: "US"),
      time: 1_578_664_117_083_391_900,
      PointFields(
        [
          .fuel: .integer(277), .load: .integer(2), .power: .integer(186),
          .temperature: .integer(186), .latitude: .decimal(40.68066),
          .longitude: .decimal(-73.47429),
        ],
        alarm: "refuel"
      )
    )
    #expect(
      text
        == #"{"measurement":"genData","tags":{"generatorID":"generator1","region":"US"},"#
        + #""time":"2020-01-10T13:48:37.0833919Z","alarm":"refuel","fuel":277,"lat":40.68066,"#
        + #""load":2,"lon":-73.47429,"power":186,"temperature":186}"#
    )
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (1, "1970-01-01T00:00:00.000000001Z"),
      (1_500_000_000, "1970-01-01T00:00:01.5Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
      (1_578_664_117_000_000_000, "2020-01-10T13:48:37Z"),
      (1_578_664_117_191_000_000, "2020-01-10T13:48:37.191Z"),
      (7_258_118_400_000_000_000, "2200-01-01T00:00:00Z"),
    ] as [(Int64, String)]
  )
  func writesTimesWithTheDecimalsTheyNeed(time: Int64, text: String) {
    let series = Series(measurement: "m", generator: "g", region: "")
    #expect(
      encode(series, time: time, PointFields([.fuel: .integer(1)]))
        == #"{"measurement":"m","tags":{"generatorID":"g"},"time":"\#(text)","fuel":1}"#
    )
  }

  @Test func bearsTheEndsOfTime() {
    let series = Series(measurement: "m", generator: "g", region: "")
    for time in [Int64.min, .max] {
      #expect(
        encode(series, time: time, PointFields([.fuel: .integer(1)])).hasSuffix(#"Z","fuel":1}"#)
      )
    }
  }

  @Test func escapesUnusualNames() {
    let series = Series(measurement: "m\"", generator: "g\\1\n\u{1}\u{7F}ü🛢", region: "\t")
    let text = encode(series, time: 0, PointFields(alarm: "a\"b"))
    #expect(
      text
        == #"{"measurement":"m\"","tags":{"generatorID":"g\\1\n\u0001\u007fü🛢","region":"\t"},"#
        + #""time":"1970-01-01T00:00:00Z","alarm":"a\"b"}"#
    )
  }

  @Test func writesWhatIsThereAndNothingElse() {
    let series = Series(measurement: "m", generator: "g", region: "")
    let head = #"{"measurement":"m","tags":{"generatorID":"g"},"time":"1970-01-01T00:00:00Z""#
    #expect(encode(series, time: 0, PointFields()) == head + "}")
    let extra = PointFields(
      [.fuel: .decimal(2), .latitude: .integer(40)],
      extra: Array(#"{"pressure":5,"a":"}"}"#.utf8)
    )
    #expect(encode(series, time: 0, extra) == head + #","fuel":2.0,"lat":40,"pressure":5,"a":"}"}"#)
    #expect(
      encode(series, time: 0, PointFields([.fuel: .decimal(1e300)])) == head + #","fuel":1e+300}"#
    )
  }
}
