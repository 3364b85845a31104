/// A value of the fuel that those around it do not bear out.
public struct OddValue: Equatable, Sendable {
  public var fuel: Double
  /// When it came: monotonic nanoseconds.
  public var at: Int64
}

/// Values of the fuel that wait for a second one, and those that were left out: of the few generators that had any.
struct OddValues: Sendable {
  /// How many in a row are left out at most: then the next one stands.
  private static let most = 3

  private struct Waiting: Sendable {
    var value: OddValue
    /// How many before it were left out in a row.
    var before: Int
  }

  /// What is to be done with a value that came.
  enum Verdict: Equatable {
    /// It stands.
    case stands
    /// It does not yet.
    case waits
    /// It stands, and so does the one that waited for it.
    case confirms(OddValue)
  }

  private var waiting: [GeneratorIndex: Waiting] = [:]
  private var leftOut: [GeneratorIndex: OddValue] = [:]

  /// About how many bytes they take.
  var footprint: Int { (waiting.count + leftOut.count) * 48 }

  /// The last value of a generator that was left out; nil if there was none.
  subscript(generator: GeneratorIndex) -> OddValue? { leftOut[generator] }

  /// Generators whose newest value waits, and since when.
  var waitingSince: [(generator: GeneratorIndex, at: Int64)] {
    waiting.map { ($0.key, $0.value.value.at) }
  }

  /// Whether a value of a generator waits.
  func waits(_ generator: GeneratorIndex) -> Bool {
    !waiting.isEmpty && waiting[generator] != nil
  }

  /// Judges a value by the one before and by the one that waits.
  ///
  /// - Parameters:
  ///   - value: What came.
  ///   - generator: Of which.
  ///   - last: The last value that stands; nil if there is none.
  ///   - limit: By how much a value may differ from the one before without being odd; one that bears out another differs
  ///     from it by less than half of that.
  ///   - tank: The size of the tank, in which a first value has to fit.
  /// - Returns: What is to be done with it.
  mutating func judge(
    _ value: OddValue,
    of generator: GeneratorIndex,
    after last: Double?,
    limit: Double,
    tank: Double
  ) -> Verdict {
    let isOdd =
      last.map { abs(value.fuel - $0) > limit } ?? !(0.0.nextUp...1.1 * tank ~= value.fuel)
    guard let before = waiting.isEmpty ? nil : waiting.removeValue(forKey: generator) else {
      guard isOdd else { return .stands }
      waiting[generator] = Waiting(value: value, before: 0)
      return .waits
    }
    if abs(value.fuel - before.value.fuel) < limit / 2 { return .confirms(before.value) }
    leftOut[generator] = before.value
    guard isOdd, before.before + 1 < Self.most else { return .stands }
    waiting[generator] = Waiting(value: value, before: before.before + 1)
    return .waits
  }

  /// Lets a value stand that waited, since none will follow; nil if there is none.
  mutating func release(_ generator: GeneratorIndex) -> OddValue? {
    waiting.isEmpty ? nil : waiting.removeValue(forKey: generator)?.value
  }
}

extension Fleet {
  /// The last value of the fuel of a generator that was left out, since those around it did not bear it out.
  public func oddValue(of generator: GeneratorIndex) -> OddValue? { oddValues[generator] }

  /// Takes out of a reading what controllers write where they know nothing, and a position of exactly 0, 0.
  func clean(_ reading: inout Reading) {
    if reading.latitude == 0, reading.longitude == 0 {
      reading[.latitude] = nil
      reading[.longitude] = nil
    }
    guard reading.hasUnknown(from: limits.leastUnknown) else { return }
    for metric in Metric.allCases {
      guard let value = reading[metric], abs(value) >= limits.leastUnknown,
        policy.unknownValues.contains(value)
      else { continue }
      reading[metric] = nil
    }
  }

  /// Takes out of a reading a fuel that has to wait for a second value; gives the one that this one bears out.
  mutating func sift(
    _ reading: inout Reading,
    of generator: GeneratorIndex,
    after last: Double?,
    at time: Int64
  ) -> OddValue? {
    guard let fuel = reading.fuel else { return nil }
    let index = Int(generator)
    let tank = generators[index].tank
    let verdict = oddValues.judge(
      OddValue(fuel: fuel, at: time),
      of: generator,
      after: last,
      limit: generators[index].trend.oddLeast(of: tank),
      tank: tank
    )
    switch verdict {
    case .stands:
      generators[index].isDoubted = false
      return nil
    case .waits:
      reading[.fuel] = nil
      return nil
    case .confirms(let before):
      generators[index].isDoubted = false
      return before
    }
  }

  /// Lets values stand that nothing followed for two intervals.
  ///
  /// Where only changes are sent, one that stays is not followed by another: 10 s are enough.
  mutating func releaseOddValues(at stamp: Stamp) {
    for (generator, at) in oddValues.waitingSince {
      let usual = generators[Int(generator)].interval.seconds ?? limits.expectedInterval
      let pace = generators[Int(generator)].sendsChanges ? 5 : usual
      let interval = generators[Int(generator)].sampleAt == nil ? limits.window : pace
      if stamp.monotonic.seconds(since: at) > 2 * interval {
        releaseOddValue(of: generator, at: stamp)
      }
    }
  }

  /// Lets a value stand that waited for another, as what cannot be asked any more: it may have been the last word.
  mutating func releaseOddValue(of generator: GeneratorIndex, at stamp: Stamp) {
    guard let value = oddValues.release(generator) else { return }
    let index = Int(generator)
    var reading = Reading()
    reading[.fuel] = value.fuel
    if generators[index].showsRaw {
      generators[index].raw.merge(reading.core)
    } else {
      generators[index].enriched.merge(reading.core)
    }
    generators[index].isDoubted = !generators[index].sendsChanges
    noteFuel(reading, of: generator, at: value.at, stamp: stamp)
    review(generator, at: stamp.monotonic)
  }
}

extension Reading {
  /// Whether there is a value of at least this size, as those have that mean none.
  fileprivate func hasUnknown(from least: Double) -> Bool {
    if hasFurther { return true }
    for place in 0..<CoreReading.count {
      if let value = core[place: place], abs(value) >= least { return true }
    }
    return false
  }
}
