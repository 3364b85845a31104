extension Fleet {
  /// Takes over many words of one generator that were folded into one.
  mutating func apply(_ fold: FoldedPresence, at stamp: Stamp) {
    guard fold.first.generator == fold.last.generator else { return }
    if fold.count > 1 { apply(fold.first, at: stamp) }
    apply(fold.last, at: stamp)
    traffic.foldedWords += min(max(fold.count, 2), 1 << 40) - 2
  }

  /// Takes over a word of a presence topic.
  ///
  /// A retained word is the broker's memory: it tells the session, but no time. A word that was
  /// overtaken by a live sample of the same feed is told, and the sample after it at once too.
  mutating func apply(_ change: PresenceChange, at stamp: Stamp) {
    guard has(change.generator) else { return }
    let index = Int(change.generator)
    if change.isRetained { traffic.retainedWords += 1 }
    let receivedAt = stamp.bounded(change.receivedAt)
    let before = generators[index].session
    let since = generators[index].sessionAt
    let session = Session(change.word)
    if !change.isRetained, before == .unknown, session.isOffline { traffic.unannouncedEnds += 1 }
    // Repeated after our own reconnect: nothing happened.
    if change.isRetained, session == before { return }
    let sampleAt = policy.rawFeedIsKafka ? nil : generators[index].sampleAt
    let overtaker = session.isOffline ? sampleAt.flatMap { $0 > receivedAt ? $0 : nil } : nil
    if change.isRetained, session.isOffline, let sampleAt {
      guard overtaker == nil, sampleAt <= traffic.connectedAt(.mqtt) else { return }
    }
    if session == .lost { releaseOddValue(of: change.generator, at: stamp) }
    generators[index].session = session
    generators[index].sessionAt = change.isRetained ? nil : receivedAt
    generators[index].presenceAt = receivedAt
    let happened = stamp.at(monotonic: receivedAt)
    noteSession(session, of: change, before: before, since: since, at: happened)
    if let overtaker {
      generators[index].session = .online
      generators[index].sessionAt = overtaker
      let away = overtaker.seconds(since: receivedAt)
      note(.online, of: change.generator, at: stamp.at(monotonic: overtaker), amount: away)
    }
    noteHolding(index)
    review(change.generator, at: receivedAt)
  }

  private mutating func noteSession(
    _ session: Session,
    of change: PresenceChange,
    before: Session,
    since: Int64?,
    at stamp: Stamp
  ) {
    guard session != before else { return }
    let retained = change.isRetained
    switch session {
    case .lost: note(.lastWill, of: change.generator, at: stamp, isRetained: retained)
    case .disconnected: note(.disconnected, of: change.generator, at: stamp, isRetained: retained)
    case .online:
      // That a generator is there when we first look is no event; that it came (back) is one.
      guard !retained || before.isOffline else { return }
      let away = before.isOffline ? since.map { stamp.monotonic.seconds(since: $0) } : nil
      note(.online, of: change.generator, at: stamp, isRetained: retained, amount: away)
      // Its next sample is no second return.
      generators[Int(change.generator)].isReportedStale = false
    case .unknown: break
    }
  }
}

extension Session {
  /// The session that a word of a presence topic tells of.
  fileprivate init(_ word: PresenceChange.Word) {
    switch word {
    case .alive: self = .online
    case .lastWill: self = .lost
    case .disconnected: self = .disconnected
    case .cleared: self = .unknown
    }
  }
}
