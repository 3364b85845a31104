/// A condition that wants somebody to act.
public struct Alarm: Comparable, Sendable {
  public enum Kind: String, Sendable {
    /// The enriched record says `refuel`.
    case refuel
  }

  public var generator: GeneratorIndex
  public var kind: Kind
  /// 1 (act now) or 2: see ``FleetPolicy``.
  public var priority: Int
  /// Since when, by the records' own times: wall nanoseconds.
  public var sinceWall: Int64

  /// The order of the alarm list: by priority, the newest first.
  public static func < (left: Alarm, right: Alarm) -> Bool {
    if left.priority != right.priority { return left.priority < right.priority }
    if left.sinceWall != right.sinceWall { return left.sinceWall > right.sinceWall }
    return left.generator < right.generator
  }
}

extension Fleet {
  /// The alarm of a generator; nil if it has none.
  public func alarm(of generator: GeneratorIndex) -> Alarm? {
    guard generators.indices.contains(Int(generator)) else { return nil }
    let conditions = generators[Int(generator)].conditions
    guard conditions.contains(.refuel) else { return nil }
    return Alarm(
      generator: generator,
      kind: .refuel,
      priority: conditions.contains(.critical) ? 1 : 2,
      sinceWall: generators[Int(generator)].alarmSinceWall ?? 0
    )
  }

  /// All alarms, in the order of the alarm list.
  public func alarms() -> [Alarm] {
    guard counts.refuel > 0 else { return [] }
    var alarms: [Alarm] = []
    alarms.reserveCapacity(counts.refuel)
    for place in generators.indices where generators[place].conditions.contains(.refuel) {
      if let alarm = alarm(of: GeneratorIndex(place)) { alarms.append(alarm) }
    }
    return alarms.sorted()
  }
}
