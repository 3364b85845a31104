internal import Buckets
internal import Model
internal import Wording

/// Writes points as records of JSON, in the shape of InfluxDB's source connector.
///
/// `{"measurement":"genData","tags":{"generatorID":"generator1","region":"US"},"time":"2026-01-10T13:48:37.083Z","fuel":277}`
struct PointEncoder {
  private var second = Int64.min
  /// The second in RFC 3339, as far as the decimals.
  private var secondText: [UInt8] = []

  /// The fields of a record in the order of their names: what stands before the value, and whose it is; the alarm is no
  /// metric.
  private static let fields: [(head: [UInt8], metric: Metric?)] = {
    let all = Metric.allCases.map { (name: $0.wireName, metric: Optional($0)) } + [("alarm", nil)]
    return all.sorted { $0.name < $1.name }.map { (Array(",\"\($0.name)\":".utf8), $0.metric) }
  }()

  /// The beginning of each record of a series, up to where its time stands.
  static func head(of series: Series) -> [UInt8] {
    var output: [UInt8] = []
    JSONWriter.append("{\"measurement\":", to: &output)
    JSONWriter.append(string: series.measurement, to: &output)
    JSONWriter.append(",\"tags\":{\"generatorID\":", to: &output)
    JSONWriter.append(string: series.generator, to: &output)
    if !series.region.isEmpty {
      JSONWriter.append(",\"region\":", to: &output)
      JSONWriter.append(string: series.region, to: &output)
    }
    JSONWriter.append("},\"time\":\"", to: &output)
    return output
  }

  /// Adds one record; fields that are null are left out, and the others stand in the order of their names.
  mutating func append(head: [UInt8], time: Int64, fields: PointFields, to output: inout [UInt8]) {
    output.append(contentsOf: head)
    append(time: time, to: &output)
    output.append(UInt8(ascii: "\""))
    for (head, metric) in Self.fields {
      if let metric {
        guard let number = fields[metric] else { continue }
        output.append(contentsOf: head)
        JSONWriter.append(number, to: &output)
      } else if let alarm = fields.alarm {
        output.append(contentsOf: head)
        JSONWriter.append(string: alarm, to: &output)
      }
    }
    let extra = fields.extra
    if extra.count > 2, extra.first == UInt8(ascii: "{"), extra.last == UInt8(ascii: "}") {
      output.append(UInt8(ascii: ","))
      output.append(contentsOf: extra[1..<(extra.count - 1)])
    }
    output.append(UInt8(ascii: "}"))
  }

  /// RFC 3339 in UTC, with as many decimals as it needs.
  private mutating func append(time: Int64, to output: inout [UInt8]) {
    let billion: Int64 = 1_000_000_000
    let rest = time % billion
    let begin = rest < 0 ? rest + billion : rest
    let second = time.subtractingReportingOverflow(begin).partialValue
    if second != self.second {
      self.second = second
      let civil = CivilTime(wall: second)
      secondText = Array("\(civil.date)T\(civil.timeOfDay)".utf8)
    }
    output.append(contentsOf: secondText)
    appendDecimals(begin, to: &output)
    output.append(UInt8(ascii: "Z"))
  }

  private func appendDecimals(_ nanoseconds: Int64, to output: inout [UInt8]) {
    guard nanoseconds > 0 else { return }
    output.append(UInt8(ascii: "."))
    var rest = nanoseconds
    var unit: Int64 = 100_000_000
    while rest > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / unit))
      rest %= unit
      unit /= 10
    }
  }
}
