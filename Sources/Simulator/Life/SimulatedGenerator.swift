/// The life of one generator, in simulated time; equal seeds and equal steps give equal lives.
struct SimulatedGenerator: Sendable {
  /// What is wrong with it for good.
  enum Flaw: Equatable, Sendable {
    case none
    /// Its tank loses fuel all the time.
    case leak
    /// Somebody takes fuel now and then.
    case theft
  }

  /// A load that was told it, in place of what grid and hour make of it.
  struct Hold: Sendable {
    var load: Double
    /// In seconds of simulated time.
    var end: Double
    /// Whether the tank is left alone until then.
    var barsTruck: Bool
  }

  let flaw: Flaw
  let engine: Engine
  /// Seconds that it has lived.
  private(set) var age = 0.0
  var fuel: Double
  /// One after the other.
  var holds: [Hold] = []

  private var random: SeededRandom
  private var site: GridSchedule
  private var truck = FuelTruck()
  private var load = 0.0
  private var temperature = Engine.restTemperature
  /// What its consumers draw at the busiest hour, in percent.
  private let demand: Double
  /// Drifts around 0, in percent.
  private var wander = 0.0
  /// It runs for half an hour each week, from this second of it on.
  private let exerciseStart: Double
  private var nextTheft: Double

  private static let week = 7.0 * 86_400
  private static let leakPerSecond = 18.0 / 3600
  private static let meanTheftGap = 10.0 * 3600
  /// How fast it warms and cools, in seconds.
  private static let heatLag = 300.0
  private static let loadLag = 60.0
  private static let wanderLag = 900.0

  init(number: Int, seed: UInt64, flaw: Flaw) {
    var random = SeededRandom(seed: seed, stream: number)
    self.flaw = flaw
    engine = Engine(hours: random.number(6...12))
    demand = random.number(45...100)
    fuel = random.number(250...Engine.tank)
    exerciseStart = random.number(0...Self.week)
    nextTheft = random.number(0.2...1) * Self.meanTheftGap
    site = GridSchedule(
      random: SeededRandom(seed: random.next()),
      meanGap: 30 * 3600,
      meanLength: 1.5 * 3600,
      beginsFailed: random.happens(0.1),
    )
    self.random = random
  }

  /// Lets at most a minute pass.
  ///
  /// - Parameters:
  ///   - seconds: how much.
  ///   - isGridFailed: whether the region is without grid.
  ///   - hour: how busy the hour of the day is, 0 to 1.
  mutating func advance(seconds: Double, isGridFailed: Bool, hour: Double) {
    age += seconds
    while let hold = holds.first, hold.end <= age { holds.removeFirst() }
    let isSiteFailed = site.isFailed(at: age)
    let weekday = (age + Self.week - exerciseStart).truncatingRemainder(dividingBy: Self.week)
    wander += (random.number(-25...25) - wander) * Self.share(seconds, of: Self.wanderLag)
    var target = 0.0
    if isGridFailed || isSiteFailed {
      target = min(100, max(8, demand * hour + wander))
    } else if weekday < 1800 {
      target = 30
    }
    if fuel <= 0 { target = 0 }
    follow(target, seconds: seconds)
    if let hold = holds.first { load = fuel > 0 ? hold.load : 0 }
    let heat = Self.share(seconds, of: Self.heatLag)
    temperature += (Engine.temperature(load: load) - temperature) * heat
    spendFuel(seconds: seconds)
    guard holds.first?.barsTruck != true else { return }
    truck.serve(&fuel, at: age, seconds: seconds, random: &random)
  }

  /// What it reports now.
  mutating func sample() -> GeneratorSample {
    let power = Engine.power(load: load) * random.number(0.985...1.015)
    return GeneratorSample(
      temperature: Int(temperature.rounded()),
      power: Int(min(Engine.ratedPower, power).rounded()),
      load: Int(load.rounded(.up)),
      fuel: Int(fuel.rounded(.down)),
    )
  }

  private mutating func follow(_ target: Double, seconds: Double) {
    // It takes its load over at once when it starts, and drops it at once when the grid is back.
    let isSteady = load > 0 && target > 0
    load = isSteady ? load + (target - load) * Self.share(seconds, of: Self.loadLag) : target
  }

  private mutating func spendFuel(seconds: Double) {
    if load > 0 { fuel -= engine.burn(load: load) * seconds }
    if holds.isEmpty { loseFuel(seconds: seconds) }
    fuel = min(Engine.tank, max(0, fuel))
  }

  private mutating func loseFuel(seconds: Double) {
    switch flaw {
    case .none: break
    case .leak: fuel -= Self.leakPerSecond * seconds
    case .theft:
      // Nobody steals from an engine that runs, or from a tank that is not worth it.
      guard age >= nextTheft, load == 0, fuel > 300 else { return }
      fuel -= random.number(120...260)
      nextTheft = age + random.number(0.5...1.5) * Self.meanTheftGap
    }
  }

  /// How much of its way to a target something goes in that time; without `exp`, whose last bit differs between
  /// machines.
  private static func share(_ seconds: Double, of lag: Double) -> Double {
    seconds / (seconds + lag)
  }
}
