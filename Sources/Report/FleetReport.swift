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

  /// What was not heard: feeds, and ids of generators.
  struct Missing: Encodable {
    var feeds: [String]
    var generators: [String]
  }

  private enum CodingKeys: CodingKey {
    case schema, time, complete, missing, generators, alarms, events
    case eventsDropped, counts, hops, differences, recordsAsOf, pipeline, feeds, hidden
  }

  private static let mostEvents = 200

  let schema = 1
  let time: String
  /// Whether nothing is missing.
  let complete: Bool
  let missing: Missing
  let generators: [GeneratorReport]
  /// The names of the fields of a generator: for CSV, which has them once.
  let names: [String]
  let alarms: [AlarmReport]
  /// The newest of the generators that are listed, oldest first.
  let events: [EventReport]
  /// How many more there were: too old, or too many.
  let eventsDropped: Int
  /// Of all generators, hidden ones too.
  let counts: [String: Int]
  let hops: [HopReport]
  let differences: DifferencesReport
  /// Up to when records tell how things are, while they are late.
  let recordsAsOf: Nullable<String>
  let pipeline: PipelineReport
  let feeds: [String: FeedReport]
  let hidden: Hidden

  /// The report of a state; region and filter of the state decide what is in it.
  public init(_ state: DashboardState) {
    let fleet = state.fleet
    time = CivilTime(wall: state.now.wall).rfc3339
    let gaps = fleet.gaps
    complete = gaps.isEmpty
    missing = Missing(
      feeds: gaps.feeds.map(\.rawValue),
      generators: gaps.generators.map { fleet.ids[Int($0)] }
    )
    let fields = GeneratorField.all(of: fleet)
    names = fields.map(\.name)
    generators = state.visible.map { GeneratorReport($0, fields, of: fleet, at: state.now) }
    alarms = state.alarms.map { AlarmReport($0, of: fleet) }
    let kept = state.events(fleet.events.count)
    events = kept.prefix(Self.mostEvents).reversed().map { EventReport($0, of: fleet) }
    eventsDropped = kept.count - events.count + fleet.events.total - fleet.events.count
    counts = fleet.counts.named
    hops = state.hops.map(HopReport.init)
    differences = DifferencesReport(state)
    let asOf = fleet.recordsAsOf(at: state.now.monotonic)
    recordsAsOf = Nullable(asOf.map { CivilTime(wall: state.now.wall(ofMonotonic: $0)).rfc3339 })
    pipeline = PipelineReport(fleet.traffic)
    feeds = Dictionary(
      uniqueKeysWithValues: FeedKind.allCases.map { ($0.rawValue, FeedReport($0, fleet)) }
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
