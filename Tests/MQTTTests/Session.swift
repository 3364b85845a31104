import LocalBrokers
import System
import Testing

@testable import MQTT

/// A client and all that it got.
final class Session {
  struct Message: Equatable {
    var topic: String
    var payload: [UInt8]
    var qos: Int
    var isRetained: Bool

    var text: String { String(decoding: payload, as: UTF8.self) }
  }

  let client: MQTTClient
  var messages: [Message] = []
  var events: [MQTTEvent] = []
  var count = 0
  var keepsMessages = true

  init(_ options: MQTTOptions) throws {
    client = try MQTTClient(options)
  }

  /// Connects, subscribes and waits until both are granted.
  convenience init(_ options: MQTTOptions, subscribedTo filters: [String], qos: Int = 0) throws {
    try self.init(options)
    try connect()
    for filter in filters { try client.subscribe(to: filter, qos: qos) }
    try run { $0.events.count == 1 + filters.count }
  }

  func connect() throws {
    try client.connect()
    try run { $0.client.isConnected }
  }

  /// Polls until the condition holds; fails after the time.
  func run(seconds: Int64 = 20, until isDone: (Session) -> Bool) throws {
    let deadline = monotonicNanoseconds() + seconds * 1_000_000_000
    while !isDone(self) {
      try #require(monotonicNanoseconds() < deadline, "nothing came of it within \(seconds) s")
      try round()
    }
  }

  func round() throws {
    events += try client.poll(timeoutNanoseconds: 20_000_000) { topic, payload, message in
      count += 1
      guard keepsMessages else { return }
      messages.append(
        Message(
          topic: String(decoding: topic.bytesOfCopy, as: UTF8.self),
          payload: payload.bytesOfCopy,
          qos: message.qos,
          isRetained: message.isRetained,
        )
      )
    }
  }

  /// Polls until the connection is gone, and gives the reason.
  func failure(seconds: Int64 = 20) throws -> MQTTError {
    do {
      try run(seconds: seconds) { _ in false }
    } catch let error as MQTTError {
      return error
    }
    throw MQTTError(.other, "the connection held")
  }
}

extension Span<UInt8> {
  var bytesOfCopy: [UInt8] {
    indices.map { self[$0] }
  }
}

/// A folder and a broker in it, both gone at the end.
func withBroker<Result>(
  _ extraConfiguration: String = "",
  _ body: (LocalMosquitto) throws -> Result,
) throws -> Result {
  let folder = try makeTemporaryDirectory(prefix: "egtop-mqtt")
  defer { removeFlatDirectory(folder) }
  let broker = try LocalMosquitto.start(
    directory: folder,
    extraConfiguration: extraConfiguration,
  )
  defer { broker.stop() }
  return try body(broker)
}

func options(_ broker: LocalMosquitto, _ version: MQTTOptions.Version = .v3_1_1) -> MQTTOptions {
  MQTTOptions(host: "127.0.0.1", port: broker.port, version: version)
}
