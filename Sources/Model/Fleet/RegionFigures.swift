/// When a tank will be empty, at the pace of late.
public struct Emptying: Equatable, Sendable {
  public var generator: GeneratorIndex
  /// Seconds from the moment it was worked out; 0 for a tank that is empty.
  public var seconds: Double

  /// The soonest first; of two at the same time the one that was met first.
  static func precedes(_ left: Emptying, _ right: Emptying) -> Bool {
    (left.seconds, left.generator) < (right.seconds, right.generator)
  }
}

/// Sums over the generators of a region, or of the fleet, that send.
///
/// Those are neither offline nor silent; what the others said last is no part of any sum.
public struct RegionFigures: Equatable, Sendable {
  /// Generators that send.
  public internal(set) var sending = 0
  /// Those of them whose fuel is known.
  public internal(set) var fuelled = 0
  /// What their tanks hold together, each in its own unit; a tank below 0 holds nothing.
  public internal(set) var fuel = 0.0
  /// The one whose tank is the emptiest by its share.
  public internal(set) var lowest: GeneratorIndex?
  /// How full that tank is, in percent.
  public internal(set) var lowestPercent = Double.infinity
  /// Those whose engines run: by what they say, else if they have load or power above 0.
  public internal(set) var running = 0
  /// Those that tell of load or power at all.
  public internal(set) var loaded = 0
  /// The power of those that tell it, in the unit they use.
  public internal(set) var power = 0.0
  /// How many tell it.
  public internal(set) var powered = 0
  /// The one that will be empty first.
  public internal(set) var soonest: Emptying?

  var percentSum = 0.0

  public init() {}

  /// How full the tanks are on the average, in percent; nil if no fuel is known.
  public var meanPercent: Double? { fuelled > 0 ? percentSum / Double(fuelled) : nil }

  /// Adds a generator that sends; `seconds` are those until it is empty, if any are foreseen.
  mutating func add(
    _ reading: CoreReading,
    tank: Double,
    isRunning: Bool?,
    emptyIn seconds: Double?,
    _ generator: GeneratorIndex
  ) {
    sending += 1
    if let fuel = reading.fuel { add(fuel: fuel, tank: tank, generator) }
    if let isRunning {
      loaded += 1
      if isRunning { running += 1 }
    }
    if let power = reading.power {
      powered += 1
      self.power += power
    }
    guard let seconds else { return }
    let emptying = Emptying(generator: generator, seconds: seconds)
    if soonest.map({ Emptying.precedes(emptying, $0) }) ?? true { soonest = emptying }
  }

  private mutating func add(fuel: Double, tank: Double, _ generator: GeneratorIndex) {
    let held = max(0, fuel)
    let percent = min(held / tank * 100, 1e6)
    fuelled += 1
    self.fuel += held
    percentSum += percent
    if percent < lowestPercent {
      lowestPercent = percent
      lowest = generator
    }
  }
}

extension CoreReading {
  /// Whether it has load or power; nil if it tells of neither.
  public var isRunning: Bool? {
    let load = load
    let power = power
    guard load != nil || power != nil else { return nil }
    return load ?? 0 > 0 || power ?? 0 > 0
  }
}

extension ConditionCounts {
  /// Those that can be taken as there: neither lost, disconnected, silent nor never heard.
  public var online: Int { max(0, total - lost - disconnected - stale - never) }
}
