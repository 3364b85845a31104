public import MQTT
internal import Model
public import Pipeline
internal import Synchronization
public import System

/// The article's simulator to the letter, with all that it lacks.
///
/// QoS 0 without retain, no will, no presence; it publishes without waiting for the broker's answer, pings never, comes
/// back never after a lost connection, and leaves without a DISCONNECT.
public final class CompatStage: Stage {
  public let name = "simulate"
  private let options: MQTTOptions
  private let generators: Mutex<[CompatGenerator]>
  public let health = StageHealth([.mqtt])
  private let counts = Counts<CompatCount>()

  /// As in the article's client.
  private static let keepAliveSeconds = 45
  /// For the connection itself; the answer to the login may take forever.
  private static let connectNanoseconds: Int64 = 10_000_000_000

  /// - Parameters:
  ///   - mqtt: the broker, and how to get in; the rest is the article's.
  ///   - generatorCount: how many, at most 200,000.
  ///   - seed: the same seed gives the same generators.
  public init(mqtt: MQTTOptions, generatorCount: Int, seed: UInt64) {
    var options = mqtt
    options.keepAliveSeconds = Self.keepAliveSeconds
    options.sendsPings = false
    options.connectSeconds = 3600
    options.will = nil
    options.isCleanSession = true
    options.version = .v3_1_1
    self.options = options
    let count = min(max(0, generatorCount), LifePlan.maximumCount)
    generators = Mutex((0..<count).map { CompatGenerator(number: $0, seed: seed) })
  }

  public var figures: [Figure] { counts.figures }

  /// Publishes until it is told to stop.
  ///
  /// - Throws: `SimulateError` for lack of descriptors, `MQTTError` when the broker is not there at the start.
  public func run(until stop: StopSignal, log: Log) throws {
    var generators = self.generators.withLock { $0 }
    defer { self.generators.withLock { $0 = generators } }
    try SimulateError.reserveDescriptors(for: generators.count)
    var clients: [MQTTClient?] = []
    var due = DueQueue()
    for (index, generator) in generators.enumerated() where !stop.isSet {
      health.beat()
      clients.append(try connect(generator, stop))
      due.insert(.init(time: monotonicNanoseconds(), index: index))
    }
    var served = monotonicNanoseconds()
    health.note(up: .mqtt)
    while !stop.isSet {
      health.beat()
      let now = monotonicNanoseconds()
      while let entry = due.next(until: now) {
        publish(&generators[entry.index], &clients[entry.index], log)
        let interval = generators[entry.index].interval * 1_000_000_000
        due.insert(.init(time: entry.time + interval, index: entry.index))
      }
      if now - served >= 1_000_000_000 {
        served = now
        for index in clients.indices { read(&clients[index], log) }
        if clients.allSatisfy({ $0 == nil }) {
          health.note(away: .mqtt, "all connections are lost")
        }
      }
      let next = due.first.map { min(served + 1_000_000_000, $0.time) }
      stop.wait(nanoseconds: (next ?? served + 1_000_000_000) - monotonicNanoseconds())
    }
  }

  private func connect(_ generator: CompatGenerator, _ stop: StopSignal) throws -> MQTTClient {
    var options = options
    options.clientID = generator.identity.id
    let client = try MQTTClient(options)
    try client.connect(wakingOn: stop.descriptor)
    // The CONNECT has to be out before a PUBLISH; the answer to it is not waited for.
    var poll = Poll()
    poll.add(client.descriptor, .write)
    try poll.wait(timeoutNanoseconds: Self.connectNanoseconds)
    _ = try client.serve(.write) { _, _, _ in }
    return client
  }

  private func publish(_ generator: inout CompatGenerator, _ client: inout MQTTClient?, _ log: Log)
  {
    counts[.samples].add()
    let sample = generator.next()
    do throws(MQTTError) {
      guard let sender = client else { return }
      let identity = generator.identity
      try sender.publish(identity.payload(sample), to: "\(Convention.topicPrefix)/\(identity.id)")
      counts[.published].add()
    } catch {
      lose(&client, error, log)
    }
  }

  /// Takes what the broker sent, so that its queue does not fill.
  private func read(_ client: inout MQTTClient?, _ log: Log) {
    do throws(MQTTError) {
      _ = try client?.serve([.read, .write]) { _, _, _ in }
    } catch {
      lose(&client, error, log)
    }
  }

  private func lose(_ client: inout MQTTClient?, _ error: MQTTError, _ log: Log) {
    counts[.lost].add()
    log.warning("no connection any more", ["reason": error.reason])
    client = nil
  }
}

/// What the article's simulator counts.
private enum CompatCount: Int, CountKind {
  case samples, published, lost

  var row: FigureRow {
    switch self {
    case .samples: counter(.sample, "Samples that generators made.")
    case .published: counter(.sample, "Samples that were published.")
    case .lost: counter(.connection, "Connections that ended; none of them comes back.")
    }
  }
}
