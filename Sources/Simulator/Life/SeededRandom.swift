/// Numbers that look random and are the same for the same seed: SplitMix64 by Steele, Lea and Flood.
struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A stream for one of many things of a kind, unlike that of its neighbours.
  init(seed: UInt64, stream: Int) {
    var mixer = SeededRandom(
      seed: seed &+ UInt64(bitPattern: Int64(stream)) &* 0xD1B5_4A32_D192_ED03
    )
    state = mixer.next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of a range.
  mutating func number(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  /// True as often as the share says, 0 to 1.
  mutating func happens(_ share: Double) -> Bool {
    number(0...1) < share
  }
}
