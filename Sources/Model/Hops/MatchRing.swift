/// The samples of one generator of the last minutes, to be matched with what the pipeline makes of
/// them.
///
/// No message carries a number of its own, so a sample is known again by its values. A generator at
/// rest sends the same values again and again; such a run of equal samples is one entry here, and of
/// the records that follow it only the first is matched, so that a sample lost on the way shifts
/// nothing. Holds the last 150 s at the generator's pace, at most 257 runs.
struct MatchRing: Sendable {
  /// What a later stage's record turned out to be.
  struct Match: Equatable {
    /// Nanoseconds from the sample to the record; nil where equal samples leave that open.
    var delay: Int64?
    /// How many samples fewer wait than before the match.
    var advance: Int
  }

  /// Equal samples in a row.
  ///
  /// Times count tenths of milliseconds and wrap after days.
  private struct Run {
    var fingerprint: UInt32
    var count: UInt32
    var first: UInt32
    var last: UInt32
  }

  /// All runs but the newest; a power of two of places once it is full.
  private var runs: [Run] = []
  /// The newest run, kept apart so that one more equal sample touches nothing else.
  private var newest = Run(fingerprint: 0, count: 0, first: 0, last: 0)
  /// How many runs were ever added.
  private var added = 0
  /// How many of them lie at or before the last one matched in order.
  private var matched = 0
  /// What the last record that follows the samples in order said.
  private var lastRecord: UInt32?

  /// How many samples came after the last one matched in order, forgotten ones included.
  private(set) var unmatched = 0

  init() {}

  mutating func add(_ fingerprint: UInt32, at time: Int64, interval: Double?) {
    let time = Self.tenths(time)
    if newest.fingerprint == fingerprint, added > 0 {
      newest.count &+= 1
      newest.last = time
      if matched < added { unmatched += 1 }
      return
    }
    if added > 0 { keepNewest(interval: interval) }
    newest = Run(fingerprint: fingerprint, count: 1, first: time, last: time)
    added += 1
    unmatched += 1
  }

  private mutating func keepNewest(interval: Double?) {
    let place = added - 1
    let isGrowing = place == runs.count
    if isGrowing, place & (place - 1) != 0 || place < Self.places(interval) {
      runs.append(newest)
    } else {
      runs[place & (runs.count - 1)] = newest
    }
  }

  /// About how many bytes it takes besides itself.
  var footprint: Int { runs.isEmpty ? 0 : 48 + runs.count * MemoryLayout<Run>.stride }

  /// How many runs there shall be place for: a power of two from 16 to 256.
  private static func places(_ interval: Double?) -> Int {
    let wanted = 150 / max(interval ?? 15, 0.5)
    var places = 16
    while places < 256, Double(places) < wanted { places *= 2 }
    return places
  }

  /// The position of the oldest run that is still here.
  private var oldest: Int { max(0, added - 1 - runs.count) }

  private func run(at position: Int) -> Run {
    if position == added - 1 { return newest }
    // As long as it grows, a position is a place.
    return runs[position < runs.count ? position : position & (runs.count - 1)]
  }

  /// The sample that a record which follows the samples in order (the bridge's) was made of.
  ///
  /// Samples that were lost on the way are passed over; a record that repeats the one before, or
  /// that is of no sample here, gives nil.
  mutating func matchInOrder(_ fingerprint: UInt32, at time: Int64) -> Match? {
    let isFirst = lastRecord == nil
    guard lastRecord != fingerprint else { return nil }
    lastRecord = fingerprint
    var position = max(matched, oldest)
    while position < added, run(at: position).fingerprint != fingerprint {
      position += 1
    }
    guard position < added else { return nil }
    let run = run(at: position)
    matched = position + 1
    var waiting = 0
    for later in matched..<added { waiting += Int(self.run(at: later).count) }
    defer { unmatched = waiting }
    // The first run on either side may have begun before we looked.
    let isExact = run.count == 1 || position > 0 && !isFirst
    return Match(delay: isExact ? Self.age(run.first, at: time) : nil, advance: unmatched - waiting)
  }

  /// How many nanoseconds before `time` the newest sample with these values came: for records of
  /// which only some are made.
  func age(_ fingerprint: UInt32, at time: Int64) -> Int64? {
    var position = added - 1
    while position >= oldest {
      let run = run(at: position)
      if run.fingerprint == fingerprint { return Self.age(run.last, at: time) }
      position -= 1
    }
    return nil
  }

  private static func tenths(_ time: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: time / 100_000)
  }

  /// Negative if the time is before the other.
  private static func age(_ time: UInt32, at now: Int64) -> Int64 {
    Int64(Int32(truncatingIfNeeded: Int64(tenths(now) &- time))) * 100_000
  }
}
