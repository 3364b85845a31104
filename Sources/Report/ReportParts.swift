import Wording
import Dashboard
import Model

struct AlarmReport: Encodable, Sendable {
  let id: String
  let generator: String
  let region: String
  /// What is to be done about it.
  let kind: String
  /// Who says so.
  let source: String
  let priority: Int
  let state: String
  let since: String

  init(_ alarm: Alarm, of fleet: Fleet) {
    let place = Int(alarm.generator)
    generator = fleet.ids[place]
    id = "\(alarm.kind.row.name):\(generator)"
    region = fleet.regions[Int(fleet.generators[place].region)]
    kind = alarm.kind.row.need
    source = alarm.kind.row.recordWord == nil ? "raw" : "record"
    priority = alarm.priority
    state = "active"
    since = CivilTime(wall: alarm.sinceWall).rfc3339
  }
}

struct EventReport: Encodable, Sendable {
  let number: Int
  let time: String
  let generator: String
  let kind: String
  /// What the id of the alarm begins with that was raised or cleared.
  let alarm: Nullable<String>
  let retained: Bool

  init(_ event: FleetEvent, of fleet: Fleet) {
    number = event.number
    time = CivilTime(wall: event.stamp.wall).rfc3339
    generator = fleet.ids[Int(event.generator)]
    kind = event.kind.name
    alarm = Nullable(event.kind.alarm?.row.name)
    retained = event.isRetained
  }
}

struct HopReport: Encodable, Sendable {
  let id: String
  let state: String
  let ratePerSecond: Nullable<Double>
  let recordsBehind: Nullable<Int>
  let secondsBehind: Nullable<Double>
  let upToSeconds: Nullable<Double>
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
    upToSeconds = rounded(hop.upTo, 0)
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
  /// A message that could not be read.
  struct Example: Encodable, Sendable {
    let topic: String
    let reason: String
    let payload: String

    init(_ message: RejectedMessage) {
      (topic, reason, payload) = (message.topic, message.reason, message.payload)
    }
  }

  let state: String
  let reason: Nullable<String>
  let received: Int
  let ignored: Int
  let rejected: Int
  let lostFields: Int
  let unknownWords: Int
  /// The newest for each reason, at most 8.
  let examples: [Example]
  /// What became of the messages of configured sources; absent where there are none.
  let sources: [SourceReport]?

  init(_ feed: FeedKind, _ fleet: Fleet) {
    let traffic = fleet.traffic
    let counters = traffic.counters[feed] ?? FeedCounters()
    state = traffic.status(feed).word
    reason = Nullable(fleet.trouble(with: feed))
    received = counters.received
    ignored = counters.ignored
    rejected = counters.rejected
    lostFields = counters.lostFields
    unknownWords = counters.unknownWords
    sources = counters.sources?.map(SourceReport.init)
    let kept = [traffic.foreign[feed]].compactMap { $0 } + traffic.rejected.reversed()
    var met: Set<String> = []
    examples = kept.filter { $0.feed == feed && met.insert($0.reason).inserted }.prefix(8)
      .map(Example.init)
  }
}

/// What became of the messages of a configured source.
struct SourceReport: Encodable, Sendable {
  let name: String
  let messages: Int
  let understood: Int
  let notUnderstood: Int
  /// Why the newest of another kind was not understood.
  let reason: Nullable<String>
  let topic: Nullable<String>
  let payload: Nullable<String>
  /// Devices that announce themselves and are no generators; only where announcements are followed.
  let otherDevices: Int?

  init(_ figures: SourceFigures) {
    name = figures.name
    messages = figures.messages
    understood = figures.understood
    notUnderstood = figures.notUnderstood
    reason = Nullable(figures.reason)
    topic = Nullable(figures.topic)
    payload = Nullable(figures.payload)
    otherDevices = figures.otherDevices
  }
}
