import Dashboard
import FoundationEssentials
import Model
import Report
import Testing

struct FleetReportTests {
  /// One generator with every value, one that was only heard retained, one hidden by its region.
  private func state(regions: [String] = []) -> DashboardState {
    var options = DashboardOptions()
    options.choices.regions = regions
    var state = DashboardState(options)
    let stamp = Stamp(monotonic: 100_000_000_000, wall: 1_700_000_000_000_000_000)
    func apply(_ kind: Event.Kind) { _ = state.apply(Event(kind, at: stamp)) }
    var reading = Reading()
    reading[.fuel] = 277
    reading[.load] = 2
    reading[.power] = 186
    reading[.temperature] = 186
    reading[.latitude] = 40.68066
    reading[.longitude] = -73.47429
    apply(.feed(.names(generators: ["generator1", "generator2"], regions: ["US", "EU"])))
    apply(.feed(.status(.mqtt, .live)))
    let sample = Sample(
      generator: 0,
      source: .mqtt,
      receivedAt: stamp.monotonic - 1_500_000_000,
      reading: reading
    )
    apply(.feed(.samples([sample])))
    let record = EnrichedRecord(
      generator: 0,
      region: 1,
      alarm: .refuel,
      receivedAt: stamp.monotonic,
      sampleTime: stamp.wall - 2_000_000_000,
      reading: reading
    )
    let other = EnrichedRecord(
      generator: 1,
      region: 2,
      alarm: .refuel,
      receivedAt: stamp.monotonic + 1,
      sampleTime: stamp.wall,
      reading: Reading()
    )
    apply(.feed(.enriched([record, other])))
    let will = PresenceChange(
      generator: 1,
      word: .lastWill,
      isRetained: true,
      receivedAt: stamp.monotonic
    )
    apply(.feed(.presence([will])))
    apply(.frame)
    return state
  }

  private func object(_ state: DashboardState) throws -> Shape {
    let json = try FleetReport(state).json()
    return try JSONDecoder().decode(Shape.self, from: Data(json.utf8))
  }

  /// What a script reads out of the report.
  private struct Shape: Decodable {
    struct Generator: Decodable {
      var id, region, session, freshness: String
      var name, alarm, source: String?
      var fuel, fuelPercent, load, power, temperature, lat, lon: Double?
      var sampleAgeSeconds, enrichedAgeSeconds, timeToEmptySeconds: Double?
    }
    struct Alarm: Decodable {
      var id, generator, region, kind, state, since: String
      var priority: Int
    }
    struct Happening: Decodable {
      var number: Int
      var time, generator, kind: String
      var alarm: String?
      var retained: Bool
    }
    struct Hop: Decodable {
      var id, state: String
      var reason: String?
    }
    struct Feed: Decodable {
      var state: String
      var reason: String?
      var received, rejected: Int
    }
    struct Hidden: Decodable { var generators, alarms: Int }
    struct Missing: Decodable, Equatable { var feeds, generators: [String] }
    var schema: Int
    var time: String
    var complete: Bool
    var missing: Missing
    var eventsDropped: Int
    var counts: [String: Int]
    var generators: [Generator]
    var alarms: [Alarm]
    var events: [Happening]
    var hops: [Hop]
    var feeds: [String: Feed]
    var hidden: Hidden
  }

  @Test func givesEveryValueAsItWasSent() throws {
    let shape = try object(state())
    let first = try #require(shape.generators.first { $0.id == "generator1" })
    #expect(shape.schema == 1)
    #expect(shape.time == "2023-11-14T22:13:20.000Z")
    #expect(first.fuel == 277 && first.fuelPercent == 27.7 && first.load == 2)
    #expect(first.power == 186 && first.temperature == 186)
    #expect(first.lat == 40.68066 && first.lon == -73.47429)
    #expect(first.region == "US" && first.alarm == "refuel" && first.session == "unknown")
    #expect(first.freshness == "live" && first.sampleAgeSeconds == 1.5)
    #expect(first.enrichedAgeSeconds == 2)
    #expect(first.name == nil && first.timeToEmptySeconds == nil)
  }

  @Test func writesNullForWhatIsAbsent() throws {
    let json = try FleetReport(state()).json()
    #expect(json.contains(#""name":null"#))
    #expect(json.contains(#""timeToEmptySeconds":null"#))
    let second = try #require(try object(state()).generators.first { $0.id == "generator2" })
    #expect(second.fuel == nil && second.sampleAgeSeconds == nil)
    #expect(second.session == "offline")
  }

  @Test func listsAlarmsEventsHopsAndFeeds() throws {
    let shape = try object(state())
    #expect(Set(shape.alarms.map(\.id)) == ["refuel:generator1", "refuel:generator2"])
    #expect(
      shape.alarms.first { $0.generator == "generator1" }?.since == "2023-11-14T22:13:18.000Z"
    )
    #expect(shape.events.map(\.kind) == ["lastWill"])
    #expect(shape.events.first?.retained == true)
    #expect(shape.hops.map(\.id) == ["mqtt", "bridge", "sink", "task", "enriched", "screen"])
    #expect(shape.hops.first { $0.id == "sink" }?.reason == "no group configured")
    #expect(shape.feeds["mqtt"]?.state == "live")
    #expect(shape.feeds["kafka"]?.state == "off")
  }

  @Test func countsWhatTheRegionHides() throws {
    let shape = try object(state(regions: ["us"]))
    #expect(shape.generators.map(\.id) == ["generator1"])
    #expect(shape.alarms.map(\.generator) == ["generator1"])
    #expect(shape.hidden.generators == 1 && shape.hidden.alarms == 1)
  }

  @Test func saysWhatIsMissingAndWhereValuesComeFrom() throws {
    let shape = try object(state())
    #expect(!shape.complete && shape.missing == .init(feeds: ["kafka"], generators: []))
    #expect(shape.generators.map(\.source) == ["mqtt", "record"])
    #expect(shape.generators.map(\.freshness) == ["live", "lost"])
    #expect(shape.counts["lost"] == 1 && shape.counts["disconnected"] == 0)
    #expect(shape.counts["stale"] == 0 && shape.counts["alarm"] == 2)
  }

  @Test func tellsAlarmsAmongTheEventsAndHowManyWereCut() throws {
    var state = state()
    for second in 1...250 as ClosedRange<Int64> {
      let wall = 1_700_000_000_000_000_000 + second * 1_000_000_000
      let stamp = Stamp(monotonic: 100_000_000_000 + second * 1_000_000_000, wall: wall)
      let isOver = second % 2 == 1
      var reading = Reading()
      reading[.fuel] = isOver ? 900 : 300
      let record = EnrichedRecord(
        generator: 1,
        region: 1,
        alarm: isOver ? .noAction : .refuel,
        receivedAt: stamp.monotonic,
        sampleTime: wall,
        reading: reading
      )
      _ = state.apply(Event(.feed(.enriched([record])), at: stamp))
    }
    let shape = try object(state)
    #expect(shape.events.count == 200 && shape.eventsDropped == 51)
    #expect(shape.events.suffix(2).map(\.kind) == ["alarmCleared", "alarmRaised"])
    #expect(shape.events.allSatisfy { $0.alarm == "refuel" })
    #expect(shape.events.map(\.number) == Array(51..<251))
  }

  @Test func printsATableForPeople() {
    let text = plainReport(state(regions: ["us"]))
    #expect(text.contains("2 generators, 2 to refuel, 1 lost"))
    #expect(text.contains("\nincomplete: waiting for kafka\n"))
    #expect(text.contains("generator1  US"))
    #expect(text.contains("hidden: 1 generator, 1 in alarm"))
    #expect(!text.contains("generator2"))
  }

  @Test func tellsOfWhichGeneratorsRawAndEnrichedDiffer() throws {
    var state = state()
    let start = Stamp(monotonic: 100_000_000_000, wall: 1_700_000_000_000_000_000)
    func apply(_ kind: Event.Kind, at seconds: Int64) {
      let now = Stamp(
        monotonic: start.monotonic + seconds * 1_000_000_000,
        wall: start.wall + seconds * 1_000_000_000
      )
      _ = state.apply(Event(kind, at: now))
    }
    apply(.feed(.status(.kafka, .live)), at: 0)
    let progress = ReaderProgress(
      topics: .enriched,
      names: ["EGx"],
      partitions: 1,
      recordsBehind: 0,
      hasReadHistory: true
    )
    apply(.feed(.progress(progress)), at: 0)
    for seconds in stride(from: 10, through: 170, by: 10) as StrideThrough<Int64> {
      let sample = Sample(
        generator: 0,
        source: .mqtt,
        receivedAt: start.monotonic + seconds * 1_000_000_000,
        reading: Reading()
      )
      apply(.feed(.samples([sample])), at: seconds)
      apply(.tick, at: seconds)
    }
    apply(.frame, at: 171)
    let json = try FleetReport(state).json()
    #expect(json.contains(#""counts":{"disagrees":0,"late":0,"notEnriched":1,"notRaw":0}"#))
    #expect(json.contains(#""id":"generator1","kind":"notEnriched","region":"US""#))
    #expect(json.contains(#""since":"2023-11-14T22:13:30.000Z""#))
    #expect(json.contains(#""recordsAsOf":"2023-11-14T22:13:20.000Z"#))
  }
}
