/// What an alarm is known by: a generator may have one of each kind.
public struct AlarmKey: Comparable, Hashable, Sendable {
  public var generator: GeneratorIndex
  public var kind: AlarmKind

  public init(generator: GeneratorIndex, kind: AlarmKind) {
    self.generator = generator
    self.kind = kind
  }

  public static func < (left: AlarmKey, right: AlarmKey) -> Bool {
    (left.generator, left.kind.rawValue) < (right.generator, right.kind.rawValue)
  }
}

/// A condition that needs somebody to act.
public struct Alarm: Comparable, Sendable {
  public var key: AlarmKey
  /// 1 (act now) or 2: see ``FleetPolicy``.
  public var priority: Int
  /// Since when, by the records' own times: wall nanoseconds.
  public var sinceWall: Int64

  public var generator: GeneratorIndex { key.generator }
  public var kind: AlarmKind { key.kind }
  public var look: AlarmLook { kind.look(priority: priority) }

  /// The order of the alarm list: by priority, the newest first.
  public static func < (left: Alarm, right: Alarm) -> Bool {
    if left.priority != right.priority { return left.priority < right.priority }
    if left.sinceWall != right.sinceWall { return left.sinceWall > right.sinceWall }
    return left.key < right.key
  }
}

/// Since when alarms stand: wall nanoseconds, 8 bytes a generator for each kind of which there ever was one.
struct AlarmTimes: Sendable {
  private var times = Array(repeating: [Int64](), count: AlarmKind.allCases.count)

  /// About how many bytes it takes.
  var footprint: Int { times.reduce(0) { $0 + $1.count * MemoryLayout<Int64>.stride } }

  /// Makes none of them later than a time.
  mutating func clamp(to wall: Int64) {
    for kind in times.indices {
      for place in times[kind].indices { times[kind][place] = min(times[kind][place], wall) }
    }
  }

  /// 0 for an alarm that never was.
  subscript(key: AlarmKey) -> Int64 {
    get {
      let (kind, place) = (Int(key.kind.rawValue), Int(key.generator))
      return times[kind].indices.contains(place) ? times[kind][place] : 0
    }
    set {
      let (kind, place) = (Int(key.kind.rawValue), Int(key.generator))
      let missing = place + 1 - times[kind].count
      if missing > 0 { times[kind].append(contentsOf: repeatElement(0, count: missing)) }
      times[kind][place] = newValue
    }
  }
}
