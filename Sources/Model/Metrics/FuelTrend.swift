/// How fast a tank empties: the slope of its fuel since the engine's work last changed, mixed with what is known of such
/// engines until the slope itself is good.
///
/// What load and power say of the engine parts the time: from a start, a stop or another load on, older fuel no longer
/// counts, and what it taught of the engine stays as ``own``.
public struct FuelTrend: Sendable {
  /// Fuel beyond this is held at it, so that no difference of two overflows.
  private static let limit = 1e15
  /// Slopes are taken again at most this often, in seconds.
  private static let pause: Float = 15

  /// Units a second and its standard error; not a number if it does not burn, or is not known yet.
  var rate = EngineBurn()
  /// What its runs taught of the engine.
  var own = EngineBurn()
  /// Whether that is what a unit of power takes and not what full load does.
  var ownIsByPower = false
  private(set) var work = WorkWatch()
  /// Whether ``burn`` is what is known of such engines rather than what this one was seen to burn.
  public internal(set) var isByModel = false
  /// Whether the fuel stands still though the engine runs: its sensor may be stuck.
  public internal(set) var isStuck = false
  /// Whether 1 % of the tank an hour and more has gone for an hour though nothing runs.
  public internal(set) var leaks = false

  /// Seconds are counted from here.
  private var base: Int64 = 0
  /// The newest fuel, when it came, and since when it has been exactly that.
  private(set) var lastFuel: Float = 0
  private(set) var lastAt: Float = 0
  private(set) var unchangedSince: Float = 0
  /// When the work last changed.
  private(set) var began: Float = 0
  private var measuredAt = -Float.infinity
  private(set) var noise = FuelNoise()
  private var rise = FuelRise()
  var points = FuelPoints()

  public init() {}

  /// Whether fuel is lost though load and power say that nothing runs: to a leak, or to an engine with a dead sensor.
  public var fallsAtRest: Bool { work.kind == .stopped && rate.isKnown }

  /// The newest fuel; nil before the first.
  var last: Double? { points.count > 0 ? Double(lastFuel) : nil }

  /// Units of fuel burnt a second; nil if it does not burn or is not known yet.
  public var burn: Double? { rate.isKnown ? Double(rate.rate) : nil }

  /// Between which rates the burn lies in 19 of 20 cases, in units a second; nil while ``burn`` is not known.
  public var burnRange: ClosedRange<Double>? {
    guard rate.isKnown else { return nil }
    let width = 1.96 * rate.error
    return Double(max(0, rate.rate - width))...Double(rate.rate + width)
  }

  /// Adds the fuel at a monotonic time; tells of a refuelling that is over.
  ///
  /// A rise of 10 % of the tank from one value to the next begins one, and so does one of 2 % above the lowest of late that
  /// two values show; both must stand out from the noise, and the small one waits until that is known. It is over when
  /// nothing was added for two minutes, or when the fuel falls again by more than its noise: what is filled in steps is
  /// one. Values have to be confirmed: see ``Fleet``. Those older than the newest are left out.
  ///
  /// - Parameters:
  ///   - fuel: In units of the tank.
  ///   - time: When it was so.
  ///   - tank: The size of the tank.
  ///   - doing: What load and power say that the engine does.
  ///   - outside: What is known of the engine from elsewhere.
  /// - Returns: What was added, and when that ended.
  mutating func add(
    fuel: Double,
    at time: Int64,
    tank: Double,
    doing: EngineWork = .untold,
    outside: EngineBurn = EngineBurn()
  ) -> Refuelling? {
    let fuel = Float(min(max(fuel, -Self.limit), Self.limit))
    let isFirst = points.count == 0
    if isFirst { base = time }
    let seconds = Float(time.seconds(since: base))
    guard isFirst || seconds > lastAt else { return nil }
    let isOther = notes(doing)
    if isFirst {
      restart(fuel, at: seconds, isOther: true)
      measure(tank: tank, outside)
      return nil
    }
    noise.add(fuel, after: seconds - lastAt, last: lastFuel)
    let least = leastRise(of: tank)
    let low = min(points.lowestOfLate, lastFuel)
    let ended = rise.ends(with: fuel, at: seconds, fall: fall(of: tank), least)
    let rises = rise.rises(to: fuel, at: seconds, after: lastFuel, lowest: low, least)
    let isGone = lastFuel - fuel >= least.sudden
    let refuelling = ended.map {
      Refuelling(
        amount: Double($0.amount),
        at: base.addingClamped(Int64(seconds: Double($0.at)))
      )
    }
    if isOther || rises || isGone {
      if !isOther { learn(from: work) }
      restart(fuel, at: seconds, isOther: isOther)
    } else {
      if fuel != lastFuel { unchangedSince = seconds }
      (lastFuel, lastAt) = (fuel, seconds)
      move(by: points.add(fuel, at: seconds, span: work.kind == .stopped ? 7_200 : 1_800))
    }
    if lastAt - measuredAt >= Self.pause || points.count <= 8 { measure(tank: tank, outside) }
    return refuelling
  }

  /// Takes over what the engine does where no fuel is told: a stop holds at once.
  mutating func note(
    _ doing: EngineWork,
    at time: Int64,
    tank: Double,
    _ outside: EngineBurn
  ) -> Refuelling? {
    guard points.count > 0, case let seconds = Float(time.seconds(since: base)), seconds >= lastAt
    else { return nil }
    if notes(doing) {
      restart(lastFuel, at: seconds, isOther: true)
      measure(tank: tank, outside)
    }
    return nil
  }

  /// Moves all points by nanoseconds: the clock their times were read off was set.
  mutating func move(by step: Int64) { base = base.addingClamped(step) }

  /// The least change from one value to the next that is neither noise nor burning.
  func suddenLeast(of tank: Double) -> Double {
    max(tank * 0.1, min(6 * Double(noise.knownDeviation), tank * 0.25), .leastNonzeroMagnitude)
  }

  /// By how much a value is off the one before that nobody believes without a second one.
  func oddLeast(of tank: Double) -> Double {
    guard noise.isKnown else { return suddenLeast(of: tank) }
    return max(tank * 0.025, min(6 * Double(noise.deviation), tank * 0.25), .leastNonzeroMagnitude)
  }

  /// What comes next to a value of all that a level can have become by burning since the newest fuel.
  ///
  /// After a gap of half an hour a tenth of the tank is gone, and that is not odd.
  func nearest(to fuel: Double, burningFrom last: Double, at time: Int64) -> Double {
    guard fuel < last, let burn = burnRange?.upperBound else { return last }
    return max(fuel, last - burn * max(0, time.seconds(since: base) - Double(lastAt)))
  }

  private func leastRise(of tank: Double) -> FuelRise.Least {
    let gradual = max(tank * 0.02, min(5 * Double(noise.deviation), tank * 0.25))
    return FuelRise.Least(
      sudden: Float(suddenLeast(of: tank)),
      gradual: noise.isKnown ? Float(max(gradual, .leastNonzeroMagnitude)) : nil
    )
  }

  private func fall(of tank: Double) -> Float {
    max(Float(tank * 0.02), 3 * noise.knownDeviation)
  }

  /// Takes over what the engine does; says whether that is something else than before.
  private mutating func notes(_ doing: EngineWork) -> Bool {
    let before = work
    guard work.changes(to: doing) else { return false }
    learn(from: before)
    // What a kilowatt takes says nothing of what full load takes.
    if work.kind.isRunning, own.isKnown, ownIsByPower != (work.kind == .byPower) {
      own = EngineBurn()
    } else if before.kind == work.kind, work.kind.isRunning {
      widenOwn(from: before.share)
    }
    return true
  }

  private mutating func restart(_ fuel: Float, at seconds: Float, isOther: Bool) {
    if isOther { began = seconds }
    if fuel != lastFuel { unchangedSince = seconds }
    (lastFuel, lastAt) = (fuel, seconds)
    measuredAt = -.infinity
    points = FuelPoints()
    _ = points.add(fuel, at: seconds, span: 0)
    shift(by: seconds)
  }

  /// Lets seconds be counted from later on.
  private mutating func shift(by seconds: Float) {
    points.move(by: seconds)
    move(by: seconds)
  }

  private mutating func move(by seconds: Float) {
    guard seconds != 0 else { return }
    base = base.addingClamped(Int64(seconds: Double(seconds)))
    lastAt -= seconds
    unchangedSince -= seconds
    began -= seconds
    measuredAt -= seconds
    rise.move(by: seconds)
  }

  private mutating func measure(tank: Double, _ outside: EngineBurn) {
    measuredAt = lastAt
    var line = points.line
    // Two lines can only be so much better than one if one is as bad as that.
    let certainty = 6.0
    if line.residue > certainty * certainty * variance,
      let first = points.breaks(variance: variance, certainty: certainty)
    {
      learn(from: work, atLeast: 0.25)
      move(by: points.drop(first))
      line = points.line
    }
    judge(line, tank: tank, outside)
  }

  /// Of a reading.
  var variance: Double { Double(noise.deviation) * Double(noise.deviation) }
}
