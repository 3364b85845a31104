import Model

/// What of a message is told by its difference from the one before in the same event.
private struct Neighbour {
  var generator: GeneratorIndex = 0
  var receivedAt: Int64
}

extension PackedEvents {
  // MARK: - Samples

  mutating func put(_ samples: [Sample], _ fleet: Fleet) {
    bytes.put(UInt64(samples.count))
    var before = Neighbour(receivedAt: end.monotonic)
    for index in samples.indices { put(samples[index], &before, fleet) }
  }

  func samples(_ stamp: Stamp, _ fleet: Fleet, _ offset: inout Int) -> [Sample] {
    let count = bounded(bytes.number(&offset))
    var samples: [Sample] = []
    samples.reserveCapacity(count)
    var before = Neighbour(receivedAt: stamp.monotonic)
    for _ in 0..<count { samples.append(sample(&before, fleet, &offset)) }
    return samples
  }

  /// No message takes less than a byte.
  private func bounded(_ count: UInt64) -> Int { Int(min(count, UInt64(bytes.count))) }

  private mutating func put(_ sample: Sample, _ before: inout Neighbour, _ fleet: Fleet) {
    let packed = PackedReading(sample.reading, after: fleet.rawReading(of: sample.generator))
    var head = packed.modes
    if sample.source == .rawTopic { head |= 1 << 12 }
    if sample.isRetained { head |= 1 << 13 }
    bytes.put(head: head)
    put(sample.generator, sample.receivedAt, &before)
    packed.put(to: &bytes)
  }

  private func sample(_ before: inout Neighbour, _ fleet: Fleet, _ offset: inout Int) -> Sample {
    let head = bytes.head(&offset)
    take(&before, &offset)
    let known = fleet.rawReading(of: before.generator)
    return Sample(
      generator: before.generator,
      source: head & 1 << 12 != 0 ? .rawTopic : .mqtt,
      isRetained: head & 1 << 13 != 0,
      receivedAt: before.receivedAt,
      reading: PackedReading.reading(head, after: known, from: bytes, &offset)
    )
  }

  private mutating func put(
    _ generator: GeneratorIndex,
    _ receivedAt: Int64,
    _ before: inout Neighbour
  ) {
    bytes.put(signed: Int64(generator) - Int64(before.generator))
    bytes.put(signed: receivedAt &- before.receivedAt)
    before = Neighbour(generator: generator, receivedAt: receivedAt)
  }

  private func take(_ before: inout Neighbour, _ offset: inout Int) {
    let generator = Int64(before.generator) &+ bytes.signed(&offset)
    before.generator = GeneratorIndex(truncatingIfNeeded: generator)
    before.receivedAt &+= bytes.signed(&offset)
  }

  // MARK: - Folded samples

  mutating func put(_ folds: [FoldedSamples], _ fleet: Fleet) {
    bytes.put(UInt64(folds.count))
    var before = Neighbour(receivedAt: end.monotonic)
    for fold in folds {
      put(fold.first, &before, fleet)
      put(fold.last, &before, fleet)
      bytes.put(signed: Int64(fold.count))
      put(fold.lowestFuel)
      put(fold.highestFuel)
    }
  }

  func folds(_ stamp: Stamp, _ fleet: Fleet, _ offset: inout Int) -> [FoldedSamples] {
    let count = bounded(bytes.number(&offset))
    var before = Neighbour(receivedAt: stamp.monotonic)
    return (0..<count).map { _ in
      var fold = FoldedSamples(first: sample(&before, fleet, &offset))
      fold.last = sample(&before, fleet, &offset)
      fold.count = Int(truncatingIfNeeded: bytes.signed(&offset))
      fold.lowestFuel = optional(&offset)
      fold.highestFuel = optional(&offset)
      return fold
    }
  }

  private mutating func put(_ value: Double?) {
    bytes.put(value == nil ? 0 : 1)
    if let value { bytes.put(value.bitPattern) }
  }

  private func optional(_ offset: inout Int) -> Double? {
    bytes.number(&offset) == 0 ? nil : Double(bitPattern: bytes.number(&offset))
  }

  // MARK: - Records

  mutating func put(_ records: [EnrichedRecord], _ fleet: Fleet) {
    bytes.put(UInt64(records.count))
    var before = Neighbour(receivedAt: end.monotonic)
    let wall = end.wall
    for index in records.indices {
      let record = records[index]
      let known = fleet.enrichedReading(of: record.generator)
      let packed = PackedReading(record.reading, after: known)
      // Two bits for what nearly all records say; the flags of rarer kinds follow after.
      let alarm = record.alarm.rawValue
      var head = packed.modes | UInt16(min(alarm, 3)) << 12
      if record.sampleTime != nil { head |= 1 << 14 }
      if record.recordTime != nil { head |= 1 << 15 }
      bytes.put(head: head)
      put(record.generator, record.receivedAt, &before)
      if alarm >= 3 { bytes.put(UInt64(alarm)) }
      let region = Int64(record.region) - Int64(fleet.region(of: record.generator))
      bytes.put(signed: region)
      if let time = record.sampleTime { bytes.put(signed: time &- wall) }
      if let time = record.recordTime { bytes.put(signed: time &- (record.sampleTime ?? wall)) }
      packed.put(to: &bytes)
    }
  }

  func records(_ stamp: Stamp, _ fleet: Fleet, _ offset: inout Int) -> [EnrichedRecord] {
    let count = bounded(bytes.number(&offset))
    var records: [EnrichedRecord] = []
    records.reserveCapacity(count)
    var before = Neighbour(receivedAt: stamp.monotonic)
    for _ in 0..<count {
      let head = bytes.head(&offset)
      take(&before, &offset)
      let short = UInt8(head >> 12 & 3)
      let alarm = short < 3 ? short : UInt8(truncatingIfNeeded: bytes.number(&offset))
      let region = Int64(fleet.region(of: before.generator)) &+ bytes.signed(&offset)
      let sampleTime = head & 1 << 14 != 0 ? stamp.wall &+ bytes.signed(&offset) : nil
      let recordTime =
        head & 1 << 15 != 0 ? (sampleTime ?? stamp.wall) &+ bytes.signed(&offset) : nil
      let known = fleet.enrichedReading(of: before.generator)
      records.append(
        EnrichedRecord(
          generator: before.generator,
          region: RegionIndex(truncatingIfNeeded: region),
          alarm: AlarmFlag(rawValue: alarm) ?? .other,
          receivedAt: before.receivedAt,
          sampleTime: sampleTime,
          recordTime: recordTime,
          reading: PackedReading.reading(head, after: known, from: bytes, &offset)
        )
      )
    }
    return records
  }

  // MARK: - Screen

  mutating func put(_ figures: ScreenFigures, after known: ScreenFigures) {
    bytes.put(signed: Int64(figures.frames &- known.frames))
    bytes.put(signed: Int64(figures.frameBytes))
    bytes.put(signed: Int64(figures.totalBytes &- known.totalBytes))
    bytes.put(signed: Int64(figures.folded &- known.folded))
    bytes.put(signed: Int64(figures.unsentBytes))
    bytes.put(figures.blockedSince == nil ? 0 : 1)
    if let since = figures.blockedSince { bytes.put(signed: since &- end.monotonic) }
    for flag in [figures.isSlow, figures.isLow] { put(flag.map { $0 ? 1 : 0 }) }
    put(figures.bytesPerSecond)
    put(figures.roundTrip)
    bytes.put(figures.queuedBytes == nil ? 0 : 1)
    if let queued = figures.queuedBytes { bytes.put(signed: Int64(queued)) }
  }

  /// `known` is what the screen had told before.
  func figures(after known: ScreenFigures, _ stamp: Stamp, _ offset: inout Int) -> ScreenFigures {
    func next() -> Int { Int(truncatingIfNeeded: bytes.signed(&offset)) }
    var figures = ScreenFigures()
    figures.frames = known.frames &+ next()
    figures.frameBytes = next()
    figures.totalBytes = known.totalBytes &+ next()
    figures.folded = known.folded &+ next()
    figures.unsentBytes = next()
    if bytes.number(&offset) != 0 {
      figures.blockedSince = stamp.monotonic &+ bytes.signed(&offset)
    }
    figures.isSlow = optional(&offset).map { $0 != 0 }
    figures.isLow = optional(&offset).map { $0 != 0 }
    figures.bytesPerSecond = optional(&offset)
    figures.roundTrip = optional(&offset)
    if bytes.number(&offset) != 0 { figures.queuedBytes = next() }
    return figures
  }
}

extension Fleet {
  /// The raw values known of a generator; none for one that is not there.
  fileprivate func rawReading(of generator: GeneratorIndex) -> Reading {
    has(generator) ? generators[Int(generator)].raw : Reading()
  }

  fileprivate func enrichedReading(of generator: GeneratorIndex) -> Reading {
    has(generator) ? generators[Int(generator)].enriched : Reading()
  }

  fileprivate func region(of generator: GeneratorIndex) -> RegionIndex {
    has(generator) ? generators[Int(generator)].region : 0
  }
}
