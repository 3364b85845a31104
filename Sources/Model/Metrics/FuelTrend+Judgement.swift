extension FuelTrend {
  /// What the points say of the burn: units a second, with its standard error; nil if they are too few.
  struct Slope {
    var fall: Double
    var error: Double
    /// By how much the error is to be taken for 19 of 20 cases, for as few points as there are.
    var factor: Double
  }

  /// What the line through all points says.
  ///
  /// Burning that varies by itself makes the level wander about the line, which says less of the slope than noise does.
  /// Points may stray from the line by more than the noise of single samples tells: sloshing, steps of the sensor. A
  /// sensor that counts in steps says nothing of what happens within one.
  func slope(_ line: FuelLine, tank: Double) -> Slope? {
    guard points.count >= 3, line.spread.isFinite else { return nil }
    let free = Double(points.count - 2)
    let strays = points.count >= 5 ? line.residue / free : 0
    let wander = points.count >= 8 && strays > 1.5 * variance ? points.wander(about: line) : 1
    let step = Double(min(noise.step, Float(tank * 0.01)))
    let span = Double(points.span)
    let coarse = 0.4 * step / span / max(1, line.fall * span / step)
    let square = max(variance, strays) * line.spread * wander + coarse * coarse
    return Slope(
      fall: line.fall,
      error: square.squareRoot(),
      factor: 1.96 + 2.4 / free + 5 / (free * free)
    )
  }

  /// Works out the burn, what it is known by, and what is doubtful about it.
  mutating func judge(_ line: FuelLine, tank: Double, _ outside: EngineBurn) {
    let slope = slope(line, tank: tank)
    rate = EngineBurn()
    isByModel = false
    leaks = false
    switch work.kind {
    case .untold:
      isStuck = false
      guard let slope, slope.fall > 0, slope.factor * slope.error < 0.35 * slope.fall else {
        return
      }
      rate = EngineBurn(Float(slope.fall), error: Float(slope.error))
    case .stopped:
      isStuck = false
      judgeStopped(slope, tank: tank)
    case .byLoad, .byPower:
      judgeRunning(slope, tank: tank, outside)
    }
  }

  /// A stopped engine burns nothing; but its load may be a dead sensor's, and its tank may leak.
  private mutating func judgeStopped(_ slope: Slope?, tank: Double) {
    guard let slope, slope.fall > 4.5 * slope.error, slope.fall * 3_600 >= 0.01 * tank else {
      return
    }
    let gone = slope.fall * Double(points.span)
    guard gone >= max(0.005 * tank, 1.5 * Double(noise.step)) else { return }
    rate = EngineBurn(Float(slope.fall), error: Float(slope.error))
    isByModel = true
    // The oldest point is the mean of some minutes.
    leaks = lastAt - began >= 3_600 && points.span >= 3_000
  }

  private mutating func judgeRunning(_ slope: Slope?, tank: Double, _ outside: EngineBurn) {
    let known = work.kind == .byLoad ? own.mixed(with: outside) : own
    let seen = slope.map {
      EngineBurn(Float($0.fall) / work.mean, error: Float($0.error) / work.mean)
    }
    noteStuck(seen, known, slope, tank: tank)
    guard let seen, let slope, !isStuck else {
      take(known, isByModel: true)
      return
    }
    guard known.isKnown else {
      let isGood = slope.factor * slope.error < 0.2 * slope.fall
      let isLong = lastAt - began >= 290 && slope.fall > 1.5 * slope.error
      take(isGood || isLong ? seen : EngineBurn(), isByModel: false)
      return
    }
    var doubted = known
    let distance = seen.rate - known.rate
    doubted.error = max(known.variance, distance * distance / 9 - seen.variance).squareRoot()
    guard seen.rate > 0 else { return take(known, isByModel: true) }
    take(doubted.mixed(with: seen), isByModel: doubted.error < seen.error)
  }

  private mutating func take(_ full: EngineBurn, isByModel: Bool) {
    rate = EngineBurn(full.rate * work.share, error: full.error * work.share)
    self.isByModel = isByModel && rate.isKnown
  }

  /// Fuel that stands still though an engine runs at a fifth of its load: for as long as it would have burnt 2 % of the
  /// tank by what is known, or for half an hour.
  private mutating func noteStuck(
    _ seen: EngineBurn?,
    _ known: EngineBurn,
    _ slope: Slope?,
    tank: Double
  ) {
    let isAtWork = work.kind == .byPower || work.share > 0.27
    if isAtWork, lastAt - max(unchangedSince, began) >= 1_800 {
      isStuck = true
      return
    }
    guard let seen, known.isKnown, isAtWork else {
      if unchangedSince == lastAt { isStuck = false }
      return
    }
    let missed = Double(known.rate * work.mean * points.span)
    let least = max(0.02 * tank, 2.5 * Double(min(noise.step, Float(tank * 0.01))))
    if seen.rate + 2 * seen.error >= known.rate / 4 {
      if seen.rate >= known.rate / 4 { isStuck = false }
    } else if missed >= least {
      isStuck = true
    }
  }

  /// What its runs taught of the engine; nil while that is nothing.
  var learnt: LearntBurn? {
    guard own.isKnown else { return nil }
    return LearntBurn(
      rate: Double(own.rate) * 3_600,
      error: Double(own.error) * 3_600,
      isByPower: ownIsByPower
    )
  }

  /// What its runs taught of the engine, in units a second at full load, if it is rather certain.
  var ownAtFullLoad: Float? {
    own.isKnown && !ownIsByPower && own.error < 0.2 * own.rate ? own.rate : nil
  }

  /// Takes over what was learnt earlier, of numbers that anybody may have changed.
  mutating func recall(_ burn: LearntBurn) {
    let (rate, error) = (Float(burn.rate / 3_600), Float(burn.error / 3_600))
    guard !own.isKnown, rate > 0, rate.isFinite, error >= 0, error.isFinite else { return }
    own = EngineBurn(rate, error: max(error, 0.03 * rate))
    ownIsByPower = burn.isByPower
  }

  /// Keeps what a run taught of the engine, with an error of at least a share of it.
  mutating func learn(from run: WorkWatch, atLeast share: Float = 0) {
    guard run.kind.isRunning, !isStuck, points.count >= 4,
      let slope = slope(points.line, tank: .infinity),
      slope.fall > 0, slope.factor * slope.error < slope.fall
    else { return }
    let full = Float(slope.fall) / run.mean
    ownIsByPower = run.kind == .byPower
    own.learn(EngineBurn(full, error: max(Float(slope.error) / run.mean, share * full)))
  }

  /// Another load is known less well than the one before: tables of other engines say how burn goes by load.
  mutating func widenOwn(from before: Float) {
    guard own.isKnown else { return }
    let octaves = abs(Float.log2(work.share / before))
    own.widen(by: (work.kind == .byLoad ? 0.04 : 0.1) * octaves)
  }
}

extension Float {
  /// The logarithm to base 2, of a number above 0, to some hundredths.
  fileprivate static func log2(_ number: Float) -> Float {
    Float(number.exponent) + (number.significand - 1)
  }
}
