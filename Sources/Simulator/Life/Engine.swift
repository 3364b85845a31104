/// What the machine of a generator does at a load: power, heat and burn, as the article's ranges have them.
struct Engine: Sendable {
  /// What the tank holds, in the article's units.
  static let tank = 1000.0
  /// At full load.
  static let ratedPower = 2600.0
  /// Of an engine that stands still.
  static let restTemperature = 160.0

  /// Units of fuel for a litre.
  private let unitsPerLitre: Double

  /// Litres an hour are 0.249 for each kilowatt and 0.018 for each that it could give: a line through published tables
  /// of diesel generators.
  private static let litresPerPower = 0.249
  private static let litresPerRatedPower = 0.018

  /// - Parameter hours: how long a full tank lasts at full load.
  init(hours: Double) {
    let litres = (Self.litresPerPower + Self.litresPerRatedPower) * Self.ratedPower * hours
    unitsPerLitre = Self.tank / litres
  }

  /// Units of fuel a second while it runs.
  func burn(load: Double) -> Double {
    let power = Self.power(load: load)
    let litres = Self.litresPerPower * power + Self.litresPerRatedPower * Self.ratedPower
    return litres * unitsPerLitre / 3600
  }

  static func power(load: Double) -> Double {
    curve(load, [0, 100, 500, 1100, 2000, ratedPower])
  }

  /// Where the temperature goes when the load stays.
  static func temperature(load: Double) -> Double {
    curve(load, [restTemperature, 170, 190, 200, 210, 300])
  }

  private static let corners = [0.0, 1, 25, 50, 75, 100]

  /// On lines between the values at the corners.
  private static func curve(_ load: Double, _ values: [Double]) -> Double {
    let load = min(100, max(0, load))
    let next = corners.firstIndex { $0 >= load } ?? corners.count - 1
    guard next > 0 else { return values[0] }
    let share = (load - corners[next - 1]) / (corners[next] - corners[next - 1])
    return values[next - 1] + (values[next] - values[next - 1]) * share
  }
}
