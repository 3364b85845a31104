extension Fleet {
  /// Takes over one raw sample.
  mutating func apply(_ sample: Sample, at stamp: Stamp) {
    guard has(sample.generator) else { return }
    var sample = sample
    sample.receivedAt = stamp.bounded(sample.receivedAt)
    guard !sample.isRetained else { return applyRetained(sample, at: stamp) }
    traffic.count(sample)
    if track(sample, at: stamp) { takeOver(sample, at: stamp) }
  }

  /// Takes over many samples of one generator that were folded into one.
  mutating func apply(_ fold: FoldedSamples, at stamp: Stamp) {
    let isWhole =
      fold.first.generator == fold.last.generator && fold.first.source == fold.last.source
    guard has(fold.last.generator), isWhole else { return }
    var last = fold.last
    last.receivedAt = stamp.bounded(last.receivedAt)
    let between = min(max(fold.count, 1), 1 << 40) - 2
    if last.isRetained {
      traffic.retained += between + 1
      applyRetained(last, at: stamp)
      return
    }
    if between >= 0 {
      apply(fold.first, at: stamp)
      traffic.folded += between
    }
    traffic.count(last, max(between, 0) + 1)
    guard track(last, at: stamp) else { return }
    generators[Int(last.generator)].samples += max(between, 0)
    if between > 0 { noteTurn(of: fold, until: last.receivedAt, at: stamp) }
    takeOver(last, gaps: max(between, 0) + 1, at: stamp)
  }

  /// Takes over the highest or the lowest fuel of samples of which only the first and the last are known, if the fuel went
  /// there and back.
  ///
  /// Whatever the order, it rose by at least the larger of what lies between the first and the highest, and between the
  /// lowest and the last.
  private mutating func noteTurn(of fold: FoldedSamples, until end: Int64, at stamp: Stamp) {
    let index = Int(fold.last.generator)
    guard let first = generators[index].raw.fuel, let start = generators[index].sampleAt,
      let last = fold.last.reading.fuel, let lowest = fold.lowestFuel,
      let highest = fold.highestFuel
    else { return }
    let turn = highest - first >= last - lowest ? highest : lowest
    guard abs(turn - first) > generators[index].trend.suddenLeast(of: generators[index].tank) else {
      return
    }
    var reading = Reading()
    reading[.fuel] = turn
    generators[index].raw.merge(reading.core)
    let middle = start.addingClamped(end.nanoseconds(since: start) / 2)
    noteFuel(reading, of: fold.last.generator, at: middle, stamp: stamp)
  }

  /// A retained sample is shown where nothing better is known, and proves no life.
  ///
  /// Of a generator that sends changes only it is the newest that there is, of whatever age.
  private mutating func applyRetained(_ sample: Sample, at stamp: Stamp) {
    var sample = sample
    clean(&sample.reading)
    traffic.retained += 1
    let index = Int(sample.generator)
    let holds = sample.notes?.sendsChanges == true
    guard holds || generators[index].sampleAt == nil else { return }
    noteTank(sample.reading, of: index)
    noteSource(sample, of: index)
    let before = generators[index].raw.fuel
    merge(sample)
    markChanged(sample.generator)
    guard holds else { return }
    hasRawFuel = hasRawFuel || sample.reading.fuel != nil
    noteMark(of: index, before: before, at: sample.receivedAt)
    noteHolding(index)
    review(sample.generator, at: stamp.monotonic)
  }

  private mutating func merge(_ sample: Sample) {
    let index = Int(sample.generator)
    generators[index].raw.merge(sample.reading.core)
    further.merge(sample.reading, of: index, isRaw: true)
  }

  /// Matches the sample, or keeps it to be matched; says whether it is of the feed that the fleet is
  /// shown by.
  private mutating func track(_ sample: Sample, at stamp: Stamp) -> Bool {
    let index = Int(sample.generator)
    // What is older is worked out of the raw topic's times, where that is read.
    let readsRawTopic = policy.tailsRawTopic || policy.rawFeedIsKafka
    let interval = generators[index].interval.seconds
    let places = MatchRing.places(of: interval, within: readsRawTopic ? 75 : 150)
    if let wall = sample.recordTime, policy.hasEnrichedFeed {
      rings[index].addRecord(of: wall, at: sample.receivedAt, places: places)
    }
    guard (sample.source == .rawTopic) == policy.rawFeedIsKafka else {
      if sample.source == .rawTopic { matchBridge(sample, at: stamp) }
      return false
    }
    guard policy.hasEnrichedFeed || traffic.rawTopicIsRead else { return true }
    rings[index].add(sample.reading.fingerprint, at: sample.receivedAt, places: places)
    if policy.tailsRawTopic {
      traffic.noteBridgeInput(of: sample.generator, at: sample.receivedAt)
    }
    return true
  }

  /// Takes over a sample that is `gaps` samples further than the one before.
  private mutating func takeOver(
    _ sample: Sample,
    gaps: Int = 1,
    at stamp: Stamp
  ) {
    let index = Int(sample.generator)
    let before = generators[index].sampleAt
    if let before {
      let gap = sample.receivedAt.nanoseconds(since: before)
      generators[index].interval.add(gap, over: gaps)
    }
    sampleCounts.add(gaps, of: sample.generator, at: sample.receivedAt)
    noteHeard(index)
    let fuelBefore = generators[index].raw.fuel
    var sample = sample
    clean(&sample.reading)
    noteTank(sample.reading, of: index)
    noteSource(sample, of: index)
    if sample.notes?.isOld(.fuel) == true { sample.reading[.fuel] = nil }
    let last = before == nil ? generators[index].trend.last : generators[index].raw.fuel
    let time = sample.receivedAt
    let confirmed = sift(&sample.reading, of: sample.generator, after: last, at: time)
    hasRawFuel = hasRawFuel || sample.reading.fuel != nil
    merge(sample)
    noteMark(of: index, before: fuelBefore, at: confirmed?.at ?? sample.receivedAt)
    generators[index].sampleAt = max(before ?? .min, sample.receivedAt)
    generators[index].samples += 1
    generators[index].showsRaw = true
    cameBack(sample, silentSince: before, at: stamp)
    if generators[index].unenrichedSince == nil {
      generators[index].unenrichedSince = sample.receivedAt
    }
    compareFuel(of: index, at: sample.receivedAt)
    if generators[index].difference == .notRaw { setDifference(nil, index) }
    setFreshness(.live, of: index)
    let isEarly = waitsForHistory(at: time)
    if let confirmed {
      var earlier = sample
      earlier.reading = Reading()
      earlier.reading[.fuel] = confirmed.fuel
      earlier.receivedAt = confirmed.at
      note(earlier, isEarly: isEarly, at: stamp)
    }
    note(sample, isEarly: isEarly, at: stamp)
    review(sample.generator, at: sample.receivedAt)
  }

  /// Keeps the values of a sample, or the sample until the past has been read.
  private mutating func note(_ sample: Sample, isEarly: Bool, at stamp: Stamp) {
    if isEarly {
      early.append(sample)
    } else {
      noteFuel(sample.reading, of: sample.generator, at: sample.receivedAt, stamp: stamp)
    }
  }

  /// A live sample after the last will, or after silence, says that the generator is back.
  private mutating func cameBack(_ sample: Sample, silentSince before: Int64?, at stamp: Stamp) {
    let index = Int(sample.generator)
    let since: Int64?
    if generators[index].session.isOffline, sample.source == .mqtt,
      sample.receivedAt > generators[index].presenceAt ?? .min
    {
      since = generators[index].sessionAt
      generators[index].session = .online
      generators[index].sessionAt = sample.receivedAt
    } else if generators[index].isReportedStale {
      since = before
    } else {
      return
    }
    generators[index].isReportedStale = false
    let away = since.map { sample.receivedAt.seconds(since: $0) }
    let back = stamp.at(monotonic: sample.receivedAt)
    note(.online, of: sample.generator, at: back, amount: away)
  }

  /// Whether the enriched topic's past is still being read: samples that come meanwhile go behind it.
  private func waitsForHistory(at now: Int64) -> Bool {
    guard policy.hasEnrichedFeed, !traffic.hasReadHistory, early.count < 100_000,
      let startedAt
    else { return false }
    return now.seconds(since: startedAt) < 15
  }

  /// Notes the fuel of the samples that waited for the past, once it is read or has kept us waiting
  /// long enough.
  mutating func releaseEarlySamples(at stamp: Stamp) {
    guard !early.isEmpty, !waitsForHistory(at: stamp.monotonic) else { return }
    let samples = early
    early = []
    for sample in samples {
      noteFuel(sample.reading, of: sample.generator, at: sample.receivedAt, stamp: stamp)
    }
    // Now that the time to empty is known.
    for sample in samples { review(sample.generator, at: stamp.monotonic) }
  }

  /// Keeps the fuel for the trend and the hour's history, and notices a refuelling.
  mutating func noteFuel(
    _ reading: Reading,
    of generator: GeneratorIndex,
    at time: Int64,
    stamp: Stamp
  ) {
    let index = Int(generator)
    history.add(reading, of: generator, at: time)
    let doing = work(of: index, reading)
    let rated = generators[index].ratedBurn
    let outside = rated > 0 ? EngineBurn(rated, error: 0.1 * rated) : usualBurn
    let refuelling =
      if let fuel = reading.fuel {
        generators[index].trend.add(
          fuel: fuel,
          at: time,
          tank: generators[index].tank,
          doing: doing,
          outside: outside
        )
      } else {
        generators[index].trend.note(doing, at: time, tank: generators[index].tank, outside)
      }
    guard let refuelling else { return }
    let ended = stamp.at(monotonic: refuelling.at)
    note(.refuelled, of: generator, at: ended, amount: refuelling.amount)
  }
}
