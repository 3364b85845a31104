/// What an engine was seen to burn, as it is kept from one run of the program to the next.
public struct LearntBurn: Codable, Equatable, Sendable {
  /// Units of fuel an hour: at full load, or for each unit of power.
  public var rate: Double
  /// The standard error of that.
  public var error: Double
  /// Whether it is for each unit of power.
  public var isByPower: Bool

  public init(rate: Double, error: Double, isByPower: Bool = false) {
    (self.rate, self.error, self.isByPower) = (rate, error, isByPower)
  }
}

extension Fleet {
  /// How often what the fleet's engines burn is worked out, in nanoseconds.
  private static let usualInterval: Int64 = 60_000_000_000
  /// How many engines have to be known for that, and of how many it is worked out at most.
  private static let fewest = 8
  private static let most = 1_000
  /// By how much they may differ from their median, half of them by less, to be alike.
  private static let alike: Float = 0.3

  /// What the runs of a generator taught of its engine; nil while that is nothing.
  func learntBurn(of generator: GeneratorIndex) -> LearntBurn? {
    guard has(generator) else { return nil }
    return generators[Int(generator)].trend.learnt
  }

  /// Takes over what earlier runs of the program learnt of a generator; what this one has learnt is newer.
  mutating func recall(_ burn: LearntBurn, of generator: GeneratorIndex) {
    guard has(generator) else { return }
    generators[Int(generator)].trend.recall(burn)
  }

  /// Works out what the engines of this fleet usually burn at full load, if they are alike.
  ///
  /// Of a fleet of engines of all sizes that says nothing, and is not known.
  mutating func noteUsualBurn(at now: Int64) {
    guard now >= usualBurnDue else { return }
    usualBurnDue = now.addingClamped(Self.usualInterval)
    let step = max(1, generators.count / Self.most)
    var rates: [Float] = []
    for place in stride(from: 0, to: generators.count, by: step) {
      if let rate = generators.span[place].trend.ownAtFullLoad { rates.append(rate) }
    }
    usualBurn = EngineBurn()
    guard rates.count >= Self.fewest else { return }
    let middle = rates.sorted()[rates.count / 2]
    let strays = rates.map { abs($0 - middle) }.sorted()
    let spread = strays[strays.count / 2] / middle
    // Half of what is spread evenly or by chance lies within two thirds of its standard deviation.
    if spread <= Self.alike {
      usualBurn = EngineBurn(middle, error: max(0.1, 1.5 * spread) * middle)
    }
  }
}
