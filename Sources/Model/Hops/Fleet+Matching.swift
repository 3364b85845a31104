extension Fleet {
  /// Matches a record of the raw topic with the sample that the bridge made it of.
  mutating func matchBridge(_ sample: Sample, at stamp: Stamp) {
    let index = Int(sample.generator)
    let told = sample.recordTime.map { stamp.monotonic(ofWall: $0) }
    if let told {
      traffic.noteRawDistance(sample.receivedAt.nanoseconds(since: told), at: sample.receivedAt)
    }
    let match = rings[index].matchInOrder(
      sample.reading.fingerprint,
      at: sample.receivedAt,
      sentAt: pipelineTime(sample.recordTime, of: sample.receivedAt, within: 600, stamp)
    )
    guard let match else { return }
    if let delay = match.delay {
      traffic.bridgeDelay.add(delay, at: sample.receivedAt, isByClock: match.isByClock)
    }
    if let told, let sampleAt = match.sampleAt {
      traffic.noteClock(sampleAt.nanoseconds(since: told))
    }
    if traffic.bridged[sample.generator] {
      traffic.bridgePending -= match.advance
    } else {
      traffic.bridged.insert(sample.generator)
      traffic.bridgePending += rings[index].unmatched
    }
  }

  /// When the pipeline says that it received a sample, on our clock, less what its own is known to be off by.
  ///
  /// - Parameters:
  ///   - wall: What it says: wall nanoseconds; nil if nothing.
  ///   - receivedAt: When that came to us: monotonic nanoseconds.
  ///   - span: How many seconds before that it may be.
  ///   - stamp: Now.
  /// - Returns: Nil for a time that is not to be believed: after it came to us, or too long before.
  func pipelineTime(
    _ wall: Int64?,
    of receivedAt: Int64,
    within span: Double,
    _ stamp: Stamp
  ) -> Int64? {
    guard let wall else { return nil }
    let time = stamp.monotonic(ofWall: wall).addingClamped(traffic.clockOffset ?? 0)
    let age = receivedAt.seconds(since: time)
    return age > -1 && age < span ? min(time, receivedAt) : nil
  }
}
