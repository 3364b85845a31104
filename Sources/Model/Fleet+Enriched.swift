extension Fleet {
  /// Takes over one enriched record; records older than the newest are counted and left out.
  mutating func apply(_ record: EnrichedRecord, at stamp: Stamp) {
    guard has(record.generator) else { return }
    let index = Int(record.generator)
    let wall = record.sampleTime ?? record.recordTime
    let time = wall.map { stamp.monotonic(ofWall: $0) } ?? record.receivedAt
    traffic.count(record)
    if let newest = generators[index].enrichedAt, time < newest {
      traffic.outOfOrder += 1
      return
    }
    matchTask(record)
    generators[index].enriched.merge(record.reading)
    generators[index].enrichedAt = time
    generators[index].enrichedReceivedAt = record.receivedAt
    setAlarm(record.alarm, of: index, wall: wall ?? stamp.wall)
    if record.region > 0 { move(record.generator, to: record.region) }
    // Raw samples are closer together: the record adds to the history where they are missing.
    if (generators[index].sampleAt ?? .min) < time {
      noteFuel(record.reading, of: record.generator, at: time, stamp: stamp)
    }
    generators[index].freshness = freshness(of: generators[index], at: stamp.monotonic)
    review(record.generator, at: stamp.monotonic)
  }

  private mutating func setAlarm(_ alarm: AlarmFlag, of index: Int, wall: Int64) {
    guard alarm != .absent else { return }
    if alarm == .refuel {
      if generators[index].alarm != .refuel { generators[index].alarmSinceWall = wall }
    } else {
      generators[index].alarmSinceWall = nil
    }
    generators[index].alarm = alarm
  }

  /// How long the task took from the raw sample to this record, if we saw the sample live.
  private mutating func matchTask(_ record: EnrichedRecord) {
    let index = Int(record.generator)
    guard traffic.hasReadHistory, record.receivedAt > generators[index].enrichedReceivedAt ?? .min,
      let sampleAt = rings[index].newest(record.reading.fingerprint),
      sampleAt <= record.receivedAt
    else { return }
    traffic.taskDelay.add(record.receivedAt - sampleAt, at: record.receivedAt)
  }
}
