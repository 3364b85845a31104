import Model

extension PackedEvents {
  // MARK: - Samples

  mutating func put(_ samples: [Sample], _ fleet: Fleet) {
    var before = putHead(samples.count, samples.contains { $0.reading.hasFurther })
    for index in samples.indices { put(samples[index], &before, fleet) }
  }

  func samples(_ cursor: inout Cursor, _ fleet: Fleet) -> [Sample] {
    (0..<count(&cursor)).map { _ in sample(&cursor, fleet) }
  }

  /// How many messages there are, and whether any has values beyond the first six.
  private mutating func putHead(_ count: Int, _ hasFurther: Bool) -> Neighbour {
    bytes.put(UInt64(count) << 1 | (hasFurther ? 1 : 0))
    return Neighbour(receivedAt: end.monotonic, hasFurther: hasFurther)
  }

  private func count(_ cursor: inout Cursor) -> Int {
    let number = bytes.number(&cursor.offset)
    let hasFurther = number & 1 != 0
    cursor.neighbour = Neighbour(receivedAt: cursor.stamp.monotonic, hasFurther: hasFurther)
    // No message takes less than a byte.
    return Int(min(number >> 1, UInt64(bytes.count)))
  }

  private mutating func put(_ sample: Sample, _ before: inout Neighbour, _ fleet: Fleet) {
    let packed = PackedReading(sample.reading, after: fleet.rawReading(of: sample.generator))
    var head = packed.modes
    if sample.source == .rawTopic { head |= 1 << 12 }
    if sample.isRetained { head |= 1 << 13 }
    if sample.recordTime != nil { head |= 1 << 14 }
    if sample.notes != nil { head |= 1 << 15 }
    bytes.put(head: head)
    before.move(to: sample.generator, sample.receivedAt, in: &bytes)
    if let time = sample.recordTime { bytes.put(signed: time &- end.wall) }
    if let notes = sample.notes { put(notes) }
    packed.put(to: &bytes, hasFurther: before.hasFurther)
  }

  private func sample(_ cursor: inout Cursor, _ fleet: Fleet) -> Sample {
    let head = bytes.head(&cursor.offset)
    cursor.move(in: bytes)
    let generator = cursor.neighbour.generator
    let wall = cursor.stamp.wall
    let recordTime = head & 1 << 14 != 0 ? wall &+ bytes.signed(&cursor.offset) : nil
    let notes = head & 1 << 15 != 0 ? notes(&cursor) : nil
    return Sample(
      generator: generator,
      source: head & 1 << 12 != 0 ? .rawTopic : .mqtt,
      isRetained: head & 1 << 13 != 0,
      receivedAt: cursor.neighbour.receivedAt,
      recordTime: recordTime,
      reading: reading(head, after: fleet.rawReading(of: generator), &cursor),
      notes: notes
    )
  }

  private mutating func put(_ notes: SourceNotes) {
    let flags = (notes.sendsChanges ? 1 : 0) | (notes.fresh != nil ? 2 : 0) as UInt64
    bytes.put(UInt64(UInt32(bitPattern: notes.region)) << 2 | flags)
    if let fresh = notes.fresh { bytes.put(UInt64(fresh)) }
  }

  private func notes(_ cursor: inout Cursor) -> SourceNotes {
    let number = bytes.number(&cursor.offset)
    var notes = SourceNotes()
    notes.region = RegionIndex(bitPattern: UInt32(truncatingIfNeeded: number >> 2))
    notes.sendsChanges = number & 1 != 0
    if number & 2 != 0 {
      notes.fresh = UInt32(truncatingIfNeeded: bytes.number(&cursor.offset))
    }
    return notes
  }

  // MARK: - Folded samples

  mutating func put(_ folds: [FoldedSamples], _ fleet: Fleet) {
    let hasFurther = folds.contains { $0.first.reading.hasFurther || $0.last.reading.hasFurther }
    var before = putHead(folds.count, hasFurther)
    for fold in folds {
      put(fold.first, &before, fleet)
      put(fold.last, &before, fleet)
      bytes.put(signed: Int64(fold.count))
      put(fold.lowestFuel)
      put(fold.highestFuel)
    }
  }

  func folds(_ cursor: inout Cursor, _ fleet: Fleet) -> [FoldedSamples] {
    (0..<count(&cursor)).map { _ in
      var fold = FoldedSamples(first: sample(&cursor, fleet))
      fold.last = sample(&cursor, fleet)
      fold.count = Int(truncatingIfNeeded: bytes.signed(&cursor.offset))
      fold.lowestFuel = optional(&cursor)
      fold.highestFuel = optional(&cursor)
      return fold
    }
  }

  private mutating func put(_ value: Double?) {
    bytes.put(value == nil ? 0 : 1)
    if let value { bytes.put(value.bitPattern) }
  }

  private func optional(_ cursor: inout Cursor) -> Double? {
    bytes.number(&cursor.offset) == 0 ? nil : Double(bitPattern: bytes.number(&cursor.offset))
  }

  // MARK: - Records

  mutating func put(_ records: [EnrichedRecord], _ fleet: Fleet) {
    var before = putHead(records.count, records.contains { $0.reading.hasFurther })
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
      before.move(to: record.generator, record.receivedAt, in: &bytes)
      if alarm >= 3 { bytes.put(UInt64(alarm)) }
      bytes.put(signed: Int64(record.region) - Int64(fleet.region(of: record.generator)))
      if let time = record.sampleTime { bytes.put(signed: time &- wall) }
      if let time = record.recordTime { bytes.put(signed: time &- (record.sampleTime ?? wall)) }
      packed.put(to: &bytes, hasFurther: before.hasFurther)
    }
  }

  func records(_ cursor: inout Cursor, _ fleet: Fleet) -> [EnrichedRecord] {
    let wall = cursor.stamp.wall
    return (0..<count(&cursor)).map { _ in
      let head = bytes.head(&cursor.offset)
      cursor.move(in: bytes)
      let generator = cursor.neighbour.generator
      let short = UInt8(head >> 12 & 3)
      let alarm = short < 3 ? short : UInt8(truncatingIfNeeded: bytes.number(&cursor.offset))
      let region = Int64(fleet.region(of: generator)) &+ bytes.signed(&cursor.offset)
      let sampleTime = head & 1 << 14 != 0 ? wall &+ bytes.signed(&cursor.offset) : nil
      let recordTime =
        head & 1 << 15 != 0 ? (sampleTime ?? wall) &+ bytes.signed(&cursor.offset) : nil
      return EnrichedRecord(
        generator: generator,
        region: RegionIndex(truncatingIfNeeded: region),
        alarm: AlarmFlag(rawValue: alarm) ?? .other,
        receivedAt: cursor.neighbour.receivedAt,
        sampleTime: sampleTime,
        recordTime: recordTime,
        reading: reading(head, after: fleet.enrichedReading(of: generator), &cursor)
      )
    }
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
  func figures(after known: ScreenFigures, _ cursor: inout Cursor) -> ScreenFigures {
    func next() -> Int { Int(truncatingIfNeeded: bytes.signed(&cursor.offset)) }
    var figures = ScreenFigures()
    figures.frames = known.frames &+ next()
    figures.frameBytes = next()
    figures.totalBytes = known.totalBytes &+ next()
    figures.folded = known.folded &+ next()
    figures.unsentBytes = next()
    if bytes.number(&cursor.offset) != 0 {
      figures.blockedSince = cursor.stamp.monotonic &+ bytes.signed(&cursor.offset)
    }
    figures.isSlow = optional(&cursor).map { $0 != 0 }
    figures.isLow = optional(&cursor).map { $0 != 0 }
    figures.bytesPerSecond = optional(&cursor)
    figures.roundTrip = optional(&cursor)
    if bytes.number(&cursor.offset) != 0 { figures.queuedBytes = next() }
    return figures
  }
}

extension Fleet {
  fileprivate func region(of generator: GeneratorIndex) -> RegionIndex {
    has(generator) ? generators[Int(generator)].region : 0
  }
}
