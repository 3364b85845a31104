/// What a tank holds, and below which level it is to be refuelled: one rule for the dashboard and the task.
///
/// Both are the inventory's word, else what the generator says itself, else that of the fleet. Of a generator that says
/// that its tank holds 100, fuel is in percent: then the inventory's amounts are shares of the tank that it names.
public struct TankLevels: Equatable, Sendable {
  /// Finite and above 0, in the unit of the fuel.
  public let tank: Double
  /// In the same.
  public let refuelMark: Double
  /// Whether the tank is what the generator says.
  let isTold: Bool

  /// - Parameters:
  ///   - entry: What the inventory says of the generator.
  ///   - told: What it says itself; what is beyond ``FleetPolicy/Bounds`` counts as not said.
  ///   - policy: That of the fleet.
  public init(_ entry: InventoryEntry?, _ told: Reading, _ policy: FleetPolicy) {
    let given = entry?.tank.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    let said = told[.tank].flatMap { FleetPolicy.Bounds.tank.contains($0) ? $0 : nil }
    let isShare = said == Self.whole
    let standard = policy.tank.isFinite && policy.tank > 0 ? policy.tank : FleetPolicy().tank
    tank = isShare ? Self.whole : given ?? said ?? standard
    isTold = said != nil && (isShare || given == nil)
    // An amount of fuel as it counts in a tank that is told in percent.
    func amount(_ units: Double, of size: Double?) -> Double {
      isShare ? size.map { units / $0 * Self.whole } ?? units : units
    }
    let mark = told[.refuelMark].flatMap { FleetPolicy.Bounds.refuelMark.contains($0) ? $0 : nil }
    refuelMark =
      switch entry?.refuelMark {
      case .units(let units)?: amount(units, of: given)
      case .percent(let percent)?: RefuelMark.percent(percent).level(of: tank)
      case nil: mark ?? amount(policy.refuelMark, of: standard)
      }
    burnScale = isShare ? given.map { Self.whole / $0 } ?? 1 : 1
  }

  /// By which what the inventory says of the burn is multiplied.
  let burnScale: Double

  /// What a tank holds whose fuel is told in percent.
  static let whole = 100.0
}

extension RefuelMark: Codable, CustomStringConvertible {
  /// An amount of fuel such as `225`, or a share of the tank such as `25%`; nil for anything else.
  public init?(_ text: String) {
    var number = text[...]
    let isShare = text.hasSuffix("%")
    if isShare { number = number.dropLast() }
    while isShare, number.last == " " { number.removeLast() }
    guard let value = Double(number),
      (isShare ? 0...100 : FleetPolicy.Bounds.refuelMark).contains(value)
    else { return nil }
    self = isShare ? .percent(value) : .units(value)
  }

  /// The level in the unit of the fuel, of a tank of this size in it.
  public func level(of tank: Double) -> Double {
    switch self {
    case .units(let units): units
    case .percent(let percent): tank * percent / 100
    }
  }

  /// As it is written.
  public var description: String {
    switch self {
    case .units(let units): "\(units)"
    case .percent(let percent): "\(percent)%"
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let mark = RefuelMark(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a refuel mark")
    }
    self = mark
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension Generator {
  /// Whether its fuel is in percent: of a tank that it says to hold 100 it is that in whatever unit.
  public var countsPercent: Bool { tellsTank && tank == TankLevels.whole }
}

extension Fleet {
  /// Takes over what a generator says of its tank and its mark, if it says anything new.
  mutating func noteTank(_ reading: Reading, of index: Int) {
    guard reading.hasFurther, reading[.tank] != nil || reading[.refuelMark] != nil else { return }
    let (tank, mark) = (generators[index].tank, generators[index].refuelMark)
    let isNew = reading[.tank] ?? tank != tank || reading[.refuelMark] ?? mark != mark
    guard isNew || reading[.tank] != nil && !generators[index].tellsTank else { return }
    let generator = GeneratorIndex(index)
    var told = Reading()
    for metric in [Metric.tank, .refuelMark] {
      told[metric] = reading[metric] ?? value(of: metric, generator)
    }
    let entry = entry(of: generator)
    let levels = TankLevels(entry, told, policy)
    (generators[index].tank, generators[index].refuelMark) = (levels.tank, levels.refuelMark)
    generators[index].tellsTank = levels.isTold
    if let burn = entry?.burn {
      generators[index].ratedBurn = Float(burn * levels.burnScale / 3_600)
    }
    markChanged(generator)
  }

  /// Whether all generators have one refuel mark at one share of the tank, so that it can stand in a heading.
  public var hasCommonMark: Bool {
    !inventoryHasTanks && further.heard & Self.tankBits == 0
  }

  private static let tankBits = [Metric.tank, .refuelMark].reduce(0 as UInt32) {
    $0 | 1 << UInt32($1.rawValue)
  }

  /// What the engine of a generator does by what it says, and by what it said before where it says nothing of that.
  func work(of index: Int, _ reading: Reading) -> EngineWork {
    // What a message does not tell of load and power holds as the last one that did.
    let core = reading.core.isRunning == nil ? generators.span[index].reading : reading.core
    let work = core.work(ratedPower: generators.span[index].ratedPower)
    guard let running = reading[.running] ?? value(of: .running, GeneratorIndex(index)) else {
      return work
    }
    if running == 0 { return EngineWork(kind: .stopped) }
    // It runs without a load, or tells none.
    return work.kind == .stopped ? .untold : work
  }

  /// Whether the engine of a generator that is there runs, by what it says of that, else by load and power; nil if it
  /// tells none.
  public func isRunning(_ generator: GeneratorIndex) -> Bool? {
    value(of: .running, generator).map { $0 != 0 }
      ?? generators.span[Int(generator)].reading.isRunning
  }
}
