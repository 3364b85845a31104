import Glibc
import Model

/// A filter made ready to be asked of a hundred thousand generators: no text is read any more.
indirect enum FilterTest: Equatable, Sendable {
  case all([FilterTest])
  case any([FilterTest])
  case not(FilterTest)
  case state(FilterState)
  /// Some text of the generator (nil: any) holds these folded bytes.
  case contains(FilterText?, [UInt8])
  /// Id, name or region has these folded bytes, or has them where its words begin.
  case word(FuzzyMatch)
  case equals(FilterText, [UInt8])
  case fuzzy(FuzzyMatch)
  case pattern(FilterText?, Pattern)
  case number(FilterComparison, FilterValue)
  case isKnown(FilterNumber)
  case near(FilterPlace)

  /// Whether time alone can change what it says of a generator.
  var dependsOnTime: Bool {
    switch self {
    case .all(let tests), .any(let tests): tests.contains { $0.dependsOnTime }
    case .not(let test): test.dependsOnTime
    case .number(_, let value): value.field.isTime
    case .isKnown(let field): field.isTime
    case .state, .contains, .word, .equals, .fuzzy, .pattern, .near: false
    }
  }

  /// Whether it asks for what the operator marked or pinned.
  var dependsOnMarks: Bool {
    switch self {
    case .all(let tests), .any(let tests): tests.contains { $0.dependsOnMarks }
    case .not(let test): test.dependsOnMarks
    case .state(let state): state == .marked || state == .pinned
    case .contains, .word, .equals, .fuzzy, .pattern, .number, .isKnown, .near: false
    }
  }
}

/// A circle on the earth.
struct FilterPlace: Equatable, Sendable {
  /// Degrees.
  var latitude: Double
  var longitude: Double
  var kilometres: Double
}

extension DashboardState {
  /// Whether `test` holds for a generator; what is not known is never true of it.
  func holds(_ test: FilterTest, _ index: GeneratorIndex) -> Bool {
    switch test {
    // Plain loops: a closure would take a copy of the whole state with it.
    case .all(let tests):
      for test in tests where !holds(test, index) { return false }
      return true
    case .any(let tests):
      for test in tests where holds(test, index) { return true }
      return false
    case .not(let test): return !holds(test, index)
    case .state(let state): return has(state, index)
    case .contains(let text, let bytes): return contains(bytes, text, index)
    case .word(let letters):
      return contains(letters.wanted, nil, index) || names.abbreviates(letters, .id(index))
        || names.abbreviates(letters, .name(index))
        || names.abbreviates(letters, key(.region, index))
    case .equals(let text, let bytes): return names.equals(bytes, key(text, index))
    case .fuzzy(let letters): return names.score(letters, of: index) != nil
    case .pattern(let text, let pattern):
      guard let text else {
        return names.matches(pattern, .id(index)) || names.matches(pattern, .name(index))
      }
      return names.matches(pattern, key(text, index))
    case .number(let comparison, let value):
      guard let number = self.value(of: value.field, index) else { return false }
      return compare(number, comparison, value)
    case .isKnown(let field): return value(of: field, index) != nil
    case .near(let place): return isNear(place, index)
    }
  }

  private func key(_ text: FilterText, _ index: GeneratorIndex) -> NameIndex.Key {
    switch text {
    case .id: .id(index)
    case .name: .name(index)
    case .region: .region(timeline.fleet.generators.span[Int(index)].region)
    }
  }

  private func contains(_ bytes: [UInt8], _ text: FilterText?, _ index: GeneratorIndex) -> Bool {
    if let text { return names.contains(bytes, key(text, index)) }
    return names.contains(bytes, .both(index)) || names.contains(bytes, key(.region, index))
  }

  private func has(_ state: FilterState, _ index: GeneratorIndex) -> Bool {
    let place = Int(index)
    let conditions = timeline.fleet.generators.span[place].conditions
    switch state {
    case .alarm: return conditions.contains(.alarm)
    case .critical: return conditions.contains(.critical)
    case .soon: return conditions.contains(.alarm) && !conditions.contains(.critical)
    case .dry: return conditions.contains(.drySoon)
    case .leak: return timeline.fleet.generators.span[place].trend.leaks
    case .stuck: return timeline.fleet.generators.span[place].trend.isStuck
    case .kind(let kind): return conditions.alarms.contains(kind)
    case .lost: return conditions.contains(.lost)
    case .warning: return !conditions.isDisjoint(with: [.lost, .stale])
    case .abnormal: return conditions.worst.isAbnormal
    case .normal: return !conditions.worst.isAbnormal
    case .disconnected: return conditions.contains(.disconnected)
    case .offline: return !conditions.isDisjoint(with: [.lost, .disconnected])
    case .online: return timeline.fleet.generators.span[place].session == .online
    case .live: return conditions.absence == .normal
    case .late: return conditions.contains(.late)
    case .stale: return conditions.contains(.stale)
    case .never: return conditions.contains(.never)
    case .remembered: return timeline.fleet.rememberedSince(index) != nil
    case .difference(let difference):
      return timeline.fleet.generators.span[place].difference == difference
    case .run: return timeline.fleet.isRunning(GeneratorIndex(place)) == true
    case .standby: return timeline.fleet.isRunning(GeneratorIndex(place)) == false
    case .marked: return list.marked.contains(index)
    case .pinned: return list.pinned.contains(index)
    }
  }

  // MARK: - Numbers and places

  /// A number of a generator; nil if it is not known.
  func value(of field: FilterNumber, _ index: GeneratorIndex) -> Double? {
    let place = Int(index)
    switch field {
    case .percent: return timeline.fleet.generators.span[place].fuelPercent
    case .timeToEmpty:
      return timeline.fleet.generators.span[place].timeToEmpty(at: timeline.now.monotonic)
    case .metric(let metric): return timeline.fleet.value(of: metric, index)
    case .age:
      return timeline.fleet.generators.span[place].readingAt.map {
        (timeline.now.monotonic &- $0).seconds
      }
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
    let reading = timeline.fleet.generators.span[Int(index)].reading
    let enriched = timeline.fleet.generators.span[Int(index)].enriched
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
