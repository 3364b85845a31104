/// What load and power say that an engine does.
struct EngineWork: Sendable {
  enum Kind: UInt8, Sendable {
    /// Neither is told.
    case untold
    case stopped
    /// Its share of the full load is known.
    case byLoad
    /// Only its power is known, and not of how much.
    case byPower

    var isRunning: Bool { self == .byLoad || self == .byPower }
  }

  var kind = Kind.untold
  /// By load what it burns of what it burns at full load, by power the power; else 1.
  var share: Float = 1

  static let untold = EngineWork()

  /// The share of the full burn at a share of the full load, between 0 and 1.5.
  ///
  /// The mean of published tables of sets of 100 to 2,000 kW, at each quarter; below the first the line through the first
  /// two.
  static func burnShare(ofLoad load: Float) -> Float {
    let quarters: InlineArray<5, Float> = [0.109, 0.316, 0.523, 0.747, 1]
    let place = min(max(load, 0), 1.5) * 4
    let before = min(Int(place), 3)
    return quarters[before] + (quarters[before + 1] - quarters[before]) * (place - Float(before))
  }
}

extension CoreReading {
  /// What these values say of the engine, whose rated power is not a number where nobody knows.
  ///
  /// A load of 0 beside power is a broken sensor's.
  func work(ratedPower: Float) -> EngineWork {
    guard let isRunning else { return .untold }
    guard isRunning else { return EngineWork(kind: .stopped) }
    if let load, load > 0 {
      return EngineWork(kind: .byLoad, share: EngineWork.burnShare(ofLoad: Float(load / 100)))
    }
    let power = Float(power ?? 0)
    if ratedPower > 0 {
      return EngineWork(kind: .byLoad, share: EngineWork.burnShare(ofLoad: power / ratedPower))
    }
    return EngineWork(kind: .byPower, share: min(power, 1e9))
  }
}

/// Tells a change of the work from its wavering.
struct WorkWatch: Sendable {
  private(set) var kind = EngineWork.Kind.untold
  /// Of late.
  private(set) var share: Float = 1
  /// Since it last changed.
  private(set) var mean: Float = 1
  /// How much one value strays from those before.
  private var stray: Float = 0
  private var count: UInt16 = 0

  /// Takes over what the engine does; says whether that is something else than before.
  ///
  /// A share is another one if it differs by 8 %, and by more than four times what it usually strays.
  mutating func changes(to work: EngineWork) -> Bool {
    guard work.kind == kind else {
      begin(work)
      return true
    }
    guard kind.isRunning else { return false }
    let step = abs(work.share - share)
    let isOther = step > max(0.08 * share, 4 * stray)
    stray += (min(step, 3 * stray + 0.05 * share) - stray) / 10
    if isOther {
      begin(work)
      return true
    }
    if count < .max { count += 1 }
    share += (work.share - share) * 0.3
    mean += (work.share - mean) / Float(count)
    return false
  }

  private mutating func begin(_ work: EngineWork) {
    if work.kind != kind { stray = 0 }
    kind = work.kind
    share = work.share
    mean = work.share
    count = 1
  }
}
