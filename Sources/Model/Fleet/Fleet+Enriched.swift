extension Fleet {
  /// Takes over one enriched record; records older than the newest are counted and left out.
  mutating func apply(_ record: EnrichedRecord, at stamp: Stamp) {
    guard has(record.generator) else { return }
    var record = record
    record.receivedAt = stamp.bounded(record.receivedAt)
    let index = Int(record.generator)
    // A stamp ahead of our clock counts as the record's coming: it outranks nothing that comes after it.
    let wall = record.ownWall.map { min($0, stamp.wall(ofMonotonic: record.receivedAt)) }
    let time = wall.map { stamp.monotonic(ofWall: $0) } ?? record.receivedAt
    traffic.count(record)
    guard !isOlder(wall, time, than: index) else {
      traffic.outOfOrder += 1
      return
    }
    // InfluxDB's task writes the last point of a generator that is silent again and again.
    let isNew = wall == nil || wall != generators[index].enrichedWall
    if isNew { noteNew(record, at: time, stamp) }
    noteHeard(index)
    let before = generators[index].enrichedAt
    newestRecordAt = max(newestRecordAt ?? .min, time)
    clean(&record.reading)
    noteTank(record.reading, of: index)
    // A record tells of some sample of the window before its time: only after that long without
    // raw samples is it the newer one.
    let isNewest = time.seconds(since: generators[index].sampleAt ?? .min) > policy.window + 15
    let isPast = !traffic.hasReadHistory && time <= generators[index].sampleAt ?? .min
    var noted = record.reading
    if isNewest || isPast {
      let last = generators[index].trend.last
      if let confirmed = sift(&noted, of: record.generator, after: last, at: time) {
        var earlier = Reading()
        earlier[.fuel] = confirmed.fuel
        noteFuel(earlier, of: record.generator, at: confirmed.at, stamp: stamp)
      }
      // What raises an alarm is shown, though it may be odd, and what clears it if it can be true.
      let isPossible = record.reading.fuel.map { 0...1.1 * generators[index].tank ~= $0 } ?? true
      let isJudged = record.alarm.kind != nil || record.alarm == .noAction && isPossible
      if isNewest, !isJudged {
        record.reading[.fuel] = noted.fuel
      } else if noted.fuel != record.reading.fuel {
        generators[index].isDoubted = isNewest && !isPossible
      }
    }
    generators[index].enriched.merge(record.reading.core)
    further.merge(record.reading, of: index, isRaw: false)
    generators[index].enrichedAt = time
    generators[index].enrichedWall = wall
    applyAlarm(of: record, wall: wall ?? stamp.wall, at: stamp)
    compareFuel(of: index, at: record.receivedAt)
    setDifference(difference(of: index, viewpoint(at: stamp.monotonic)), index)
    if record.region > 0 { move(record.generator, to: record.region) }
    if isNewest { generators[index].showsRaw = false }
    if isNewest || isPast { noteFuel(noted, of: record.generator, at: time, stamp: stamp) }
    updateFreshness(after: record, before: before, at: stamp)
    review(record.generator, at: stamp.monotonic)
  }

  /// When a record was written; nil if its Kafka time is that of its sample, as some sources have it.
  private func writingTime(of record: EnrichedRecord, at stamp: Stamp) -> Int64? {
    let day: Int64 = 86_400_000_000_000
    guard let written = record.recordTime, EnrichedRecord.isMeant(written),
      written <= stamp.wall.addingClamped(day)
    else { return nil }
    guard let sampled = record.sampleTime else { return written }
    return abs(written.seconds(since: sampled)) < 0.002 ? nil : written
  }

  /// Whether a record is older than the generator's newest, by the records' own clock if it is told.
  private func isOlder(_ wall: Int64?, _ time: Int64, than index: Int) -> Bool {
    if let wall, let newest = generators[index].enrichedWall { return wall < newest }
    return generators[index].enrichedAt.map { time < $0 } ?? false
  }

  /// Makes a generator known by records alone fresher if the record is.
  ///
  /// An end of silence that was told is an event. Only ``tick(at:)`` makes it less fresh.
  private mutating func updateFreshness(
    after record: EnrichedRecord,
    before: Int64?,
    at stamp: Stamp
  ) {
    let index = Int(record.generator)
    guard generators[index].sampleAt == nil else { return }
    let now = enrichedFreshness(of: index, viewpoint(at: stamp.monotonic), withGrace: false)
    let freshness = generators[index].freshness
    guard freshness == .never || now.rawValue < freshness.rawValue else { return }
    setFreshness(now, of: index)
    guard generators[index].isReportedStale, let before, let time = generators[index].enrichedAt
    else { return }
    generators[index].isReportedStale = false
    let away = time.seconds(since: before)
    let happened = stamp.at(monotonic: record.receivedAt)
    note(.online, of: record.generator, at: happened, amount: away)
  }

  /// Takes over what the record says of alarms, if it says anything.
  private mutating func applyAlarm(of record: EnrichedRecord, wall: Int64, at stamp: Stamp) {
    let index = Int(record.generator)
    guard record.alarm != .absent else { return }
    // The first word on a generator does not say that its alarm is new.
    let before = generators[index].alarm
    let isNews = before == .noAction || before.kind != nil
    generators[index].alarm = record.alarm
    noteCalm(record, at: wall)
    updateAlarms(of: record.generator, since: wall, record.reading, isNews: isNews, at: stamp)
  }

  /// Notes a record of a sample of which there was none.
  private mutating func noteNew(_ record: EnrichedRecord, at time: Int64, _ stamp: Stamp) {
    let index = Int(record.generator)
    measureDelays(of: record, at: time, stamp)
    generators[index].enrichedReceivedAt = record.receivedAt
    generators[index].enrichedRecordWall = writingTime(of: record, at: stamp)
    generators[index].unenrichedSince = nil
    traffic.noteNewRecord(at: traffic.hasReadHistory ? record.receivedAt : time)
  }

  /// How old live records are when they come, and how long the task took from the raw sample, as
  /// far as that is known.
  private mutating func measureDelays(of record: EnrichedRecord, at time: Int64, _ stamp: Stamp) {
    guard traffic.hasReadHistory else { return }
    let now = record.receivedAt
    traffic.enrichedDistance.add(now.nanoseconds(since: time), at: now)
    let index = Int(record.generator)
    generators[index].enrichedSampleAt = nil
    guard now > generators[index].enrichedReceivedAt ?? .min else { return }
    let told = pipelineTime(record.sampleTime, of: now, within: 600 + 2 * policy.window, stamp)
    let sample = rings[index].age(record.reading.fingerprint, sentAt: told, at: now)
    let wall = record.sampleTime ?? record.recordTime
    let raw = wall.flatMap { rings[index].age(ofRecord: $0, at: now) }
    // Where the raw topic is read, the task's part begins there, and the way from the generator before it.
    if let first = policy.rawFeedIsKafka ? raw ?? sample : sample ?? raw, first.nanoseconds >= 0 {
      generators[index].enrichedSampleAt = now.nanoseconds(since: first.nanoseconds)
    }
    guard let age = raw ?? sample, age.nanoseconds >= 0 else { return }
    traffic.taskDelay.add(age.nanoseconds, at: now, isByClock: age.isByClock)
  }
}
