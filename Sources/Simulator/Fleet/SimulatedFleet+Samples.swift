internal import MQTT
internal import Pipeline

extension SimulatedFleet {
  /// Lets generators live up to now, at most 10,000 steps, and sends what they report.
  func sendDue(_ now: Int64) {
    for _ in 0..<10_000 {
      guard let due = state.samples.next(until: now) else { return }
      let index = due.index
      let interval = max(1, state.intervals[index])
      state.samples.insert(.init(time: due.time + interval, index: index))
      let sample = state.life.advance(index, nanoseconds: due.time - state.lastSample[index])
      state.lastSample[index] = due.time
      counts[.samples].add()
      // After a long sleep of the machine the past is not sent in one burst.
      guard now - due.time <= interval else {
        counts[.dropped].add()
        continue
      }
      payload.removeAll(keepingCapacity: true)
      state.life.identities[index].append(sample, to: &payload)
      offer(index)
    }
  }

  /// Sends the payload, or keeps or drops it where there is no way.
  private func offer(_ index: Int) {
    let position = index % connections.count
    let connection = connections[position]
    if connection.backlog.isEmpty, connection.canPublish {
      publish(payload, of: index, over: position)
    } else if options.qos > 0 {
      let entry = SampleBacklog.Entry(generator: index, payload: payload)
      counts[.dropped].add(connection.backlog.append(entry))
    } else {
      counts[.dropped].add()
    }
  }

  private func publish(_ payload: [UInt8], of index: Int, over position: Int) {
    do throws(MQTTError) {
      try publish(payload, of: index, over: connections[position])
      try watch(position)
    } catch {
      lose(position, error)
    }
  }

  private func publish(
    _ payload: [UInt8],
    of index: Int,
    over connection: GeneratorConnection,
  ) throws(MQTTError) {
    let before = connection.client.publishedCount
    // A sample of QoS 1 and 2 that the library keeps is published, even if the connection is gone with it.
    defer { counts[.published].add(connection.client.publishedCount - before) }
    try connection.client.publish(payload, to: topics[index], qos: options.qos)
  }

  /// Sends what has waited for the connection, oldest first.
  func sendBacklog(of connection: GeneratorConnection) throws(MQTTError) {
    while connection.canPublish, let entry = connection.backlog.next() {
      try publish(entry.payload, of: entry.generator, over: connection)
    }
  }

  // MARK: - Numbered samples

  /// Samples in all, where there is an end.
  private var numberedTotal: Int {
    options.numberedCount.map { $0 * state.life.identities.count } ?? .max
  }

  /// Whether all numbered samples are acknowledged.
  var isFinished: Bool {
    guard options.numberedRate != nil, state.numberedCount >= numberedTotal else { return false }
    return connections.allSatisfy(\.isIdle)
  }

  /// Sends the numbered samples that are due; none is dropped, they wait for their connections instead.
  func sendNumbered(_ now: Int64) {
    isBlocked = true
    guard let rate = options.numberedRate, state.numberedCount < numberedTotal else { return }
    if numberedStart == nil {
      guard onlineCount == connections.count else { return }
      numberedStart = (now, state.numberedCount)
    }
    guard let numberedStart else { return }
    let passed = Double(now - numberedStart.time) / 1e9
    let due = numberedStart.number + Int(min(passed * rate, 1e12))
    for _ in 0..<10_000 {
      let number = state.numberedCount
      guard number < min(due, numberedTotal) else {
        isBlocked = number >= numberedTotal
        return
      }
      let index = number % topics.count
      let position = index % connections.count
      guard connections[position].canPublish else { return }
      let fuel = number / topics.count
      let sample = GeneratorSample(temperature: 186, power: 186, load: 2, fuel: fuel)
      payload.removeAll(keepingCapacity: true)
      state.life.identities[index].append(sample, to: &payload)
      state.numberedCount += 1
      counts[.samples].add()
      publish(payload, of: index, over: position)
    }
    isBlocked = false
  }

  /// When the next numbered sample is due.
  var nextNumberedTime: Int64 {
    guard let rate = options.numberedRate, let numberedStart else { return .max }
    let number = Double(state.numberedCount + 1 - numberedStart.number)
    return numberedStart.time + Self.nanoseconds(number / max(rate, 1e-6))
  }
}
