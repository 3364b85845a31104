/// Events a second, over the last ten whole seconds.
public struct RateMeter: Sendable {
  private var counts = InlineArray<16, UInt32>(repeating: 0)
  /// The newest second that was counted in.
  private var second: Int64 = 0
  /// The second counting began in; nil before anything came.
  private var firstSecond: Int64?

  /// All that were counted.
  public private(set) var total = 0

  public init() {}

  public mutating func add(_ count: Int, at time: Int64) {
    advance(to: time / 1_000_000_000)
    counts[Int(second & 15)] &+= UInt32(truncatingIfNeeded: count)
    total &+= count
  }

  /// The rate at the monotonic time `now`; nil before anything came.
  public func perSecond(at now: Int64) -> Double? {
    guard let firstSecond else { return nil }
    let current = now / 1_000_000_000
    var sum = 0
    var seconds = 0
    for back in 1...10 {
      let wanted = current - Int64(back)
      guard wanted >= firstSecond else { break }
      seconds += 1
      if wanted <= second, wanted > second - 16 { sum &+= Int(counts[Int(wanted & 15)]) }
    }
    guard seconds > 0 else { return Double(counts[Int(second & 15)]) }
    return Double(sum) / Double(seconds)
  }

  private mutating func advance(to wanted: Int64) {
    if firstSecond == nil {
      firstSecond = wanted
      second = wanted
    }
    guard wanted > second else { return }
    // All of them once, if it is that long ago.
    for cleared in max(second + 1, wanted - 15)...wanted { counts[Int(cleared & 15)] = 0 }
    second = wanted
  }
}

/// The delays of a hop of the last minutes.
///
/// Five seconds count as much as five others, however many delays came in them: after a stall all that waited comes at
/// once, and must not outweigh what has come in time since.
public struct DelayMeter: Sendable {
  /// Some of the delays of five seconds, each as likely as the others to be among them.
  private struct Slot {
    var number: Int64
    var seen = 0
    /// How many of those seen were read off a clock elsewhere.
    var byClock = 0
    var delays = InlineArray<8, Float>(repeating: 0)

    var kept: Int { min(seen, 8) }

    mutating func add(_ delay: Float) {
      let mixed = (UInt32(truncatingIfNeeded: seen) &* 2_654_435_761) >> 8
      let place = seen < 8 ? seen : Int(mixed) % (seen + 1)
      if place < 8 { delays[place] = delay }
      seen += 1
    }
  }

  /// On the heap: a state is handed on often, and a delay comes seldom.
  private var slots: [Slot] = []

  private static let slotLength: Int64 = 5_000_000_000
  private static let mostSlots = 64

  public init() {}

  /// Adds a delay in nanoseconds; a negative one counts as none.
  ///
  /// - Parameters:
  ///   - delay: Nanoseconds.
  ///   - time: When it was seen: monotonic nanoseconds.
  ///   - isByClock: Whether it was read off a clock elsewhere.
  public mutating func add(_ delay: Int64, at time: Int64, isByClock: Bool = false) {
    let number = time / Self.slotLength
    if slots.last?.number != number {
      if slots.count == Self.mostSlots { slots.removeFirst() }
      slots.append(Slot(number: number))
    }
    slots[slots.count - 1].add(Float(max(0, delay).seconds))
    if isByClock { slots[slots.count - 1].byClock += 1 }
  }

  /// The delay in seconds that `share` (0 to 1) of the last `span` seconds did not exceed; nil if there was none in them.
  public func quantile(_ share: Double, at now: Int64, within span: Double) -> Double? {
    var delays: [(delay: Float, weight: Double)] = []
    for slot in slots where isWithin(span, slot, at: now) {
      for place in 0..<slot.kept { delays.append((slot.delays[place], 1 / Double(slot.kept))) }
    }
    delays.sort { $0.delay < $1.delay }
    let wanted = share > 0 ? min(share, 1) * delays.reduce(0) { $0 + $1.weight } : 0
    var sum = 0.0
    let found = delays.first { delay in
      sum += delay.weight
      return sum > wanted
    }
    return (found ?? delays.last).map { Double($0.delay) }
  }

  /// Whether most of the delays of the last `span` seconds were read off a clock elsewhere.
  public func isByClock(at now: Int64, within span: Double) -> Bool {
    let slots = slots.filter { isWithin(span, $0, at: now) }
    return 2 * slots.reduce(0) { $0 + $1.byClock } > slots.reduce(0) { $0 + $1.seen }
  }

  private func isWithin(_ span: Double, _ slot: Slot, at now: Int64) -> Bool {
    let end = (slot.number &+ 1).multipliedReportingOverflow(by: Self.slotLength).partialValue
    return now.seconds(since: end) < span
  }
}

/// The smallest of the values of the last ten to twenty minutes.
///
/// Of the age that records have when they reach us, it is the part that is always there: the
/// distance of the clocks and the shortest way.
struct MinimumMeter: Sendable {
  private static let span: Int64 = 600_000_000_000
  private var current: Int64?
  private var previous: Int64?
  private var began: Int64 = 0

  /// The minimum; nil if nothing was added for long.
  var value: Int64? { current.map { min($0, previous ?? $0) } ?? previous }

  mutating func add(_ value: Int64, at time: Int64) {
    advance(to: time)
    if current == nil, previous == nil { began = time }
    current = min(current ?? value, value)
  }

  mutating func advance(to time: Int64) {
    let age = time.nanoseconds(since: began)
    guard age >= Self.span else { return }
    previous = age >= 2 * Self.span ? nil : current
    current = nil
    began = time
  }
}
