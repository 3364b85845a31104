internal import MQTT
internal import System

/// Numbered samples at a steady rate: sample k is of generator `k mod count`, and its fuel is k.
struct Load {
  var port: Int
  /// Samples a second over all connections.
  var rate: Int
  var seconds: Int
  var generatorCount: Int
  var connectionCount: Int
  /// 0 or 1.
  var qos = 0
  /// Adds `"sent"`, the wall clock in nanoseconds, to each sample.
  var isStamped = false

  /// What was done.
  struct Outcome {
    var sent = 0
    var nanoseconds: Int64 = 0
  }

  /// Sends everything, and returns when the broker's side of the network has taken it, or with QoS 1 the broker itself.
  func run() throws(MQTTError) -> Outcome {
    let clients = try connect()
    let topics = (0..<generatorCount).map { "emergency_generator/generator\($0 + 1)" }
    let heads = (0..<generatorCount).map { index in
      let text =
        "{\"generatorID\": \"generator\(index + 1)\", \"lat\": 40.68066, \"lon\": -73.47429, "
      return Array((text + "\"temperature\": 186, \"power\": 186, \"load\": 2, \"fuel\": ").utf8)
    }
    let total = rate * seconds
    let stampKey = Array(", \"sent\": ".utf8)
    var payload: [UInt8] = []
    var outcome = Outcome()
    let start = monotonicNanoseconds()
    while outcome.sent < total {
      let elapsed = monotonicNanoseconds() - start
      let due = min(total, Int(Double(rate) * Double(elapsed) / 1e9))
      while outcome.sent < due {
        let index = outcome.sent % generatorCount
        payload.removeAll(keepingCapacity: true)
        payload += heads[index]
        Self.append(outcome.sent, to: &payload)
        if isStamped {
          payload += stampKey
          Self.append(Int(wallNanoseconds()), to: &payload)
        }
        payload.append(UInt8(ascii: "}"))
        // The clients' number divides the generators', so those of one generator keep their order.
        try clients[outcome.sent % clients.count].publish(payload, to: topics[index], qos: qos)
        outcome.sent += 1
      }
      try serve(clients, whileOver: 2000)
      sleepThread(nanoseconds: 1_000_000)
    }
    try serve(clients, whileOver: 0)
    outcome.nanoseconds = monotonicNanoseconds() - start
    for client in clients { client.disconnect() }
    return outcome
  }

  private func connect() throws(MQTTError) -> [MQTTClient] {
    let count = (1...max(1, connectionCount)).last { generatorCount % $0 == 0 } ?? 1
    var clients: [MQTTClient] = []
    for _ in 0..<count {
      var options = MQTTOptions(host: "127.0.0.1", port: port)
      options.sendMaximum = 1000
      let client = try MQTTClient(options)
      try client.connect()
      while !client.isConnected {
        _ = try client.poll(timeoutNanoseconds: 100_000_000) { _, _, _ in }
      }
      clients.append(client)
    }
    return clients
  }

  /// Lets the network take what is queued, and waits while more than `limit` messages are left in a client.
  private func serve(_ clients: [MQTTClient], whileOver limit: Int) throws(MQTTError) {
    for client in clients {
      repeat {
        let isOver = client.publishedCount - client.acknowledgedCount > limit
        _ = try client.poll(timeoutNanoseconds: isOver ? 10_000_000 : 0) { _, _, _ in }
      } while client.publishedCount - client.acknowledgedCount > limit
    }
  }

  /// Appends a number that is not negative in decimal.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
      divisor /= 10
    }
  }
}
