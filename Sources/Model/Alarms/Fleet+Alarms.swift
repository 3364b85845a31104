extension Fleet {
  /// The alarm of a kind that a generator has; nil if it has none.
  public func alarm(_ kind: AlarmKind, of generator: GeneratorIndex) -> Alarm? {
    guard has(generator) else { return nil }
    let conditions = generators[Int(generator)].conditions
    guard conditions.alarms.contains(kind) else { return nil }
    let key = AlarmKey(generator: generator, kind: kind)
    return Alarm(
      key: key,
      priority: conditions.urgentAlarms.contains(kind) ? 1 : 2,
      sinceWall: alarmTimes[key]
    )
  }

  /// The alarms of a generator, in the order of the alarm list.
  public func alarms(of generator: GeneratorIndex) -> [Alarm] {
    guard has(generator) else { return [] }
    return generators[Int(generator)].conditions.alarms
      .compactMap { alarm($0, of: generator) }.sorted()
  }

  /// All alarms, in the order of the alarm list.
  public func alarms() -> [Alarm] {
    guard counts.alarm > 0 else { return [] }
    var all: [Alarm] = []
    all.reserveCapacity(counts.alarm)
    for place in generators.indices where generators[place].conditions.contains(.alarm) {
      all += alarms(of: GeneratorIndex(place))
    }
    return all.sorted()
  }

  /// Whether anything was heard that tells of alarms: a record, or raw fuel.
  public var knowsAlarms: Bool { newestRecordAt != nil || hasRawFuel }

  /// How many generators have this as their worst alarm, or have a condition that is no alarm; nil if nobody knows.
  public func count(_ severity: Severity) -> Int? {
    severity > .alarm || knowsAlarms || counts[severity] > 0 ? counts[severity] : nil
  }

  /// The alarms that are to stand by what is known at the monotonic time `now`.
  func raisedAlarms(at place: Int, now: Int64) -> AlarmKinds {
    var raised: AlarmKinds = []
    for kind in AlarmKinds.all where isRaised(kind, at: place, now: now) { raised.insert(kind) }
    return raised
  }

  /// Raises and clears alarms after what is known of a generator now.
  ///
  /// - Parameters:
  ///   - index: The generator.
  ///   - wall: When that was so: wall nanoseconds.
  ///   - reading: The values that said so.
  ///   - isNews: Whether what was known before tells that there was no such alarm; what is none is in the generator's own
  ///     events alone.
  ///   - stamp: The present.
  mutating func updateAlarms(
    of index: GeneratorIndex,
    since wall: Int64,
    _ reading: Reading,
    isNews: Bool,
    at stamp: Stamp
  ) {
    let before = generators[Int(index)].alarms
    let now = raisedAlarms(at: Int(index), now: stamp.monotonic)
    guard now != before else { return }
    generators[Int(index)].alarms = now
    for kind in now.subtracting(before) {
      let since = beginning(of: kind, at: Int(index), told: wall, stamp)
      alarmTimes[AlarmKey(generator: index, kind: kind)] = since
    }
    if isNews { for _ in now.news(since: before) { alarmPace.add(at: wall) } }
    let time = Stamp(monotonic: stamp.monotonic(ofWall: wall), wall: wall)
    let events =
      now.subtracting(before).map { (FleetEvent.Kind.alarmRaised($0), $0) }
      + before.subtracting(now).map { (.alarmCleared($0), $0) }
    for (event, kind) in events {
      let amount = reading[kind.row.metric]
      if isNews {
        note(event, of: index, at: time, amount: amount)
      } else {
        ownEvents.add(GeneratorEvent(stamp: time, kind: event, amount: amount), of: index)
      }
    }
  }
}
