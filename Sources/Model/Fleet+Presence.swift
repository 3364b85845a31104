extension Fleet {
  /// Takes over a word of a presence topic.
  ///
  /// A retained word is the broker's memory: it tells the session, but no time. A word that was
  /// overtaken by a live sample of the same feed says nothing new.
  mutating func apply(_ change: PresenceChange, at stamp: Stamp) {
    guard has(change.generator) else { return }
    let index = Int(change.generator)
    let before = generators[index].session
    let since = generators[index].sessionAt
    let session: Session =
      switch change.word {
      case .alive: .online
      case .lastWill: .lost
      case .disconnected: .disconnected
      case .cleared: .unknown
      }
    // Repeated after our own reconnect: nothing happened.
    if change.isRetained, session == before { return }
    if change.isRetained, let sampleAt = generators[index].sampleAt, session.isOffline,
      sampleAt > traffic.connectedAt(.mqtt)
    {
      return
    }
    generators[index].session = session
    generators[index].sessionAt = change.isRetained ? nil : change.receivedAt
    generators[index].presenceAt = change.receivedAt
    note(session, of: change, before: before, since: since, at: stamp)
    review(change.generator, at: change.receivedAt)
  }

  private mutating func note(
    _ session: Session,
    of change: PresenceChange,
    before: Session,
    since: Int64?,
    at stamp: Stamp
  ) {
    guard session != before else { return }
    let retained = change.isRetained
    switch session {
    case .lost:
      events.add(.lastWill, of: change.generator, at: stamp, isRetained: retained)
    case .disconnected:
      events.add(.disconnected, of: change.generator, at: stamp, isRetained: retained)
    case .online:
      // That a generator is there when we first look is no event; that it came (back) is one.
      guard !retained || before.isOffline else { return }
      let away = before.isOffline ? since.map { (change.receivedAt - $0).seconds } : nil
      events.add(.online, of: change.generator, at: stamp, isRetained: retained, amount: away)
    case .unknown:
      break
    }
  }
}
