import Testing

@testable import Model

private let second: Int64 = 1_000_000_000

struct MatchRingTests {
  /// A ring of samples, one a second, that carry these values.
  private func ring(_ prints: [UInt32]) -> MatchRing {
    var ring = MatchRing()
    for (place, print) in prints.enumerated() {
      ring.add(print, at: Int64(place) * second, places: 256)
    }
    return ring
  }

  @Test func matchesInOrderByValuesThatDiffer() {
    var ring = ring([1, 2, 3])
    #expect(ring.unmatched == 3)
    #expect(ring.matchInOrder(1, at: 3 * second, sentAt: nil)?.delay == 3 * second)
    #expect(ring.unmatched == 2)
    #expect(
      ring.matchInOrder(2, at: 3 * second, sentAt: nil)
        == .init(delay: 2 * second, advance: 1, sampleAt: second)
    )
    #expect(ring.matchInOrder(3, at: 3 * second, sentAt: nil)?.delay == second)
    #expect(ring.unmatched == 0)
    #expect(ring.matchInOrder(4, at: 3 * second, sentAt: nil) == nil)
  }

  @Test func lostSamplesArePassedOver() {
    var ring = ring([1, 2, 3, 4, 5])
    #expect(ring.matchInOrder(1, at: 5 * second, sentAt: nil)?.advance == 1)
    let match = ring.matchInOrder(4, at: 5 * second, sentAt: nil)
    #expect(match == .init(delay: 2 * second, advance: 3, sampleAt: 3 * second))
    #expect(ring.matchInOrder(3, at: 5 * second, sentAt: nil) == nil)
    #expect(ring.matchInOrder(5, at: 5 * second, sentAt: nil)?.delay == second)
  }

  @Test func equalSamplesWithoutATimeTellNoDelay() {
    var ring = ring([1, 1, 1, 2, 3])
    #expect(
      ring.matchInOrder(1, at: 5 * second, sentAt: nil) == .init(delay: nil, advance: 3)
    )
    #expect(ring.matchInOrder(2, at: 5 * second, sentAt: nil)?.delay == 2 * second)
  }

  /// Equal samples, one each second; one in eight is lost on the way, the others take `late` seconds.
  @Test(arguments: [0, 1, 40])
  func equalSamplesAreInStepAgainThreeRecordsAfterALostOne(late: Int) {
    var ring = MatchRing()
    var delays: [Int64] = []
    for step in 0..<300 {
      ring.add(7, at: Int64(step) * second, places: 256)
      let sent = step - late
      guard sent >= 0, sent % 8 != 5 else { continue }
      let now = Int64(step) * second + second / 20
      let match = ring.matchInOrder(7, at: now, sentAt: Int64(sent) * second)
      if let delay = match?.delay { delays.append(delay) }
    }
    let exact = Int64(late) * second + second / 20
    #expect(delays.allSatisfy { $0 == exact || $0 == exact + second })
    #expect(delays.count { $0 != exact } <= delays.count * 2 / 7)
    #expect(ring.unmatched <= late + 1)
  }

  /// A bridge that was stopped gives the records of its stop the time when it went on.
  @Test func afterAStopEqualSamplesGoByTheirOrder() {
    var ring = MatchRing()
    for step in 0..<20 {
      ring.add(7, at: Int64(step) * second, places: 256)
      _ = ring.matchInOrder(7, at: Int64(step) * second, sentAt: Int64(step) * second)
    }
    for step in 20..<60 { ring.add(7, at: Int64(step) * second, places: 256) }
    let now = 59 * second + second / 2
    let delays = (20..<60).compactMap { _ in ring.matchInOrder(7, at: now, sentAt: now)?.delay }
    #expect(delays.first == now - 20 * second)
    #expect(ring.unmatched == 0)
  }

  @Test func aDelayFromBeforeWeLookedIsToldByTheBridgesClock() {
    var ring = MatchRing()
    ring.add(7, at: 100 * second, places: 256)
    let match = ring.matchInOrder(7, at: 100 * second, sentAt: 60 * second)
    #expect(match == .init(delay: 40 * second, advance: 0, isByClock: true))
    #expect(ring.matchInOrder(7, at: 100 * second, sentAt: nil)?.delay == nil)
  }

  @Test func recordsOfSamplesWeNeverSawDoNotWedgeIt() {
    var ring = MatchRing()
    for step in 0..<1_000 {
      let now = Int64(step) * second
      ring.add(UInt32(step), at: now, places: 256)
      // The record of another stranger comes before each of ours.
      #expect(ring.matchInOrder(UInt32(1_000_000 + step), at: now, sentAt: nil) == nil)
      let match = ring.matchInOrder(UInt32(step), at: now + 1_000_000, sentAt: nil)
      if step > 1 { #expect(match?.delay == 1_000_000) }
    }
  }

  @Test func wrapsAndGoesOn() {
    var ring = MatchRing()
    for step in 0..<1_000 { ring.add(UInt32(step), at: Int64(step) * second, places: 256) }
    #expect(ring.unmatched == 1_000)
    #expect(ring.matchInOrder(10, at: 1_000 * second, sentAt: nil) == nil)
    let match = ring.matchInOrder(900, at: 1_000 * second, sentAt: nil)
    #expect(match?.delay == 100 * second)
    #expect(match?.advance == 901)
    #expect(ring.unmatched == 99)
    #expect(age(ring, 10, at: 1_000) == nil)
    #expect(age(ring, 999, at: 1_000) == .init(nanoseconds: second))
  }

  private func age(
    _ ring: MatchRing,
    _ print: UInt32,
    wall: Int64? = nil,
    sentAt: Int64? = nil,
    at time: Int64
  ) -> MatchRing.Age? {
    let (wall, sentAt) = (wall.map { $0 * second }, sentAt.map { $0 * second })
    let raw = wall.flatMap { ring.age(ofRecord: $0, at: time * second) }
    return raw ?? ring.age(print, sentAt: sentAt, at: time * second)
  }

  @Test func ofEqualSamplesThePipelinesClockSaysWhichItWas() {
    let ring = ring([1, 2, 1, 1, 3])
    #expect(age(ring, 2, at: 10) == .init(nanoseconds: 9 * second))
    #expect(age(ring, 1, at: 10) == nil)
    #expect(
      age(ring, 1, sentAt: 2, at: 10) == .init(nanoseconds: 8 * second, isByClock: true)
    )
    #expect(age(ring, 1, sentAt: 6, at: 10) == nil)
    // Before all that is known, of which the first was the same.
    #expect(
      age(ring, 1, sentAt: -50, at: 10) == .init(nanoseconds: 60 * second, isByClock: true)
    )
    #expect(age(ring, 9, at: 10) == nil)
  }

  @Test func theRawTopicsTimesNameTheSample() {
    var ring = MatchRing()
    // The pipeline's clock is an hour ahead, and its records reach us after two seconds.
    for step in 0..<30 as Range<Int64> {
      ring.add(7, at: step * second, places: 256)
      ring.addRecord(of: (3_600 + step) * second, at: (step + 2) * second, places: 256)
    }
    #expect(age(ring, 7, wall: 3_610, at: 40) == .init(nanoseconds: 28 * second))
    let before = age(ring, 7, wall: 3_550, at: 40)
    #expect(before == .init(nanoseconds: 88 * second, isByClock: true))
    // A time that no record bears is none of the raw topic.
    #expect(age(ring, 7, wall: 3_650, at: 40) == nil)
  }

  @Test(arguments: [Double.infinity, -1, 0, 1e-300, 1e300])
  func whateverThePaceItHolds(interval: Double) {
    var ring = MatchRing()
    for step in 0..<600 {
      ring.add(
        UInt32(step),
        at: .max - Int64(step),
        places: MatchRing.places(of: interval, within: 150)
      )
      ring.addRecord(
        of: .min + Int64(step),
        at: .max,
        places: MatchRing.places(of: interval, within: 150)
      )
      _ = ring.matchInOrder(UInt32(step), at: .min, sentAt: .max)
    }
    #expect(ring.age(599, sentAt: .min, at: .min) != nil)
    #expect(ring.age(ofRecord: .min, at: .max) != nil)
  }
}
