import Dashboard
import Feeds
import Model
import Settings
import System

/// The feeds that the settings ask for, and the mailbox they fill.
final class LiveSource: EventSource {
  /// How long the end of the program waits for the threads, in nanoseconds.
  private static let patience: Int64 = 500_000_000

  private let settings: Settings
  private let log: Log
  private let lossesFile: String?
  private let prepare: () throws -> Void
  /// Nil if nothing is remembered.
  let memory: FleetMemory?
  /// Readable when the mailbox has something.
  private let wake: EventFD
  private let mailbox: Mailbox
  private var feeds: [Feed] = []
  private var waiting: ArraySlice<FeedEvent> = []

  /// A source that has feeds once it has begun.
  ///
  /// - Parameters:
  ///   - settings: which feeds.
  ///   - log: where the feeds write.
  ///   - memory: what is known of the fleet from before.
  ///   - keepsLosses: whether it is remembered what consumer groups lost; not of a made-up fleet.
  ///   - prepare: called before the feeds start.
  /// - Throws: `SystemError` when there is no descriptor left.
  init(
    _ settings: Settings,
    log: Log,
    memory: FleetMemory?,
    keepsLosses: Bool = true,
    before prepare: @escaping () throws -> Void = {}
  ) throws(SystemError) {
    self.settings = settings
    self.log = log
    lossesFile =
      keepsLosses ? StateFile.lossesPath(environment: Environment.current().values) : nil
    self.prepare = prepare
    self.memory = memory
    let wake = try EventFD()
    self.wake = wake
    mailbox = Mailbox { wake.signal() }
  }

  func begin() throws {
    try prepare()
    let inventory = settings.fleet.inventory
    mailbox.register(generators: inventory.map(\.id), regions: inventory.compactMap(\.region))
    if let memory { mailbox.put(memory) }
    if let mqtt = settings.mqtt {
      feeds.append(
        try MQTTFeed.start(.init(mqtt, sources: settings.sources), into: mailbox, log: log)
      )
    }
    guard let kafka = settings.kafka else { return }
    let options = KafkaFeed.Options(
      kafka,
      isRawFeed: settings.fleet.policy.rawFeedIsKafka,
      rawFilters: settings[\.mqtt.topics],
      sources: settings.sources
    )
    feeds.append(try KafkaFeed.start(options, into: mailbox, log: log))
    let lag = LagFeed.Options(kafka, tellsAll: settings.run.isOnce, memory: lossesFile)
    feeds.append(try LagFeed.start(lag, into: mailbox, log: log))
  }

  /// Ends all threads, and returns when they have ended or after ``patience``.
  ///
  /// librdkafka waits up to two seconds for brokers that do not answer; we have nothing to tell them.
  func stop() {
    memory?.close()
    let feeds = feeds
    for feed in feeds { feed.requestStop() }
    guard let ended = try? StopSignal() else { return }
    let waiter = try? startThread(name: "stop") {
      for feed in feeds { feed.stop() }
      ended.set()
    }
    if waiter != nil { ended.wait(nanoseconds: Self.patience) }
  }

  var descriptor: Int32? { wake.descriptor }
  var nextEvent: Int64? { waiting.isEmpty ? nil : 0 }
  var stamp: Stamp { Stamp(monotonic: monotonicNanoseconds(), wall: wallNanoseconds()) }
  var isLive: Bool { true }

  func drain() { wake.drain() }

  func next(at now: Int64) -> Event? {
    if waiting.isEmpty { waiting = mailbox.takeEvents()[...] }
    return waiting.popFirst().map { Event(.feed($0), at: stamp) }
  }

  func reconnect() {
    for feed in feeds { feed.reconnectNow() }
  }

  func watch(_ generator: GeneratorIndex?) { mailbox.watch(generator) }

  func remember(_ fleet: borrowing Fleet, isNow: Bool) {
    memory?.keep(fleet, isNow: isNow, at: stamp)
  }
}
