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
  case word([UInt8])
  case equals(FilterText, [UInt8])
  case fuzzy([UInt8])
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
    case .word(let bytes):
      return contains(bytes, nil, index) || names.abbreviates(bytes, .id(index))
        || names.abbreviates(bytes, .name(index)) || names.abbreviates(bytes, key(.region, index))
    case .equals(let text, let bytes): return names.equals(bytes, key(text, index))
    case .fuzzy(let bytes): return names.score(bytes, of: index) != nil
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
    case .region: .region(fleet.generators.span[Int(index)].region)
    }
  }

  private func contains(_ bytes: [UInt8], _ text: FilterText?, _ index: GeneratorIndex) -> Bool {
    if let text { return names.contains(bytes, key(text, index)) }
    return names.contains(bytes, .both(index)) || names.contains(bytes, key(.region, index))
  }

  private func has(_ state: FilterState, _ index: GeneratorIndex) -> Bool {
    let place = Int(index)
    let conditions = fleet.generators.span[place].conditions
    switch state {
    case .alarm: return conditions.contains(.alarm)
    case .critical: return conditions.contains(.critical)
    case .soon: return conditions.worst == .alarm
    case .kind(let kind): return conditions.alarms.contains(kind)
    case .lost: return conditions.contains(.lost)
    case .warning: return !conditions.isDisjoint(with: [.lost, .stale])
    case .abnormal: return conditions.worst.isAbnormal
    case .normal: return !conditions.worst.isAbnormal
    case .disconnected: return fleet.generators.span[place].session == .disconnected
    case .offline: return fleet.generators.span[place].session.isOffline
    case .online: return fleet.generators.span[place].session == .online
    case .live: return fleet.generators.span[place].freshness == .live
    case .late: return fleet.generators.span[place].freshness == .late
    case .stale: return fleet.generators.span[place].freshness == .stale
    case .never: return fleet.generators.span[place].freshness == .never
    case .run: return fleet.generators.span[place].reading.isRunning == true
    case .standby: return fleet.generators.span[place].reading.isRunning == false
    case .marked: return marked.contains(index)
    case .pinned: return pinned.contains(index)
    }
  }
}
