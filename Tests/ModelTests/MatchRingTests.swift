import Testing

@testable import Model

private let second: Int64 = 1_000_000_000

struct MatchRingTests {
  /// A ring of samples, one a second, that carry these values.
  private func ring(_ prints: [UInt32]) -> MatchRing {
    var ring = MatchRing()
    for (place, print) in prints.enumerated() {
      ring.add(print, at: Int64(place) * second, interval: 1)
    }
    return ring
  }

  @Test func matchesInOrder() {
    var ring = ring([1, 2, 3])
    #expect(ring.unmatched == 3)
    #expect(ring.matchInOrder(1, at: 3 * second)?.delay == 3 * second)
    #expect(ring.unmatched == 2)
    #expect(ring.matchInOrder(2, at: 3 * second) == .init(delay: 2 * second, advance: 1))
    #expect(ring.matchInOrder(3, at: 3 * second) == .init(delay: second, advance: 1))
    #expect(ring.unmatched == 0)
    #expect(ring.matchInOrder(4, at: 3 * second) == nil)
  }

  @Test func lostSamplesArePassedOver() {
    var ring = ring([1, 2, 3, 4, 5])
    #expect(ring.matchInOrder(1, at: 5 * second)?.advance == 1)
    #expect(ring.matchInOrder(4, at: 5 * second) == .init(delay: 2 * second, advance: 3))
    #expect(ring.matchInOrder(3, at: 5 * second) == nil)
    #expect(ring.matchInOrder(5, at: 5 * second)?.delay == second)
  }

  @Test func equalSamplesInARowShiftNothingWhenSomeAreLost() {
    var ring = MatchRing()
    var delays: [Int64] = []
    for step in 0..<200 {
      let now = Int64(step) * second
      let print = UInt32(step / 10)
      ring.add(print, at: now, interval: 1)
      // Every third one is lost on the way; the others take 50 ms.
      guard step % 3 != 0 else { continue }
      if let delay = ring.matchInOrder(print, at: now + 50_000_000)?.delay { delays.append(delay) }
    }
    #expect(delays.count >= 10)
    #expect(delays.allSatisfy { $0 == 50_000_000 || $0 == 1_050_000_000 })
    #expect(ring.unmatched == 0)
  }

  @Test func aRunThatBeganBeforeWeLookedTellsNoDelay() {
    var ring = ring([1, 1, 1, 2])
    #expect(ring.matchInOrder(1, at: 4 * second) == .init(delay: nil, advance: 3))
    #expect(ring.matchInOrder(2, at: 4 * second) == .init(delay: second, advance: 1))
  }

  @Test func recordsOfSamplesWeNeverSawDoNotWedgeIt() {
    var ring = MatchRing()
    for step in 0..<1_000 {
      let now = Int64(step) * second
      ring.add(UInt32(step), at: now, interval: 1)
      // The record of another stranger comes before each of ours.
      #expect(ring.matchInOrder(UInt32(1_000_000 + step), at: now) == nil)
      #expect(ring.matchInOrder(UInt32(step), at: now + 1_000_000)?.delay == 1_000_000)
    }
  }

  @Test func wrapsAndGoesOn() {
    var ring = MatchRing()
    for step in 0..<1_000 { ring.add(UInt32(step), at: Int64(step) * second, interval: 1) }
    #expect(ring.unmatched == 1_000)
    #expect(ring.matchInOrder(10, at: 1_000 * second) == nil)
    let match = ring.matchInOrder(900, at: 1_000 * second)
    #expect(match == .init(delay: 100 * second, advance: 901))
    #expect(ring.unmatched == 99)
    #expect(ring.age(10, at: 1_000 * second) == nil)
    #expect(ring.age(999, at: 1_000 * second) == second)
  }

  @Test func findsTheNewestOfEqualSamples() {
    let ring = ring([1, 2, 1, 1, 3])
    #expect(ring.age(1, at: 10 * second) == 7 * second)
    #expect(ring.age(9, at: 10 * second) == nil)
  }

  @Test(arguments: [Double.infinity, -1, 0, 1e-300, 1e300])
  func whateverThePaceItHolds(interval: Double) {
    var ring = MatchRing()
    for step in 0..<600 { ring.add(UInt32(step), at: .max - Int64(step), interval: interval) }
    #expect(ring.age(599, at: .min) != nil)
  }
}
