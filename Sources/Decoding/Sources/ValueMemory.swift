public import Model

/// Values of a generator that came one by one, put together.
public struct MergedValues: Equatable, Sendable {
  /// The generator's place, as whoever keeps the memory counts them.
  public var place: Int
  /// All that is known.
  public var reading: Reading
  /// A bit for each metric, by its number, that came or was emptied since the last time.
  public var fresh: UInt32
  /// Whether all of those were kept by the broker.
  public var isRetained: Bool
  /// When the newest came: monotonic nanoseconds.
  public var receivedAt: Int64
  /// When the newest was measured, as far as it says so, else when it came: wall nanoseconds.
  public var time: Int64
  /// The place of its region, as whoever keeps the memory counts them; 0 for none.
  public var region: Int32
  /// Whether an unchanged value does not come again.
  public var sendsChanges: Bool
}

/// Puts together what generators say of themselves in messages that have some of their values each.
///
/// What came within 0.3 s is told together, and of one generator no more often than once a second. A value that is
/// emptied or said to be unknown is not known any more. It keeps some 300 bytes for each generator, and has room for as
/// many as it is told.
///
/// Looks at no clock. Used by one thread; a message costs no allocation once its generator is known.
public struct ValueMemory {
  private struct Entry {
    var values: MergedValues
    /// When the first came that is not told yet.
    var waitsSince: Int64 = 0
    var toldAt = Int64.min
  }

  /// How long others are waited for after the first, and how much lies between two tellings.
  static let gathering: Int64 = 300_000_000
  static let pause: Int64 = 1_000_000_000
  /// How often it is looked who is to be told.
  private static let step: Int64 = 50_000_000

  private let bound: Int
  private var entries: [Entry] = []
  /// Where the entry of a generator is, by its place; -1 if it has none.
  private var slots: [Int32] = []
  /// Those that have something to tell, in the order in which they began to.
  private var waiting: [Int32] = []
  private var lookedAt = Int64.min

  public init(bound: Int = 200_000) { self.bound = bound }

  /// How many generators it knows.
  public var count: Int { entries.count }

  /// Takes over what a message says of the generator at a place.
  ///
  /// - Parameters:
  ///   - reading: The values it has.
  ///   - cleared: A bit for each metric, by its number, whose value is not known any more.
  ///   - place: The generator's, from 0.
  ///   - region: The place of its region; 0 if the message names none, and the one before stays.
  ///   - sendsChanges: Whether an unchanged value does not come again.
  ///   - isRetained: Whether the broker kept the message, so that it is of any age.
  ///   - time: When the values were measured: wall nanoseconds.
  ///   - receivedAt: When the message came: monotonic nanoseconds.
  /// - Returns: False if there is no room for one more generator.
  @discardableResult
  public mutating func merge(
    _ reading: Reading,
    cleared: UInt32 = 0,
    of place: Int,
    region: Int32 = 0,
    sendsChanges: Bool = false,
    isRetained: Bool = false,
    time: Int64,
    receivedAt: Int64
  ) -> Bool {
    guard let slot = slot(of: place) else { return false }
    let wasWaiting = entries[slot].values.fresh != 0
    var values = entries[slot].values
    values.fresh |= cleared
    for metric in Metric.allCases {
      let bit: UInt32 = 1 << metric.rawValue
      if let value = reading[metric] {
        // What the broker kept and is known already is no news.
        if isRetained, values.reading[metric] == value { continue }
        values.reading[metric] = value
        values.fresh |= bit
      } else if cleared & bit != 0 {
        values.reading[metric] = nil
      }
    }
    guard values.fresh != 0 else { return true }
    values.isRetained = isRetained && (values.isRetained || !wasWaiting)
    values.receivedAt = receivedAt
    values.time = wasWaiting ? max(values.time, time) : time
    if region != 0 { values.region = region }
    values.sendsChanges = sendsChanges
    entries[slot].values = values
    if !wasWaiting {
      entries[slot].waitsSince = receivedAt
      waiting.append(Int32(slot))
    }
    return true
  }

  /// Takes over what was known of a generator before, as no news.
  public mutating func recall(_ reading: Reading, of place: Int, region: Int32, time: Int64) {
    guard let slot = slot(of: place), entries[slot].values.time <= time else { return }
    entries[slot].values.reading = reading
    entries[slot].values.time = time
    if region != 0 { entries[slot].values.region = region }
  }

  /// Nanoseconds until something is to be told; nil if nothing is.
  public func wait(at now: Int64) -> Int64? {
    waiting.isEmpty ? nil : max(0, lookedAt.addingClamped(Self.step).nanoseconds(since: now))
  }

  /// Tells of the generators that are due, or of all that have something to tell.
  ///
  /// - Parameters:
  ///   - now: Monotonic nanoseconds.
  ///   - tellsAll: Whether none is to wait any longer.
  ///   - body: Gets each.
  public mutating func tell(
    at now: Int64,
    all tellsAll: Bool = false,
    _ body: (MergedValues) -> Void
  ) {
    guard !waiting.isEmpty, tellsAll || lookedAt.addingClamped(Self.step) <= now else { return }
    lookedAt = now
    var left = 0
    for slot in waiting {
      let place = Int(slot)
      let due = max(
        entries[place].waitsSince.addingClamped(Self.gathering),
        entries[place].toldAt.addingClamped(Self.pause)
      )
      guard tellsAll || due <= now else {
        waiting[left] = slot
        left += 1
        continue
      }
      body(entries[place].values)
      entries[place].values.fresh = 0
      entries[place].toldAt = now
    }
    waiting.removeSubrange(left...)
  }

  private mutating func slot(of place: Int) -> Int? {
    if slots.indices.contains(place), slots[place] >= 0 { return Int(slots[place]) }
    guard place >= 0, entries.count < bound else { return nil }
    if place >= slots.count {
      slots.append(contentsOf: repeatElement(-1, count: place + 1 - slots.count))
    }
    slots[place] = Int32(entries.count)
    entries.append(
      Entry(
        values: MergedValues(
          place: place,
          reading: Reading(),
          fresh: 0,
          isRetained: true,
          receivedAt: 0,
          time: 0,
          region: 0,
          sendsChanges: false
        )
      )
    )
    return entries.count - 1
  }
}
