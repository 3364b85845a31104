import LocalBrokers
import MQTT
import Pipeline
import Simulator
import Synchronization
import System
import Testing

/// A stage that runs on a thread of its own; it ends with this object.
final class RunningStage {
  let stage: any Stage
  private let signal: StopSignal
  private let thread: JoinableThread
  private let outcome: Outcome

  private final class Outcome: Sendable {
    let value = Mutex<String?>(nil)
  }

  init(_ stage: any Stage, log: Log = Log()) throws {
    let signal = try StopSignal()
    let outcome = Outcome()
    self.stage = stage
    self.signal = signal
    self.outcome = outcome
    thread = try startThread(name: stage.name) {
      var words = ""
      do { try stage.run(until: signal, log: log) } catch { words = "\(error)" }
      outcome.value.withLock { $0 = words }
    }
  }

  deinit {
    stop()
  }

  /// Whether it has returned.
  var hasEnded: Bool { outcome.value.withLock { $0 } != nil }

  /// Why it ended, empty for no error; nil while it runs.
  var failure: String? { outcome.value.withLock { $0 } }

  func figure(_ name: String) -> Int {
    stage.figures.first { $0.name == name }?.count ?? -1
  }

  func stop() {
    signal.set()
    thread.join()
  }
}

/// A client that hears all that generators say.
final class FleetListener {
  struct Message: Equatable {
    var topic: String
    var text: String
    var qos: Int
    var isRetained: Bool
  }

  private let client: MQTTClient
  private(set) var messages: [Message] = []

  init(port: Int, filter: String = "emergency_generator/#", qos: Int = 0) throws {
    client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port))
    try client.connect()
    let isConnected = try wait { $0.client.isConnected }
    try #require(isConnected)
    try client.subscribe(to: filter, qos: qos)
  }

  /// Hears until the condition holds; false when the time is over.
  func wait(seconds: Int64 = 30, until isDone: (FleetListener) -> Bool) throws -> Bool {
    let deadline = monotonicNanoseconds() + seconds * 1_000_000_000
    while !isDone(self) {
      if monotonicNanoseconds() > deadline { return false }
      _ = try client.poll(timeoutNanoseconds: 20_000_000) { topic, payload, message in
        messages.append(
          Message(
            topic: Self.text(topic),
            text: Self.text(payload),
            qos: message.qos,
            isRetained: message.isRetained,
          )
        )
      }
    }
    return true
  }

  /// The last that each generator said of its presence.
  var presence: [String: String] {
    var words: [String: String] = [:]
    for message in messages where message.topic.hasSuffix("/status") {
      words[String(message.topic.split(separator: "/")[1])] = message.text
    }
    return words
  }

  /// The fuels that each generator reported, in the order in which they came.
  var fuels: [String: [Int]] {
    var fuels: [String: [Int]] = [:]
    for message in messages where !message.topic.hasSuffix("/status") {
      let number = message.text.split(separator: " ").last.flatMap { Int($0.dropLast()) }
      fuels[String(message.topic.split(separator: "/")[1]), default: []].append(number ?? -1)
    }
    return fuels
  }

  private static func text(_ bytes: Span<UInt8>) -> String {
    String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
  }
}

/// A folder and a mosquitto in it, both gone at the end.
func withMosquitto(
  _ extraConfiguration: String = "",
  _ body: (LocalMosquitto) throws -> Void,
) throws {
  let folder = try makeTemporaryDirectory(prefix: "egtop-simulate")
  defer { removeFlatDirectory(folder) }
  let broker = try LocalMosquitto.start(directory: folder, extraConfiguration: extraConfiguration)
  defer { broker.stop() }
  try body(broker)
}

extension SimulateOptions {
  /// For a broker of a test.
  init(_ broker: LocalMosquitto, qos: Int = 0, interval: Double = 0.3) {
    self.init(mqtt: MQTTOptions(host: "127.0.0.1", port: broker.port))
    self.qos = qos
    meanInterval = interval
  }
}
