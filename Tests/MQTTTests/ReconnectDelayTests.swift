import MQTT
import Testing

struct ReconnectDelayTests {
  /// SplitMix64, so that a seed gives the same numbers each time.
  struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  @Test(arguments: [UInt64(1), 2, 3, 99])
  func doublesUpToHalfAMinute(_ seed: UInt64) {
    var generator = Seeded(state: seed)
    var delay = ReconnectDelay()
    for step in [1, 2, 4, 8, 16, 30, 30, 30] as [Int64] {
      let longest = step * 1_000_000_000
      #expect((longest / 2...longest).contains(delay.next(using: &generator)))
    }
    #expect(delay.attempts == 8)
  }

  @Test func neverOverflowsAndStartsAgainAfterASuccess() {
    var generator = Seeded(state: 7)
    var delay = ReconnectDelay()
    for _ in 0..<1000 {
      #expect(delay.next(using: &generator) <= ReconnectDelay.longestNanoseconds)
    }
    delay.reset()
    #expect(delay.attempts == 0)
    #expect(delay.next(using: &generator) <= ReconnectDelay.firstNanoseconds)
  }

  @Test func spreadsClientsThatLostTheSameBroker() {
    var generator = Seeded(state: 5)
    let waits = (0..<100).map { _ in
      var delay = ReconnectDelay()
      return delay.next(using: &generator)
    }
    #expect(Set(waits).count > 90)
  }
}
