public import Pipeline

/// Which fleet lives, and how fast.
public struct LifePlan: Equatable, Sendable {
  /// At most 200,000.
  public var generatorCount: Int
  /// The same seed gives the same lives.
  public var seed: UInt64 = 1
  public var regions = RegionTable.usDivisions
  /// Simulated seconds in a second.
  public var pace = 1.0
  /// The hour of the day when it begins, 0 to 24.
  public var startHour = 8.0
  /// Generators that are found in a certain state, whatever their past.
  public var starts: [GeneratorStart] = []

  static let maximumCount = 200_000
}

extension LifePlan {
  public init(generatorCount: Int) {
    self.generatorCount = generatorCount
  }
}

/// A generator that runs at a certain load with so much fuel when the fleet goes live.
public struct GeneratorStart: Equatable, Sendable {
  /// Counted from 0: 0 is `generator1`.
  public var generator: Int
  /// Units.
  public var fuel: Double
  /// Percent.
  public var load: Double
  /// How long it keeps the load, in seconds of the clock.
  public var seconds: Double

  public init(generator: Int, fuel: Double, load: Double, seconds: Double) {
    self.generator = generator
    self.fuel = min(max(0, fuel), Engine.tank)
    self.load = min(max(0, load), 100)
    self.seconds = max(0, seconds)
  }
}

/// The lives of a fleet: pure, seeded, without a clock.
///
/// A generator lives in steps; equal plans and equal steps give equal samples. Grid failures come and go by region;
/// during one its generators run and burn fuel, otherwise they stand by.
public struct GeneratorLife: Sendable {
  public let plan: LifePlan
  /// By position.
  public let identities: [GeneratorIdentity]

  var generators: [SimulatedGenerator]
  private let regionIndices: [Int]
  private var grids: [GridSchedule]

  /// How busy each hour of the day is.
  private static let hours = [
    0.58, 0.55, 0.54, 0.54, 0.56, 0.62, 0.71, 0.80, 0.87, 0.91, 0.93, 0.95,
    0.96, 0.95, 0.94, 0.93, 0.94, 0.98, 1.00, 0.99, 0.94, 0.86, 0.75, 0.65,
  ]
  /// The longest step of a life, in simulated seconds.
  private static let longestStep = 60.0
  /// No step of the clock is longer in simulated seconds: a month.
  private static let longestAdvance = 30.0 * 86_400

  public init(_ given: LifePlan) {
    var plan = given
    plan.generatorCount = min(max(0, plan.generatorCount), LifePlan.maximumCount)
    plan.pace = plan.pace.isFinite ? min(max(0, plan.pace), 100_000) : 1
    plan.startHour = plan.startHour.isFinite ? plan.startHour : 8
    self.plan = plan
    var random = SeededRandom(seed: plan.seed, stream: -1)
    let placement = Placement(plan, random: &random)
    identities = placement.identities
    regionIndices = placement.regionIndices
    let count = plan.generatorCount
    let told = Set(plan.starts.map(\.generator))
    let free = (0..<count).filter { !told.contains($0) }.shuffled(using: &random)
    // One leaks and one is robbed, but in a fleet of fewer than two.
    let flaws: [Int: SimulatedGenerator.Flaw] =
      free.count > 1 ? [free[0]: .leak, free[1]: .theft] : [:]
    generators = (0..<count).map { number in
      SimulatedGenerator(number: number, seed: plan.seed, flaw: flaws[number] ?? .none)
    }
    let dark = Int.random(in: 0..<max(1, plan.regions.regions.count), using: &random)
    grids = plan.regions.regions.indices.map { index in
      GridSchedule(
        random: SeededRandom(seed: plan.seed, stream: -2 - index),
        meanGap: 9 * 3600,
        meanLength: 4 * 3600,
        beginsFailed: index == dark || random.happens(0.3),
      )
    }
    for start in plan.starts { apply(start) }
  }

  /// Lets time pass for a generator and gives what it reports then.
  public mutating func advance(_ number: Int, nanoseconds: Int64) -> GeneratorSample {
    let seconds = min(Double(max(0, nanoseconds)) / 1e9 * plan.pace, Self.longestAdvance)
    let steps = max(1, (seconds / Self.longestStep).rounded(.up))
    for _ in 0..<Int(steps) { advance(number, seconds: seconds / steps) }
    return generators[number].sample()
  }

  /// Lets the grid of a region fail now, for this many seconds of the clock; false when there is no such region.
  @discardableResult
  public mutating func failGrid(region: String, seconds: Double) -> Bool {
    guard let index = plan.regions.regions.firstIndex(of: region) else { return false }
    let now = generators.map(\.age).max() ?? 0
    grids[index].fail(at: now, seconds: seconds * plan.pace)
    return true
  }

  /// Puts a generator into a state from its next step on; nothing happens when there is no such generator.
  public mutating func apply(_ start: GeneratorStart) {
    guard generators.indices.contains(start.generator) else { return }
    let end = generators[start.generator].age + start.seconds * plan.pace
    generators[start.generator].fuel = start.fuel
    generators[start.generator].holds = [.init(load: start.load, end: end, barsTruck: false)]
  }

  private mutating func advance(_ number: Int, seconds: Double) {
    let region = regionIndices[number]
    let second = generators[number].age + seconds
    let isGridFailed = grids.indices.contains(region) && grids[region].isFailed(at: second)
    generators[number].advance(
      seconds: seconds,
      isGridFailed: isGridFailed,
      hour: busyness(at: second),
    )
  }

  private func busyness(at second: Double) -> Double {
    let hour = (plan.startHour + second / 3600).truncatingRemainder(dividingBy: 24)
    let positive = hour < 0 ? hour + 24 : hour
    let index = min(23, Int(positive))
    let next = Self.hours[(index + 1) % 24]
    return Self.hours[index] + (next - Self.hours[index]) * (positive - Double(index))
  }
}
