import Dashboard
import Model
import Testing

@testable import Report

/// What `--plain` says, a fleet at a time.
struct PlainTellerTests {
  private struct Talk {
    var state: DashboardState
    var teller: PlainTeller
    var seconds: Double = 1_000
    var said: [String] = []

    init(summary: Duration = .zero, filter: String = "") {
      var options = DashboardOptions()
      options.policy.hasRawFeed = true
      options.policy.hasEnrichedFeed = true
      options.policy.unit = "L"
      options.choices.filter = filter
      state = DashboardState(options)
      teller = PlainTeller(summaryInterval: summary)
    }

    mutating func apply(_ event: FeedEvent) {
      let nanoseconds = Int64(seconds: seconds)
      let stamp = Stamp(monotonic: nanoseconds, wall: 1_700_000_000_000_000_000 + nanoseconds)
      _ = state.apply(Event(.feed(event), at: stamp))
    }

    mutating func send(_ fuels: [Double]) {
      for (place, fuel) in fuels.enumerated() {
        var reading = Reading()
        reading[.fuel] = fuel
        let at = Int64(seconds: seconds)
        apply(
          .enriched([
            EnrichedRecord(
              generator: GeneratorIndex(place),
              region: 1,
              alarm: fuel < 500 ? .refuel : .noAction,
              receivedAt: at,
              sampleTime: 1_700_000_000_000_000_000 + at,
              reading: reading
            )
          ])
        )
      }
    }

    mutating func presence(_ word: PresenceChange.Word) {
      let at = Int64(seconds: seconds)
      apply(.presence([PresenceChange(generator: 0, word: word, receivedAt: at)]))
    }

    /// Lets a second pass and returns what is said then, without the time of day.
    mutating func listen() -> [String] {
      seconds += 1
      let nanoseconds = Int64(seconds: seconds)
      let stamp = Stamp(monotonic: nanoseconds, wall: 1_700_000_000_000_000_000 + nanoseconds)
      for kind in [Event.Kind.tick, .frame] { _ = state.apply(Event(kind, at: stamp)) }
      said = teller.lines(state)
      return said.map { String($0.dropFirst(9)) }
    }

    /// Up to the first summary.
    mutating func begin(_ fuels: [Double]) -> [String] {
      apply(.status(.mqtt, .live))
      apply(.status(.kafka, .live))
      apply(.names(generators: fuels.indices.map { "g\($0 + 1)" }, regions: ["North"]))
      send(fuels)
      apply(
        .progress(
          ReaderProgress(
            topics: .enriched,
            names: ["EG"],
            partitions: 1,
            recordsBehind: 0,
            hasReadHistory: true
          )
        )
      )
      return listen()
    }
  }

  @Test func beginsWithFeedsAndASummary() {
    var talk = Talk()
    let lines = talk.begin([900, 50])
    #expect(
      lines == [
        "mqtt is live", "kafka is live",
        "summary: 2 generators, 1 to refuel, 0 lost, 0 stale; mqtt live, kafka live",
        "critical: g2",
      ]
    )
    #expect(talk.said.allSatisfy { $0.hasPrefix("22:30:01 ") })
    #expect(talk.listen() == [])
  }

  @Test func tellsAlarmsAsTheyComeChangeAndGo() {
    var talk = Talk()
    _ = talk.begin([900, 900])
    talk.send([400, 900])
    #expect(talk.listen() == ["refuel alarm: g1 in North, fuel 400 L, 40 percent"])
    talk.send([90, 900])
    let worse = talk.listen()
    #expect(
      worse.count == 1 && worse[0].hasPrefix("now critical: g1 in North, fuel 90 L, 9 percent")
    )
    talk.send([900, 900])
    #expect(talk.listen().contains("alarm over: g1 in North"))
    #expect(talk.listen() == [])
  }

  @Test func tellsLastWillsAndReturns() {
    var talk = Talk()
    _ = talk.begin([900])
    talk.presence(.alive)
    _ = talk.listen()
    talk.presence(.lastWill)
    #expect(talk.listen() == ["lost: g1 in North, by its last will"])
    talk.seconds += 39
    talk.presence(.alive)
    #expect(talk.listen() == ["back: g1 in North, after 40 seconds"])
  }

  @Test func tellsAnOutageOnceAndItsEnd() {
    var talk = Talk()
    _ = talk.begin([900])
    for attempt in 1...5 {
      let status = FeedStatus.retrying(reason: "refused", nextTry: 0, attempt: attempt)
      talk.apply(.status(.mqtt, status))
      #expect(talk.listen() == (attempt == 1 ? ["mqtt is down: refused"] : []))
      talk.apply(.status(.mqtt, .connecting))
      #expect(talk.listen() == [])
    }
    talk.apply(.status(.mqtt, .live))
    #expect(talk.listen() == ["mqtt is live"])
  }

  @Test func sumsUpAsOftenAsAsked() {
    var talk = Talk(summary: .seconds(5))
    _ = talk.begin([900])
    let lines = (0..<20).flatMap { _ in talk.listen() }
    #expect(lines.count { $0.hasPrefix("summary: 1 generator,") } == 4)
  }

  @Test func aFloodIsCounted() {
    var talk = Talk()
    _ = talk.begin(Array(repeating: 900, count: 50))
    talk.send(Array(repeating: 400, count: 50))
    let lines = talk.listen()
    #expect(lines.count == 21 && lines.last == "and 30 more alarms")
  }

  @Test func aBurstIsOneLine() {
    var talk = Talk()
    _ = talk.begin(Array(repeating: 900, count: 30))
    let at = Int64(seconds: talk.seconds)
    let wills = (0..<30).map { PresenceChange(generator: $0, word: .lastWill, receivedAt: at) }
    talk.apply(.presence(wills))
    #expect(talk.listen() == ["30 lost in 1 s: North 30"])
  }

  @Test func aFeedOfWhichNothingIsUnderstoodIsToldOnce() {
    var talk = Talk()
    talk.apply(.status(.mqtt, .live))
    #expect(talk.listen() == ["mqtt is live"])
    var counters = FeedCounters()
    let message = RejectedMessage(
      feed: .mqtt,
      topic: "gensets/g25/state",
      reason: "no field known",
      kind: .foreign,
      payload: #"{"fuel_level": 63}"#,
      size: 18,
      receivedAt: Int64(seconds: talk.seconds)
    )
    for round in 0..<3 {
      counters.received += 1
      counters.ignored += 1
      talk.apply(.counters(.mqtt, counters))
      talk.apply(.rejected([message]))
      let lines = talk.listen()
      #expect(
        lines
          == (round > 0
            ? []
            : [
              "mqtt is live, but none understood: no field known, e.g. gensets/g25/state "
                + #"{"fuel_level": 63}"#
            ])
      )
    }
  }

  @Test func aFilterHidesNoAlarmUncounted() {
    var talk = Talk(summary: .seconds(1), filter: "g1")
    _ = talk.begin([900, 50])
    #expect(talk.listen().contains("hidden: 1 generator, 1 of them in alarm"))
  }

  @Test func whatIsAwayFromTheBeginningIsSummedUpAfterAWhile() {
    var talk = Talk()
    talk.apply(.status(.mqtt, .retrying(reason: "refused", nextTry: 0, attempt: 1)))
    let lines = (0..<15).flatMap { _ in talk.listen() }
    #expect(lines.first == "mqtt is down: refused")
    #expect(lines.count { $0.hasPrefix("summary: 0 generators") } == 1)
  }
}
