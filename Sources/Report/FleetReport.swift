import Wording
public import Dashboard
import Model

/// What `egtop --once --json` prints: the state as one JSON object.
///
/// The names and the order of meaning are fixed by `schema`; what is not known is null, and times
/// are RFC 3339 in UTC.
public struct FleetReport: Encodable, Sendable {
  struct Hidden: Encodable {
    var generators: Int
    var alarms: Int
  }

  private enum CodingKeys: CodingKey {
    case schema, time, generators, alarms, events, hops, differences, recordsAsOf, feeds, hidden
  }

  let schema = 1
  let time: String
  let generators: [GeneratorReport]
  /// The names of the fields of a generator: for CSV, which has them once.
  let names: [String]
  let alarms: [AlarmReport]
  let events: [EventReport]
  let hops: [HopReport]
  let differences: DifferencesReport
  /// Up to when records tell how things are, while they are late.
  let recordsAsOf: Nullable<String>
  let feeds: [String: FeedReport]
  let hidden: Hidden

  /// The report of a state; region and filter of the state decide what is in it.
  public init(_ state: DashboardState) {
    let fleet = state.fleet
    time = CivilTime(wall: state.now.wall).rfc3339
    let fields = GeneratorField.all(of: fleet)
    names = fields.map(\.name)
    generators = state.visible.map { GeneratorReport($0, fields, of: fleet, at: state.now) }
    alarms = state.alarms.map { AlarmReport($0, of: fleet) }
    events = state.events(200).reversed().map { EventReport($0, of: fleet) }
    hops = state.hops.map(HopReport.init)
    differences = DifferencesReport(state)
    let asOf = fleet.recordsAsOf(at: state.now.monotonic)
    recordsAsOf = Nullable(asOf.map { CivilTime(wall: state.now.wall(ofMonotonic: $0)).rfc3339 })
    feeds = Dictionary(
      uniqueKeysWithValues: FeedKind.allCases.map { ($0.rawValue, FeedReport($0, fleet.traffic)) }
    )
    hidden = Hidden(generators: state.hiddenGenerators, alarms: state.hiddenAlarms)
  }
}

/// A value that is written as null when it is absent, and not left out.
struct Nullable<Value: Encodable & Sendable>: Encodable, Sendable {
  let value: Value?

  init(_ value: Value?) {
    self.value = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let value { try container.encode(value) } else { try container.encodeNil() }
  }
}

/// `value` with at most `digits` decimals.
func rounded(_ value: Double?, _ digits: Int) -> Nullable<Double> {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  return Nullable(value.map { ($0 * scale).rounded() / scale })
}
