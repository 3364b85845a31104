public import MQTT
internal import System

extension HeardMessages {
  /// Listens to all topics of a broker for a while; nothing is published.
  ///
  /// - Parameters:
  ///   - connection: The broker and how to log in to it.
  ///   - nanoseconds: How long, from the login on.
  ///   - waker: A descriptor that ends the wait when it becomes readable; negative for none.
  /// - Returns: What was heard.
  /// - Throws: `MQTTError` if there is no connection, or it broke before anything was heard.
  public static func listen(
    to connection: MQTTOptions,
    nanoseconds: Int64,
    waker: Int32
  ) throws(MQTTError) -> HeardMessages {
    var heard = HeardMessages()
    let client = try MQTTClient(connection)
    try client.connect(wakingOn: waker)
    var asked = false
    var deadline = monotonicNanoseconds() + max(nanoseconds, 15_000_000_000)
    do throws(MQTTError) {
      while monotonicNanoseconds() < deadline {
        var poll = Poll()
        let place = poll.add(waker, .read)
        _ = try? poll.wait(timeoutNanoseconds: 0)
        if !poll.readiness(of: place).isEmpty { break }
        let events = try client.poll(wakingOn: waker, timeoutNanoseconds: 100_000_000) {
          topic,
          payload,
          message in
          guard let topic = String(validating: topic.bytes, as: UTF8.self) else { return }
          heard.take(HeardMessage(topic, payload.bytes, isRetained: message.isRetained))
        }
        if client.isConnected, !asked {
          asked = true
          deadline = monotonicNanoseconds() + nanoseconds
          try client.subscribe(to: "#", qos: 0)
        }
        for case .subscriptionRefused(let filter, let reason) in events {
          throw MQTTError(.other, "\(filter) was refused: \(reason)")
        }
      }
    } catch {
      if heard.total == 0 { throw error }
    }
    client.disconnect()
    return heard
  }
}

extension Span<UInt8> {
  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return bytes
  }
}
