/// The last half hour of every hop: its delay and its backlog each 5 seconds.
///
/// A slot in which a figure was not known is a gap, and so is one in which nobody looked.
public struct HopHistory: Sendable {
  /// Which of a hop's figures.
  public enum Measure: Int, CaseIterable, Sendable {
    /// ``HopFigures/secondsBehind``.
    case seconds
    /// ``HopFigures/recordsBehind``.
    case records
  }

  /// How many slots the half hour has.
  public static let slots = 360
  /// Nanoseconds a slot stands for.
  public static let slotLength: Int64 = 5_000_000_000
  /// How many slots a forecast is made of: five minutes.
  static let forecastSlots = 60

  /// For each hop and measure its slots, a ring.
  private var values: [Float]
  /// The slot number last written; nil for none.
  private var newest: Int64?
  /// The slot number first written.
  private var first: Int64?
  /// When the newest was written: monotonic nanoseconds.
  public private(set) var newestAt: Int64?

  init() {
    let rings = HopID.allCases.count * Measure.allCases.count
    values = Array(repeating: .nan, count: rings * Self.slots)
  }

  /// Whether the slot of the monotonic time `now` has nothing yet.
  func isDue(at now: Int64) -> Bool { newest.map { Self.slot(at: now) > $0 } ?? true }

  /// Writes the figures of all hops into the slot of the monotonic time `now`.
  mutating func add(_ hops: [HopFigures], at now: Int64) {
    let slot = Self.slot(at: now)
    let first = max((newest ?? slot - 1) + 1, slot - Int64(Self.slots) + 1)
    guard first <= slot else { return }
    for cleared in first...slot {
      for hop in HopID.allCases {
        for measure in Measure.allCases { values[place(hop, measure, cleared)] = .nan }
      }
    }
    newest = slot
    newestAt = now
    if self.first == nil { self.first = slot }
    for hop in hops {
      values[place(hop.id, .seconds, slot)] =
        (hop.secondsBehind ?? hop.secondsAtRest).map { Float($0) } ?? .nan
      values[place(hop.id, .records, slot)] = hop.recordsBehind.map { Float($0) } ?? .nan
    }
  }

  /// The highest values of the `count` steps of `step` slots that end at the monotonic time `now`,
  /// oldest first; nil where nothing was known.
  ///
  /// Steps begin at multiples of their length, so that a chart of them stands still while the last one
  /// fills.
  public func peaks(
    _ measure: Measure,
    of hop: HopID,
    count: Int,
    step: Int,
    until now: Int64
  ) -> [Double?] {
    let step = min(max(1, step), Self.slots)
    let length = Int64(step)
    let slot = Self.slot(at: now)
    let last = slot - ((slot % length) + length) % length + length - 1
    let count = min(max(0, count), (Self.slots + step - 1) / step)
    return (0..<count).map { place in
      let end = last - Int64(count - 1 - place) * length
      return values(measure, of: hop, through: end, count: step).compactMap { $0 }.max()
    }
  }

  /// The values of the `count` slots that end with the slot `last`, oldest first; nil where nothing was
  /// known.
  private func values(
    _ measure: Measure,
    of hop: HopID,
    through last: Int64,
    count: Int
  ) -> [Double?] {
    guard let newest else { return Array(repeating: nil, count: count) }
    return (last - Int64(count) + 1..<last + 1).map { slot in
      guard slot <= newest, slot > newest - Int64(Self.slots) else { return nil }
      let value = values[place(hop, measure, slot)]
      return value.isNaN ? nil : Double(value)
    }
  }

  /// How many slots ago the first one was written, at the monotonic time `now`; at most ``slots``.
  public func length(at now: Int64) -> Int {
    guard let first else { return 0 }
    return Int(min(max(0, Self.slot(at: now) - first + 1), Int64(Self.slots)))
  }

  /// What the last minutes of a hop say of the next; nil if it is steady, or not known long enough.
  public func forecast(of hop: HopID, at now: Int64) -> HopForecast? {
    guard let newest else { return nil }
    // The slot of `now` may not be written yet.
    let last = min(Self.slot(at: now), max(newest, Self.slot(at: now) - 1))
    let measure = hop.row.trend
    return HopForecast(values(measure, of: hop, through: last, count: Self.forecastSlots), measure)
  }

  private static func slot(at time: Int64) -> Int64 {
    History.slot(at: time, length: slotLength)
  }

  private func place(_ hop: HopID, _ measure: Measure, _ slot: Int64) -> Int {
    let ring = hop.rawValue * Measure.allCases.count + measure.rawValue
    let turn = Int(slot % Int64(Self.slots))
    return ring * Self.slots + (turn < 0 ? turn + Self.slots : turn)
  }
}
