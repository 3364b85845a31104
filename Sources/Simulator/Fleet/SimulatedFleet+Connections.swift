internal import MQTT
internal import Model
internal import Pipeline
internal import System

extension SimulatedFleet {
  /// Makes a client for each connection; they connect when it is their turn.
  ///
  /// - Throws: `SimulateError`, `MQTTError` for options that cannot be.
  func makeConnections() throws {
    let generators = state.life.identities
    guard !generators.isEmpty else { throw SimulateError.noGenerators }
    guard MQTTTopicFilter(options.topicPrefix)?.hasWildcards == false else {
      throw SimulateError.badTopicPrefix(options.topicPrefix)
    }
    let shared = options.sharedConnections.map { min(max(1, $0), generators.count) }
    let count = shared ?? generators.count
    try SimulateError.reserveDescriptors(for: count)
    let backlog = 100 * (shared == nil ? 1 : generators.count / count + 1)
    for index in 0..<count {
      let client = clientOptions(index, isShared: shared != nil)
      connections.append(try GeneratorConnection(client, qos: options.qos, backlog: backlog))
      returns.insert(.init(time: 0, index: index))
    }
  }

  private func clientOptions(_ index: Int, isShared: Bool) -> MQTTOptions {
    var client = options.mqtt
    // A mosquitto takes 20 messages of QoS 2 at once, and answers none of those beyond.
    client.sendMaximum = isShared && options.qos < 2 ? 1000 : 20
    client.will = nil
    client.isOneOfMany = true
    if isShared {
      client.clientID = randomClientID(prefix: "simulator")
    } else {
      client.clientID = state.life.identities[index].id
      let dead = Array(Convention.dead.utf8)
      client.will = .init(topic: "\(topics[index])/status", payload: dead, qos: options.qos)
    }
    return client
  }

  /// Begins to connect those whose time has come, as many at once as is good for the broker.
  func connectDue(_ now: Int64) {
    while connectingCount < Self.connectingLimit, let entry = returns.next(until: now) {
      let connection = connections[entry.index]
      guard connection.notBefore <= now else {
        returns.insert(.init(time: connection.notBefore, index: entry.index))
        continue
      }
      connection.state = .connecting
      connectingCount += 1
      do throws(MQTTError) {
        try connection.client.connect(to: try brokerAddress(now), wakingOn: stop.descriptor)
        try watch(entry.index)
      } catch {
        lose(entry.index, error)
        if stop.isSet { return }
      }
    }
  }

  /// Does what there is to do for a connection.
  ///
  /// - Throws: `SystemError` for lack of memory.
  func serve(_ index: Int, _ readiness: Poll.Readiness) throws(SystemError) {
    let connection = connections[index]
    guard connection.state != .waiting, connection.state != .gone else { return }
    do throws(MQTTError) {
      for event in try connection.client.serve(readiness, onMessage: { _, _, _ in }) {
        if case .connected = event { try welcome(connection) }
      }
      counts[.acknowledged].add(connection.newlyAcknowledged())
      if connection.state == .online { try sendBacklog(of: connection) }
      try watch(index)
    } catch {
      lose(index, error)
    }
  }

  /// Ends a connection without a word; it comes back after this many seconds.
  func drop(_ index: Int, seconds: Double, _ now: Int64) {
    let connection = connections[index]
    connection.notBefore = max(connection.notBefore, now + Self.nanoseconds(seconds))
    guard connection.state == .online || connection.state == .connecting else { return }
    counts[.faults].add()
    end(connection)
    returns.insert(.init(time: connection.notBefore, index: index))
  }

  /// Notes that a connection is gone, and when to try again.
  func lose(_ index: Int, _ error: MQTTError) {
    let connection = connections[index]
    guard connection.state != .gone else { return }
    let isLeaving = connection.state == .leaving
    end(connection)
    if isLeaving {
      connection.state = .gone
      return
    }
    counts[.lost].add()
    log.warning(
      "no connection",
      ["client": connection.client.options.clientID, "reason": error.reason]
    )
    let wait = connection.delay.next(using: &random)
    returns.insert(.init(time: clock + wait, index: index))
  }

  private func end(_ connection: GeneratorConnection) {
    switch connection.state {
    case .connecting: connectingCount -= 1
    case .online, .leaving: countOnline(-1)
    case .waiting, .gone: break
    }
    connection.abandon(in: epoll)
    counts[.acknowledged].add(connection.newlyAcknowledged())
    connection.state = .waiting
  }

  func countOnline(_ change: Int) {
    onlineCount += change
    counts[.connected].add(change)
    if onlineCount == 0 {
      health.note(away: .mqtt, "no generator is connected")
    } else if change > 0, onlineCount == change {
      health.note(up: .mqtt)
    }
  }

  private func welcome(_ connection: GeneratorConnection) throws(MQTTError) {
    connectingCount -= 1
    countOnline(1)
    connection.state = .online
    connection.delay.reset()
    try connection.tell(Convention.alive)
  }

  func watch(_ index: Int) throws(MQTTError) {
    do {
      try connections[index].watch(in: epoll, tag: index)
    } catch {
      throw MQTTError(.other, error.description)
    }
  }

  /// The broker's address in numbers, so that not every generator asks for it; nil with TLS, which wants the name.
  private func brokerAddress(_ now: Int64) throws(MQTTError) -> String? {
    if options.mqtt.tls != nil { return nil }
    if let address, onlineCount > 0 || now < nextLookup { return address }
    guard now >= nextLookup else { throw MQTTError(.name, "\(options.mqtt.host): no address yet") }
    address = nil
    nextLookup = now + 1_000_000_000
    do {
      let limit: Int64 = 5_000_000_000
      let found = try resolve(
        host: options.mqtt.host,
        port: options.mqtt.port,
        timeoutNanoseconds: limit,
        wakingOn: stop.descriptor,
      )
      let best =
        found.count == 1
        ? found[0]
        : try firstReachable(found, timeoutNanosecondsEach: limit, wakingOn: stop.descriptor)
      address = best.text
      // With nobody online for so long it may have moved.
      nextLookup = clock + 30_000_000_000
    } catch {
      throw MQTTError(.name, "\(options.mqtt.host): \(error.description)")
    }
    return address
  }
}
