public import LocalBrokers
public import MQTT
public import Model
internal import Kafka
public import System

/// Carries the messages of an MQTT broker into Kafka.
///
/// A message of QoS 1 is acknowledged to the broker only after Kafka has acknowledged it, so whatever dies, the broker
/// still has it. While Kafka is away nothing is acknowledged, and the broker holds the messages.
///
/// Key: the MQTT topic. Value: the payload, byte for byte. Timestamp: when the message was received. Headers, as text:
/// `mqtt.qos` (0 or 1), `mqtt.retained` (`true` or `false`), `mqtt.received` (milliseconds since 1970 UTC).
///
/// What needs memory to be read, such as values with a topic each, is put together instead: a flat JSON sample for each
/// generator, at most once a second, with the id as key and `egpipe.source: merged` among the headers; and `egpipe.sends:
/// changes` where its source says so.
public final class BridgeStage: Stage {
  /// What to bridge, and between which brokers.
  public struct Options: Sendable {
    /// The broker to read from, if there is no `listener`.
    ///
    /// The client id names the session in which the broker keeps messages for us; with a `listener` something random
    /// follows it.
    public var connection: MQTTOptions
    /// Topic filters to subscribe to.
    public var filters = [Convention.rawFilter]
    /// 0, or 1 for messages that the broker keeps until Kafka has them.
    ///
    /// 2 would be less safe: libmosquitto hands such a message out only after it has told the broker that it has it.
    public var qos = 1
    public var map: TopicMap
    /// What messages are read by; empty to carry all as they are.
    ///
    /// Those of sources that cannot be read without the messages before them are put together.
    public var sources: [Source] = []
    /// How often a device is asked to go on publishing, in nanoseconds, where a source allows it.
    var keepAlivePause = KeepAlive.pause
    /// The topic of samples that are put together.
    public var rawTopic = Convention.rawTopic
    /// Of librdkafka; `bootstrap.servers` among them.
    public var properties: [String: String]
    /// Where the bridge's own presence is published, retained: `online`, `disconnected` after an orderly end, and
    /// `offline` as its will; nil for nowhere.
    ///
    /// With a `listener` nobody else can publish or read there.
    public var presenceTopic: String? = Convention.bridgeStatus
    /// Those of the filters by which devices announce themselves.
    var announcementFilters: [String] { sources.compactMap(\.homeAssistant).flatMap(\.filters) }
    /// Where messages are kept that are too large, and those that came by none of the filters.
    var deadLetterTopic: String {
      Convention.deadLetterPrefix + kafkaName(connection.clientID)
    }
    /// Whether nobody has named the session, and it follows from the filters.
    public var hasDerivedClientID = false
    /// The address to start a broker of our own on, whose messages are bridged.
    public var listener: MosquittoListener?
  }

  public let name = "bridge"
  let options: Options
  public let health = StageHealth([.mqtt, .kafka])
  let counts = Counts<BridgeCount>()
  let delivery = Histogram(
    "delivery",
    "Time from the first message with QoS 1 of a batch until Kafka acknowledged all of the batch."
  )

  public init(_ options: Options) {
    self.options = options
  }

  public var figures: [Figure] { counts.figures + [delivery.figure] }

  public func run(until stop: StopSignal, log: Log) throws {
    // Told to end while its broker starts: nothing was begun.
    do { try carry(until: stop, log) } catch LocalMosquitto.Failure.interrupted {}
  }

  private func carry(until stop: StopSignal, _ log: Log) throws {
    let broker = try startBroker(log)
    defer {
      health.beat(allowing: StageHealth.startOfBroker)
      broker?.stop()
    }
    if options.hasDerivedClientID {
      log.info(
        """
        the session is named after the filters; what the broker still holds under the older name \
        comes to a bridge with that --client-id
        """,
        ["client": options.connection.clientID, "older": Convention.bridgeClient]
      )
    }
    let run = StageRun(stop: stop, log: log, health: health)
    let writer = try BridgeWriter(self, run)
    guard try writer.recall() else { return }
    var delay = ReconnectDelay()
    var random = SystemRandomNumberGenerator()
    var logins = ShortLogins()
    let outage = Outage()
    while !stop.isSet {
      health.beat(allowing: broker == nil ? 0 : StageHealth.startOfBroker)
      let connection = try broker?.connection(options.connection) ?? options.connection
      do {
        try BridgeLink(connection, writer).carry {
          delay.reset()
          logins.begin()
          guard let time = outage.end() else { return }
          log.info("the MQTT broker is back", ["address": connection.address, "after": time])
        }
        health.note(away: .mqtt, "left until Kafka is back")
      } catch let error as MQTTError where error.cause != .options {
        health.note(away: .mqtt, error.description)
        outage.begin()
        log.warning(
          "no connection to the MQTT broker",
          ["address": connection.address, "reason": error.description]
        )
        if logins.areMany() {
          log.error(
            "the broker ends each connection at once: another client may use this id",
            ["client": options.connection.clientID, "option": "--client-id"]
          )
        }
        if !stop.isSet { run.rest(nanoseconds: delay.next(using: &random)) }
      }
      // The broker sends again what was not acknowledged. With Kafka away that would be in its queue once for each
      // connection, so there is none until the last one's has arrived.
      writer.waitForLeftovers()
    }
  }

  /// Starts a broker of our own, if there is to be one.
  private func startBroker(_ log: Log) throws -> ListeningBroker? {
    guard let listener = options.listener else { return nil }
    health.beat(allowing: StageHealth.startOfBroker)
    let broker = try ListeningBroker(
      listener,
      session: options.connection.clientID,
      ownTopics: [options.presenceTopic].compactMap { $0 },
    )
    log.info("listening", ["address": listener.description])
    if listener.admitsAnybody {
      log.warning(
        "anybody who reaches this address may publish: say who may with --listen-passwords",
        ["address": listener.description]
      )
    }
    return broker
  }
}

/// Connections that ended right after their login: a broker does not say that it is for another with the same id.
private struct ShortLogins {
  private var loginAt: Int64?
  private var count = 0

  mutating func begin() { loginAt = monotonicNanoseconds() }

  /// The connection has ended: whether it is the third of those in a row.
  mutating func areMany() -> Bool {
    guard let at = loginAt else { return false }
    loginAt = nil
    count = monotonicNanoseconds() - at < 5_000_000_000 ? count + 1 : 0
    return count > 0 && count.isMultiple(of: 3)
  }
}

extension BridgeStage.Options {
  public init(connection: MQTTOptions, map: TopicMap, properties: [String: String]) {
    self.connection = connection
    self.map = map
    self.properties = properties
  }
}

/// A text as a part of a topic's name: what Kafka does not take is a `_`.
private func kafkaName(_ text: String) -> String {
  String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" })
}

/// What the bridge counts.
enum BridgeCount: Int, CountKind {
  case received, delivered, unmatched, foreign, refused, deadLetters, connects, merged

  var row: FigureRow {
    switch self {
    case .received: counter(.message, "Messages that came from the MQTT broker.")
    case .delivered: counter(.message, "Messages that Kafka acknowledged.")
    case .unmatched: counter(.message, "Messages that no rule for topics wants.")
    case .foreign:
      counter(
        .message,
        "Messages that came by none of our filters, but by what the session was subscribed to before."
      )
    case .refused:
      counter(.message, "Messages that Kafka takes from nobody, such as too large ones.")
    case .deadLetters:
      counter(.message, "Refused and foreign messages that went to the dead-letter topic.")
    case .connects: counter(.time, "Logins that the MQTT broker accepted.")
    case .merged: counter(.message, "Messages whose values were put together with others.")
    }
  }
}
