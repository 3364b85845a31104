public import JSON
import Model

/// The fields of messages that hold texts; the number of each is its slot for the parser.
public enum TextField: Int, Sendable {
  case identifier, region, alarm, measurement
}

extension JSONNames {
  /// What a raw sample is read by: its numbers and whose it is.
  static let sample = JSONNames(
    metrics + [Entry("generatorID", .tag(TextField.identifier.rawValue)), Entry("tags", .tags)]
  )

  /// What an enriched record is read by, in any of the shapes that InfluxDB's source connectors write.
  ///
  /// Fields may be flat, in a list of `values` or, as Telegraf writes them, in `fields`; tags flat or in `tags`, and the
  /// whole in the envelope `{"schema": …, "payload": …}`. Of several times the most exact counts.
  static let record = JSONNames(
    metrics + texts + [
      Entry("timestamp", .time(rank: 1)), Entry("time", .time(rank: 2)),
      Entry("_time", .time(rank: 2)), Entry("timestampNano", .time(rank: 3)),
      Entry("payload", .envelope), Entry("fields", .envelope), Entry("values", .values),
    ]
  )

  /// What the fields of a flat message are told by, one after the other.
  public static let fields = JSONNames(
    metrics + texts + [
      Entry("measurement", .text(TextField.measurement.rawValue)), Entry("time", .time(rank: 1)),
    ]
  )

  /// All names of the metrics, each at the slot of its metric.
  ///
  /// The first six are to be numbers. Other fleets may have meant something else by the names of further ones: what is
  /// no number there is no value of ours, and no loss.
  private static let metrics = Metric.allCases.flatMap { metric in
    let slot = Int(metric.rawValue)
    return metric.row.wireNames.map {
      Entry($0, metric.isFurther ? .looseNumber(slot) : .number(slot))
    }
  }

  private static let texts = [
    Entry("generatorID", .tag(TextField.identifier.rawValue)),
    Entry("region", .tag(TextField.region.rawValue)),
    Entry("alarm", .text(TextField.alarm.rawValue)), Entry("tags", .tags),
  ]
}

extension JSONParser {
  /// The numbers of the last message.
  var reading: Reading { withNumbers { Reading($0, present: numbers) } }
}
