import Glibc
import Model

/// A circle on the earth.
struct FilterPlace: Equatable, Sendable {
  /// Degrees.
  var latitude: Double
  var longitude: Double
  var kilometres: Double
}

extension DashboardState {
  /// A number of a generator; nil if it is not known.
  func value(of field: FilterNumber, _ index: GeneratorIndex) -> Double? {
    let place = Int(index)
    switch field {
    case .percent: return fleet.generators.span[place].fuelPercent
    case .timeToEmpty: return fleet.generators.span[place].timeToEmpty(at: now.monotonic)
    case .metric(let metric): return fleet.value(of: metric, index)
    case .age: return fleet.generators.span[place].readingAt.map { (now.monotonic &- $0).seconds }
    }
  }

  func compare(_ number: Double, _ comparison: FilterComparison, _ value: FilterValue) -> Bool {
    switch comparison {
    case .less: number < value.number
    case .lessOrEqual: number <= value.number
    case .greater: number > value.number
    case .greaterOrEqual: number >= value.number
    case .equal, .contains: abs(number - value.number) <= value.tolerance
    case .notEqual, .lacks: abs(number - value.number) > value.tolerance
    }
  }

  /// Whether a generator stands in the circle; false where its place is not known.
  func isNear(_ place: FilterPlace, _ index: GeneratorIndex) -> Bool {
    let reading = fleet.generators.span[Int(index)].reading
    let enriched = fleet.generators.span[Int(index)].enriched
    guard let latitude = reading.latitude ?? enriched.latitude,
      let longitude = reading.longitude ?? enriched.longitude
    else { return false }
    let degree = Double.pi / 180
    // The haversine formula, on a round earth.
    let north = sin((latitude - place.latitude) * degree / 2)
    let east = sin((longitude - place.longitude) * degree / 2)
    let part = north * north + cos(latitude * degree) * cos(place.latitude * degree) * east * east
    return 2 * 6_371 * asin(min(1, part.squareRoot())) <= place.kilometres
  }
}
