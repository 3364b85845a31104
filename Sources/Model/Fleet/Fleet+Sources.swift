extension Generator {
  /// Whether its values hold until others come: it sends changes only, and its presence says that it is there.
  var holds: Bool { sendsChanges && session == .online }
}

/// What samples say that were read by a configured source.
extension Fleet {
  /// Takes over what a sample says besides its values, and lets go of values that are not known any more.
  mutating func noteSource(_ sample: Sample, of index: Int) {
    guard let notes = sample.notes else { return }
    if generators[index].sendsChanges != notes.sendsChanges {
      changeSenders += notes.sendsChanges ? 1 : -1
      generators[index].sendsChanges = notes.sendsChanges
    }
    if let fresh = notes.fresh {
      generators[index].raw.keep(only: sample.reading.present)
      further.keep(only: sample.reading.present, of: index)
      let at = sample.isRetained ? nil : sample.receivedAt
      valueTimes.note(fresh, of: index, at: at)
    }
    // A record's tag and the inventory know better.
    guard notes.region > 0, notes.region != generators[index].region,
      generators[index].enrichedAt == nil || generators[index].region == 0,
      entry(of: sample.generator)?.region == nil
    else { return }
    move(sample.generator, to: notes.region)
  }

  /// Whether nobody that was heard sends a value again that has not changed: then silence is none of anything.
  var isQuietByNature: Bool { changeSenders > 0 && changeSenders >= counts.total - counts.never }

  /// Makes a generator live whose values hold.
  mutating func noteHolding(_ index: Int) {
    guard generators[index].holds else { return }
    setFreshness(.live, of: index)
    generators[index].isReportedStale = false
  }

  /// When a raw value came that did not come with the others of its generator: monotonic nanoseconds.
  ///
  /// - Returns: Nil if it came with them; `Int64.min` for a retained one, of unknown age.
  public func ownTime(of metric: Metric, _ generator: GeneratorIndex) -> Int64? {
    guard let time = valueTimes[metric, Int(generator)] else { return nil }
    let newest = generators.span[Int(generator)].sampleAt ?? .min
    return newest.seconds(since: time) > 2 ? time : nil
  }
}

/// When each value of generators came that send them one by one.
struct ValueTimes: Sendable {
  /// For each of sixteen metrics, by its number: monotonic nanoseconds, `Int64.min` for an unknown time.
  private typealias Times = InlineArray<16, Int64>

  /// The first sixteen of the generators, and the others, which few have.
  private var times: [[Int: Times]] = [[:], [:]]

  /// About how many bytes it takes.
  var footprint: Int { (times[0].count + times[1].count) * (MemoryLayout<Times>.stride + 16) }

  /// Notes that values came, by the bits of their metrics; `time` is nil for an unknown one.
  mutating func note(_ fresh: UInt32, of index: Int, at time: Int64?) {
    var rest = fresh
    while rest != 0 {
      let (half, place) = rest.trailingZeroBitCount.quotientAndRemainder(dividingBy: 16)
      times[half][index, default: Times(repeating: .min)][place] = time ?? .min
      rest &= rest - 1
    }
  }

  subscript(metric: Metric, index: Int) -> Int64? {
    times[Int(metric.rawValue) / 16][index]?[Int(metric.rawValue) % 16]
  }
}
