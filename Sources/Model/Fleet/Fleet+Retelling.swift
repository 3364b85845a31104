extension Fleet {
  /// How many records at most tell of the last hour, for all generators together.
  private static let mostRecords = 40_000

  /// Events by which a fleet that has heard nothing comes to know what this one knows.
  ///
  /// Ids and indices, the newest values, sessions, alarms with their times and how the feeds stand are
  /// the same afterwards. The last hour of fuel is told by a few enriched records for each generator,
  /// where there is a feed of those; the log of events and the figures of the hops begin anew.
  public func retold(at now: Stamp) -> [FeedEvent] {
    let all = generators.indices.map { GeneratorIndex($0) }
    var events: [FeedEvent] = [.names(generators: ids, regions: Array(regions.dropFirst()))]
    events += FeedKind.allCases.map { .status($0, traffic.status($0)) }
    events += FeedKind.allCases.compactMap { feed in
      traffic.counters[feed].map { .counters(feed, $0) }
    }
    if policy.hasEnrichedFeed {
      let share = max(1, min(History.slots / 2, Self.mostRecords / max(1, count)))
      events += all.chunked.map { .enriched($0.flatMap { records(of: $0, most: share, at: now) }) }
    }
    events += [traffic.enrichedProgress, traffic.rawProgress].compactMap { $0 }
      .map { .progress($0) }
    if let lag = traffic.groupLag { events.append(.groupLag(lag)) }
    events += all.chunked.map { .samples($0.flatMap { samples(of: $0, at: now) }) }
    if !remembered.isEmpty {
      events.append(.remembered(memory(at: now).filter { remembered[$0.generator] != nil }))
    }
    let forgotten = all.filter { generators[Int($0)].isForgotten }
    if !forgotten.isEmpty { events.append(.forgotten(forgotten)) }
    events += all.chunked.map { .presence($0.compactMap { presence(of: $0, at: now) }) }
    return events
  }

  /// Enriched records of the last hour, oldest first, and the newest as it came.
  private func records(of index: GeneratorIndex, most: Int, at now: Stamp) -> [EnrichedRecord] {
    let generator = generators[Int(index)]
    guard let newest = generator.enrichedAt else { return [] }
    let wall = generator.enrichedWall ?? now.at(monotonic: newest).wall
    let fuel = history.values(.fuel, of: index, count: History.slots, until: newest)
    let known = fuel.enumerated().dropLast().filter { $0.element != nil }
    let step = max(1, (known.count + most - 1) / max(1, most))
    let told = known.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    var records = told.map { place, value in
      let age = Int64(fuel.count - 1 - place) * History.slotLength
      var reading = Reading()
      reading[.fuel] = value
      return record(of: index, reading, at: wall &- age, receivedAt: now.monotonic)
    }
    let received = generator.enrichedReceivedAt ?? now.monotonic
    let last = record(of: index, enrichedReading(of: index), at: wall, receivedAt: received)
    // The record that first raised the alarm, so that it is as old as it was.
    if let since = recordAlarmSince(index), since < wall {
      records.removeAll { $0.sampleTime == since }
      let first = record(of: index, Reading(), at: since, receivedAt: now.monotonic)
      let place = records.firstIndex { $0.sampleTime ?? 0 > since } ?? records.count
      records.insert(first, at: place)
    }
    return records + [last]
  }

  private func record(
    of index: GeneratorIndex,
    _ reading: Reading,
    at wall: Int64,
    receivedAt: Int64
  ) -> EnrichedRecord {
    let generator = generators[Int(index)]
    let isBefore = recordAlarmSince(index).map { wall < $0 } ?? false
    return EnrichedRecord(
      generator: index,
      region: generator.region,
      alarm: isBefore ? .noAction : generator.alarm,
      receivedAt: receivedAt,
      sampleTime: wall,
      reading: reading
    )
  }

  /// Since when the alarm that records tell of stands; nil if there is none.
  private func recordAlarmSince(_ index: GeneratorIndex) -> Int64? {
    generators[Int(index)].alarm.kind.map { alarmTimes[AlarmKey(generator: index, kind: $0)] }
  }

  /// The newest sample, and empty ones before it from which the interval is known.
  private func samples(of index: GeneratorIndex, at now: Stamp) -> [Sample] {
    let source: SampleSource = policy.rawFeedIsKafka ? .rawTopic : .mqtt
    func sample(at time: Int64, _ reading: Reading, isRetained: Bool = false) -> Sample {
      Sample(
        generator: index,
        source: source,
        isRetained: isRetained,
        receivedAt: time,
        reading: reading
      )
    }
    let (generator, raw) = (generators[Int(index)], rawReading(of: index))
    var notes: SourceNotes?
    if generator.sendsChanges {
      notes = SourceNotes()
      notes?.sendsChanges = true
    }
    guard let newest = generator.sampleAt else {
      var kept = sample(at: now.monotonic, raw, isRetained: true)
      kept.notes = notes
      return raw.isEmpty ? [] : [kept]
    }
    var last = sample(at: newest, raw)
    last.notes = notes
    let interval = Int64(seconds: min(generator.interval.seconds ?? 0, 86_400))
    let before: [Int64] = interval > 0 ? [3, 2, 1] : []
    return before.map { sample(at: newest &- $0 &* interval, Reading()) } + [last]
  }

  /// The newest word of the session; what is no event any more comes as the broker's memory.
  private func presence(of index: GeneratorIndex, at now: Stamp) -> PresenceChange? {
    let generator = generators[Int(index)]
    let word: PresenceChange.Word? =
      switch generator.session {
      case .unknown: nil
      case .online: .alive
      case .lost: .lastWill
      case .disconnected: .disconnected
      }
    return word.map { word in
      PresenceChange(
        generator: index,
        word: word,
        isRetained: word == .alive || generator.sessionAt == nil,
        receivedAt: generator.sessionAt ?? now.monotonic
      )
    }
  }
}

extension [GeneratorIndex] {
  /// A thousand at a time, so that no event is too large for a line.
  fileprivate var chunked: [ArraySlice<GeneratorIndex>] {
    stride(from: 0, to: count, by: 1_000).map { self[$0..<Swift.min($0 + 1_000, count)] }
  }
}
