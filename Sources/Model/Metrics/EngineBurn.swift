/// What an engine burns at full load, or for each unit of power, as far as somebody knows.
public struct EngineBurn: Equatable, Sendable {
  /// Units of fuel a second; not a number if nobody knows.
  var rate: Float = .nan
  /// The standard error of that.
  var error: Float = 0

  public init() {}

  init(_ rate: Float, error: Float) {
    self.rate = rate
    self.error = error
  }

  var isKnown: Bool { rate > 0 }

  /// This and another, by their variances.
  func mixed(with other: EngineBurn) -> EngineBurn {
    guard isKnown else { return other }
    guard other.isKnown else { return self }
    let weight = other.variance / (variance + other.variance)
    let mixed = weight * rate + (1 - weight) * other.rate
    return EngineBurn(mixed, error: (weight * variance).squareRoot())
  }

  /// Takes in what a run showed.
  ///
  /// Engines age and loads are not told exactly: what is known gets 3 % less certain by each. What contradicts it by more
  /// than three errors only makes it doubtful, until it is so doubtful that the run does not contradict it.
  mutating func learn(_ run: EngineBurn) {
    guard isKnown else {
      self = run
      return
    }
    widen(by: 0.03)
    let distance = abs(run.rate - rate)
    if distance > 3 * (variance + run.variance).squareRoot() {
      error = max(2 * error, distance / 6)
    } else {
      self = mixed(with: run)
    }
  }

  /// Makes it less certain by a share of it.
  mutating func widen(by share: Float) {
    error = (variance + share * share * rate * rate).squareRoot()
  }

  var variance: Float { error * error }
}
