/// The samples of one generator of the last minutes, to be matched with what the pipeline makes of
/// them.
///
/// No message carries a number of its own, so a sample is known again by its values. Holds the last
/// 150 s at the generator's pace, at most 256 samples.
struct MatchRing: Sendable {
  /// What a later stage's record turned out to be.
  struct Match {
    /// When the sample reached us: monotonic nanoseconds.
    var sampleAt: Int64
    /// How many samples further this is than the match before, at least 0.
    var advance: Int
  }

  private var prints: [UInt32] = []
  private var times: [Int64] = []
  /// How many samples were ever added.
  private(set) var added = 0
  /// How many of them lie at or before the last one matched in order.
  private var matched = 0

  init() {}

  /// How many samples lie behind the last one matched in order.
  var unmatched: Int { added - matched }

  mutating func add(_ fingerprint: UInt32, at time: Int64, interval: Double?) {
    if added == prints.count {
      let wanted = min(256, max(16, Int((150 / max(interval ?? 15, 0.5)).rounded(.up))))
      if prints.count < wanted {
        prints.append(fingerprint)
        times.append(time)
        added += 1
        return
      }
    }
    if prints.isEmpty {
      prints.append(fingerprint)
      times.append(time)
    } else {
      prints[added % prints.count] = fingerprint
      times[added % times.count] = time
    }
    added += 1
  }

  /// The sample that a record which follows the samples in order (the bridge's) was made of.
  mutating func matchInOrder(_ fingerprint: UInt32) -> Match? {
    let oldest = max(0, added - prints.count)
    var position = max(matched, oldest)
    while position < added {
      if prints[position % prints.count] == fingerprint {
        defer { matched = position + 1 }
        return Match(
          sampleAt: times[position % times.count],
          advance: position + 1 - matched
        )
      }
      position += 1
    }
    return nil
  }

  /// When the newest sample with these values came: for records of which only some are made.
  func newest(_ fingerprint: UInt32) -> Int64? {
    let oldest = max(0, added - prints.count)
    var position = added - 1
    while position >= oldest {
      if prints[position % prints.count] == fingerprint { return times[position % times.count] }
      position -= 1
    }
    return nil
  }
}
