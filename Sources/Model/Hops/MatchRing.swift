/// What one generator sent in the last minutes, to be matched with what the pipeline makes of it.
///
/// Two things are kept: the samples as they came to us by the raw feed, known again by their values and
/// their order; and, where the raw topic is read, the times that its records bear, by which an enriched
/// record names its sample. Holds so many of each as ``places(of:within:)`` says.
struct MatchRing: Sendable {
  /// What a record of the raw topic turned out to be.
  struct Match: Equatable {
    /// Nanoseconds from the sample to the record; nil where equal samples leave that open.
    var delay: Int64?
    /// How many samples fewer wait than before the match.
    var advance: Int
    /// When the sample came, if its values alone say which it is: monotonic nanoseconds.
    var sampleAt: Int64?
    /// Whether ``delay`` is read off the bridge's clock.
    var isByClock = false
  }

  /// How long ago the sample of an enriched record came.
  struct Age: Equatable {
    /// Nanoseconds.
    var nanoseconds: Int64
    /// Whether it is read off the pipeline's clock, since equal samples do not say which it is.
    var isByClock = false
  }

  /// A sample; times count tenths of milliseconds and wrap after days.
  private struct Sent {
    var fingerprint: UInt32
    var time: UInt32
  }

  /// A record of the raw topic: what its timestamp says, in milliseconds that wrap, and when it came.
  private struct Written {
    var stamp: UInt32
    var time: UInt32
  }

  private var sent = RecentItems<Sent>()
  private var written = RecentItems<Written>()
  /// The position behind the last sample that came out of the bridge.
  private var matched = 0
  /// Whether the order of samples and of records is known to be the same from there on.
  private var isInStep = false
  /// By how many samples the pipeline's clock put the last records behind where the order has them, and how often in a row.
  private var shift: (samples: Int32, count: Int32) = (0, 0)

  /// How far apart a sample's coming to us and to the bridge may be: a second, in tenths of milliseconds.
  private static let slack: Int32 = 10_000
  /// How much older than all that is kept a record may be and still be one of them: ten minutes, in milliseconds.
  private static let mostBefore: Int32 = 600_000

  init() {}

  /// How many samples came after the last one that came out of the bridge, forgotten ones included.
  var unmatched: Int { sent.added - matched }

  /// About how many bytes it takes besides itself.
  var footprint: Int { sent.footprint + written.footprint }

  /// How many places take what comes in `span` seconds each `interval`: a power of two from 8 to 256.
  static func places(of interval: Double?, within span: Double) -> Int {
    let wanted = span / max(interval ?? 15, 0.5)
    var places = 8
    while places < 256, Double(places) < wanted { places *= 2 }
    return places
  }

  mutating func add(_ fingerprint: UInt32, at time: Int64, places: Int) {
    sent.add(Sent(fingerprint: fingerprint, time: Self.tenths(time)), places: places)
  }

  /// Notes a record of the raw topic whose timestamp says `wall` (nanoseconds) and that came at `time`.
  mutating func addRecord(of wall: Int64, at time: Int64, places: Int) {
    let stamp = Self.milliseconds(wall)
    written.add(Written(stamp: stamp, time: Self.tenths(time)), places: places)
  }

  // MARK: - Out of the bridge

  /// The sample that a record of the raw topic was made of.
  ///
  /// Where values tell samples apart, they say it; equal ones go by their order, and where that is not known
  /// by when the bridge received them. Samples that were lost on the way are passed over: different ones at
  /// once, equal ones when three records in a row were received by as many samples later than the order has it.
  ///
  /// - Parameters:
  ///   - fingerprint: The record's values.
  ///   - time: When it came to us: monotonic nanoseconds.
  ///   - sentAt: When the bridge says to have received it, on our clock; nil if that is not to be believed.
  /// - Returns: Nil for a record of no sample that waits here, unless the bridge received it before all of them.
  mutating func matchInOrder(_ fingerprint: UInt32, at time: Int64, sentAt: Int64?) -> Match? {
    let start = max(matched, sent.oldest)
    var place = start
    while place < sent.added, sent[place].fingerprint != fingerprint { place += 1 }
    guard place < sent.added else { return missed(at: time, sentAt: sentAt) }
    let isAlone = sent.count >= 3 && isOnly(place)
    let near = sentAt.flatMap { nearest(to: Self.tenths($0), fingerprint, from: place) }
    if isAlone || isInStep && place > start {
      shift = (0, 0)
    } else if isInStep, let sentAt {
      // Received before the first that waits: of a sample that we missed ourselves.
      guard Self.distance(Self.tenths(sentAt), sent[place].time) > -Self.slack else {
        return missed(at: time, sentAt: sentAt)
      }
      place = inStep(place, near)
    } else if let near {
      place = near
    } else {
      return missed(at: time, sentAt: sentAt) ?? passRun(at: place)
    }
    let isByClock = !isAlone && !isInStep
    isInStep = true
    defer { matched = place + 1 }
    return Match(
      delay: Self.age(sent[place].time, at: time),
      advance: place + 1 - matched,
      sampleAt: isAlone ? time.nanoseconds(since: Self.age(sent[place].time, at: time)) : nil,
      isByClock: isByClock
    )
  }

  /// A record of a sample from before those that are kept: how late it is only the bridge's clock knows.
  private func missed(at time: Int64, sentAt: Int64?) -> Match? {
    guard let sentAt, sent.count > 0,
      Self.distance(Self.tenths(sentAt), sent[sent.oldest].time) < -Self.slack
    else { return nil }
    return Match(delay: time.nanoseconds(since: sentAt), advance: 0, isByClock: true)
  }

  /// The place by the order, or by the bridge's clock once it has said three times that as many are missing.
  private mutating func inStep(_ place: Int, _ near: Int?) -> Int {
    let samples = Int32(clamping: (near ?? place) - place)
    guard samples > 0 else {
      shift = (0, 0)
      return place
    }
    shift = (samples, shift.samples == samples ? shift.count + 1 : 1)
    guard shift.count >= 3 else { return place }
    shift = (0, 0)
    return near ?? place
  }

  /// A record of one of several equal samples, nobody knows which: none of them is counted as waiting.
  private mutating func passRun(at place: Int) -> Match {
    isInStep = false
    var end = place + 1
    while end < sent.added, sent[end].fingerprint == sent[place].fingerprint { end += 1 }
    defer { matched = end }
    return Match(delay: nil, advance: end - matched)
  }

  /// Whether no other sample here has the same values.
  private func isOnly(_ place: Int) -> Bool {
    let fingerprint = sent[place].fingerprint
    return (sent.oldest..<sent.added).allSatisfy {
      $0 == place || sent[$0].fingerprint != fingerprint
    }
  }

  /// The sample with these values that came nearest to a time; nil if none came within a second of it.
  private func nearest(to time: UInt32, _ fingerprint: UInt32, from start: Int) -> Int? {
    var best: (place: Int, distance: Int32)?
    for place in start..<sent.added where sent[place].fingerprint == fingerprint {
      let distance = Self.distance(sent[place].time, time).magnitude
      if distance <= Self.slack, distance < best?.distance ?? .max {
        best = (place, Int32(distance))
      }
    }
    return best?.place
  }

  // MARK: - Out of the task

  /// How long ago the sample of an enriched record came by the raw feed.
  ///
  /// - Parameters:
  ///   - fingerprint: The record's values.
  ///   - sentAt: The sample's time as the record tells it, on our clock; nil if that is not to be believed.
  ///   - time: When the record came: monotonic nanoseconds.
  /// - Returns: Nil where nobody knows.
  func age(_ fingerprint: UInt32, sentAt: Int64?, at time: Int64) -> Age? {
    let places = sent.oldest..<sent.added
    guard let first = places.first(where: { sent[$0].fingerprint == fingerprint }),
      let last = places.last(where: { sent[$0].fingerprint == fingerprint })
    else { return nil }
    // Samples that came within a second are as good as one.
    if sent.count >= 3, Self.distance(sent[last].time, sent[first].time) <= Self.slack {
      return Age(nanoseconds: Self.age(sent[last].time, at: time))
    }
    guard let sentAt else { return nil }
    let told = Self.tenths(sentAt)
    if let near = nearest(to: told, fingerprint, from: first) {
      return Age(nanoseconds: Self.age(sent[near].time, at: time), isByClock: true)
    }
    // From before what is kept, if the samples were the same then.
    guard first == sent.oldest, Self.distance(told, sent[first].time) < 0 else { return nil }
    return Age(nanoseconds: time.nanoseconds(since: sentAt), isByClock: true)
  }

  /// How long ago the record of the raw topic came that bears the time `wall` (nanoseconds); nil where the raw topic does
  /// not have it.
  func age(ofRecord wall: Int64, at time: Int64) -> Age? {
    guard written.count > 0 else { return nil }
    let stamp = Self.milliseconds(wall)
    for place in (written.oldest..<written.added).reversed() where written[place].stamp == stamp {
      return Age(nanoseconds: Self.age(written[place].time, at: time))
    }
    // What is older than all that is kept took as long to get there as the oldest of those.
    let first = written[written.oldest]
    let before = Self.distance(first.stamp, stamp)
    guard before > 0, before <= Self.mostBefore else { return nil }
    let age = Self.age(first.time, at: time).addingClamped(Int64(before) * 1_000_000)
    return Age(nanoseconds: age, isByClock: true)
  }

  // MARK: - Times

  private static func tenths(_ time: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: time / 100_000)
  }

  private static func milliseconds(_ wall: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: wall / 1_000_000)
  }

  /// From one time to another; negative if that is the earlier one.
  private static func distance(_ time: UInt32, _ earlier: UInt32) -> Int32 {
    Int32(truncatingIfNeeded: Int64(time &- earlier))
  }

  /// Nanoseconds since a time; negative if the time is before it.
  private static func age(_ time: UInt32, at now: Int64) -> Int64 {
    Int64(distance(tenths(now), time)) * 100_000
  }
}
