extension Fleet {
  /// Takes over one raw sample.
  mutating func apply(_ sample: Sample, at stamp: Stamp) {
    guard has(sample.generator) else { return }
    let index = Int(sample.generator)
    if sample.isRetained {
      traffic.retained += 1
      // A retained sample is shown where nothing better is known, and proves no life.
      if generators[index].sampleAt == nil { generators[index].raw.merge(sample.reading) }
      markChanged(sample.generator)
      return
    }
    traffic.count(sample)
    let isPrimary = (sample.source == .rawTopic) == policy.rawFeedIsKafka
    if !isPrimary {
      if sample.source == .rawTopic { matchBridge(sample) }
      return
    }
    if policy.hasEnrichedFeed || traffic.rawTopicIsRead {
      let interval = generators[index].interval.seconds
      rings[index].add(sample.reading.fingerprint, at: sample.receivedAt, interval: interval)
      if traffic.bridged[sample.generator] { traffic.bridgePending += 1 }
    }
    takeOver(sample, at: stamp)
  }

  /// Takes over many samples of one generator that were folded into one.
  mutating func apply(_ fold: FoldedSamples, at stamp: Stamp) {
    traffic.folded += max(0, fold.count - 1)
    traffic.count(fold.last, fold.count - 1)
    if fold.count > 1 { apply(fold.first, at: stamp) }
    apply(fold.last, at: stamp)
    if fold.count > 1 { traffic.uncount(fold.last) }
  }

  private mutating func takeOver(_ sample: Sample, at stamp: Stamp) {
    let index = Int(sample.generator)
    let before = generators[index].sampleAt
    if let before { generators[index].interval.add(sample.receivedAt - before) }
    generators[index].raw.merge(sample.reading)
    generators[index].sampleAt = sample.receivedAt
    generators[index].samples += 1
    if sample.source == .mqtt { cameBack(sample, silentSince: before, at: stamp) }
    generators[index].freshness = .live
    noteFuel(sample.reading, of: sample.generator, at: sample.receivedAt, stamp: stamp)
    review(sample.generator, at: sample.receivedAt)
  }

  /// A live sample after the last will, or after silence, says that the generator is back.
  private mutating func cameBack(_ sample: Sample, silentSince before: Int64?, at stamp: Stamp) {
    let index = Int(sample.generator)
    let isNewer = generators[index].presenceAt.map { sample.receivedAt > $0 } ?? true
    if generators[index].session.isOffline, isNewer {
      let away = generators[index].sessionAt.map { (sample.receivedAt - $0).seconds }
      generators[index].session = .online
      generators[index].sessionAt = sample.receivedAt
      events.add(.online, of: sample.generator, at: stamp, amount: away)
    } else if generators[index].freshness == .stale, let before {
      let away = (sample.receivedAt - before).seconds
      events.add(.online, of: sample.generator, at: stamp, amount: away)
    }
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
    guard let fuel = reading.fuel else { return }
    let tank = generators[index].tank
    if let added = generators[index].trend.add(fuel: fuel, at: time, tank: tank) {
      let happened = Stamp(monotonic: time, wall: stamp.wall(ofMonotonic: time))
      events.add(.refuelled, of: generator, at: happened, amount: added)
    }
  }

  /// Matches a record of the raw topic with the sample that the bridge made it of.
  private mutating func matchBridge(_ sample: Sample) {
    let index = Int(sample.generator)
    guard let match = rings[index].matchInOrder(sample.reading.fingerprint) else { return }
    traffic.bridgeDelay.add(sample.receivedAt - match.sampleAt, at: sample.receivedAt)
    if traffic.bridged[sample.generator] {
      traffic.bridgePending = max(0, traffic.bridgePending - match.advance)
    } else {
      traffic.bridged.insert(sample.generator)
      traffic.bridgePending += rings[index].unmatched
    }
  }
}
