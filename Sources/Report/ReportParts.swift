import Wording
import Dashboard
import Model

struct AlarmReport: Encodable, Sendable {
  let id: String
  let generator: String
  let region: String
  let kind: String
  let priority: Int
  let state: String
  let since: String

  init(_ alarm: Alarm, of fleet: Fleet) {
    let place = Int(alarm.generator)
    generator = fleet.ids[place]
    id = "\(alarm.kind.row.name):\(generator)"
    region = fleet.regions[Int(fleet.generators[place].region)]
    kind = alarm.kind.row.name
    priority = alarm.priority
    state = "active"
    since = CivilTime(wall: alarm.sinceWall).rfc3339
  }
}

struct EventReport: Encodable, Sendable {
  let time: String
  let generator: String
  let kind: String
  let retained: Bool

  init(_ event: FleetEvent, of fleet: Fleet) {
    time = CivilTime(wall: event.stamp.wall).rfc3339
    generator = fleet.ids[Int(event.generator)]
    kind = event.kind.rawValue
    retained = event.isRetained
  }
}

struct HopReport: Encodable, Sendable {
  let id: String
  let state: String
  let ratePerSecond: Nullable<Double>
  let recordsBehind: Nullable<Int>
  let secondsBehind: Nullable<Double>
  let reason: Nullable<String>
  let detail: Nullable<String>
  let starvedBy: Nullable<String>

  init(_ hop: HopFigures) {
    detail = Nullable(hop.detail)
    starvedBy = Nullable(hop.starvedBy?.name)
    id = hop.id.name
    state = hop.state.name
    ratePerSecond = rounded(hop.ratePerSecond, 2)
    recordsBehind = Nullable(hop.recordsBehind)
    secondsBehind = rounded(hop.secondsBehind, 3)
    reason = Nullable(hop.reason)
  }
}

/// Of which generators raw and enriched differ.
struct DifferencesReport: Encodable, Sendable {
  /// One of them.
  struct Item: Encodable, Sendable {
    let id: String
    let region: String
    let kind: String
    let since: Nullable<String>
  }

  /// Of all generators, by kind.
  let counts: [String: Int]
  /// Those that are listed.
  let generators: [Item]

  init(_ state: DashboardState) {
    let (fleet, now) = (state.fleet, state.now)
    counts = Dictionary(
      uniqueKeysWithValues: Difference.allCases.map { ($0.name, fleet.traffic.differences[$0]) }
    )
    generators = state.differing().compactMap { index in
      let place = Int(index)
      guard let difference = fleet.generators[place].difference else { return nil }
      let since = fleet.differsSince(index).map { now.wall(ofMonotonic: $0) }
      return Item(
        id: fleet.ids[place],
        region: fleet.regions[Int(fleet.generators[place].region)],
        kind: difference.name,
        since: Nullable(since.map { CivilTime(wall: $0).rfc3339 })
      )
    }
  }
}

struct FeedReport: Encodable, Sendable {
  let state: String
  let reason: Nullable<String>
  let received: Int
  let rejected: Int
  let lostFields: Int

  init(_ feed: FeedKind, _ traffic: Traffic) {
    let status = traffic.status(feed)
    let counters = traffic.counters[feed] ?? FeedCounters()
    state = status.word
    reason = Nullable(status.reason)
    received = counters.received
    rejected = counters.rejected
    lostFields = counters.lostFields
  }
}
