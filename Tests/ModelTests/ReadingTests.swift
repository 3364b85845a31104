import FoundationEssentials
import Testing

@testable import Model

struct ReadingTests {
  @Test(arguments: Metric.allCases)
  func whatIsMissingIsAbsentAndNotZero(metric: Metric) {
    var reading = Reading()
    #expect(reading[metric] == nil)
    #expect(reading.isEmpty)
    reading[metric] = 0
    #expect(reading[metric] == 0)
    #expect(!reading.isEmpty)
    #expect(Metric.allCases.allSatisfy { $0 == metric || reading[$0] == nil })
    reading[metric] = nil
    #expect(reading == Reading())
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func whatIsNotFiniteIsAbsent(value: Double) {
    var reading = World.reading(fuel: 5)
    reading[.fuel] = value
    #expect(reading.fuel == nil)
  }

  @Test func newerValuesReplaceAndMissingOnesDoNot() {
    var reading = World.reading(fuel: 5, load: 6).core
    reading.merge(World.reading(fuel: 7, power: 8).core)
    #expect(reading == World.reading(fuel: 7, load: 6, power: 8).core)
    var whole = CoreReading()
    for metric in Metric.allCases { whole[metric] = Double(metric.rawValue) }
    reading.merge(whole)
    #expect(reading == whole)
  }

  @Test func fingerprintsTellValuesApartAndLeaveOutPlaces() {
    var placed = World.reading(fuel: 5, load: 6)
    placed[.latitude] = 40
    placed[.longitude] = -73
    #expect(placed.fingerprint == World.reading(fuel: 5, load: 6).fingerprint)
    let others = [
      World.reading(fuel: 6, load: 5), World.reading(fuel: 5), World.reading(fuel: 5, power: 6),
      World.reading(fuel: 5, load: 6, power: 0), Reading(),
    ]
    for other in others { #expect(other.fingerprint != placed.fingerprint) }
  }

  @Test func fingerprintsOfEqualReadingsAreEqual() {
    #expect(World.reading(fuel: -0.0) == World.reading(fuel: 0))
    #expect(World.reading(fuel: -0.0).fingerprint == World.reading(fuel: 0).fingerprint)
  }

  @Test func fingerprintsOfAThousandReadingsAllDiffer() {
    var seen = Set<UInt32>()
    for fuel in 0..<1_000 {
      seen.insert(World.reading(fuel: Double(fuel), load: Double(fuel % 7)).fingerprint)
    }
    #expect(seen.count == 1_000)
  }

  @Test func survivesBeingWrittenDown() throws {
    var reading = World.reading(fuel: -129, load: 0, power: 0.1)
    reading[.longitude] = -73.47429
    let data = try JSONEncoder().encode([reading, Reading()])
    #expect(String(decoding: data, as: UTF8.self).contains("[-129,0,0.1,null,null,-73.47429]"))
    #expect(try JSONDecoder().decode([Reading].self, from: data) == [reading, Reading()])
  }

  @Test func everyKindOfEventSurvivesBeingWrittenDown() throws {
    let sample = Sample(
      generator: 3,
      source: .rawTopic,
      receivedAt: 7,
      reading: World.reading(fuel: 1)
    )
    let change = PresenceChange(generator: 1, word: .lastWill, isRetained: true, receivedAt: 9)
    var counters = FeedCounters()
    counters.received = 12
    let events: [FeedEvent] = [
      .names(generators: ["a"], regions: ["US"]), .samples([sample]),
      .folded([FoldedSamples(first: sample)]), .presence([change]),
      .foldedPresence([FoldedPresence(first: change)]),
      .enriched([EnrichedRecord(generator: 0, receivedAt: 1, recordTime: 5, reading: Reading())]),
      .status(.mqtt, .retrying(reason: "refused", nextTry: 5, attempt: 2)),
      .counters(.kafka, counters), .progress(World.progress(.raw)),
      .groupLag(GroupLag(recordsBehind: 1, secondsBehind: 2.5)),
      .watched(
        WatchedMessage(
          generator: 0,
          stage: .rawTopic,
          receivedAt: 3,
          topic: "t",
          size: 9,
          bytes: [0, 255],
          text: "é",
          fingerprint: 7
        )
      ),
      .rejected([
        RejectedMessage(
          feed: .mqtt,
          topic: "t",
          reason: "r",
          payload: "p",
          size: 1,
          receivedAt: 4
        )
      ]),
    ]
    let data = try JSONEncoder().encode(events)
    #expect(try JSONDecoder().decode([FeedEvent].self, from: data) == events)
  }

  @Test(arguments: [
    (Double.nan, Int64(0)), (.infinity, .max), (-.infinity, .min), (1e300, .max), (-1e300, .min),
    (1.5, 1_500_000_000), (-0.25, -250_000_000),
  ])
  func secondsBecomeNanosecondsWithinBounds(seconds: Double, nanoseconds: Int64) {
    #expect(Int64(seconds: seconds) == nanoseconds)
  }

  @Test func differencesOfTimesAreClamped() {
    #expect(Int64.max.nanoseconds(since: .min) == .max)
    #expect(Int64.min.nanoseconds(since: .max) == .min)
    #expect(Int64(5_000_000_000).seconds(since: 2_000_000_000) == 3)
    #expect(Int64.max.addingClamped(1) == .max)
    #expect(Int64.min.addingClamped(-1) == .min)
  }
}
