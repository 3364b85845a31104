internal import MQTT
internal import Model
internal import Pipeline
internal import System

extension SimulatedFleet {
  private static let goodbyeNanoseconds: Int64 = 5_000_000_000

  /// Lets every connection that stands send what is begun, say `disconnected` and take its leave, within five seconds.
  ///
  /// - Throws: `SystemError` for lack of memory.
  func sayGoodbye() throws(SystemError) {
    let deadline = clock + Self.goodbyeNanoseconds
    try? epoll.remove(stop.descriptor)
    while clock < deadline {
      health.beat()
      var left = 0
      for index in connections.indices where try !isGone(index, deadline) { left += 1 }
      if left == 0 { return }
      try serveReady(timeout: 20_000_000)
    }
  }

  /// Takes a connection one step towards its end, and returns whether it is there.
  private func isGone(_ index: Int, _ deadline: Int64) throws(SystemError) -> Bool {
    let connection = connections[index]
    switch connection.state {
    case .waiting, .connecting, .gone: return true
    case .online:
      // What the broker does not acknowledge in half the time is left to itself.
      let isLate = clock > deadline - Self.goodbyeNanoseconds / 2
      guard connection.isIdle || isLate else { return false }
      do throws(MQTTError) {
        try connection.tell(Convention.disconnected)
        connection.state = .leaving
      } catch {
        lose(index, error)
      }
      try serve(index, [])
      return false
    case .leaving:
      guard connection.isIdle else { return false }
      connection.client.disconnect()
      // The broker closes it, which is nothing to wake up for.
      connection.unwatch(in: epoll)
      countOnline(-1)
      connection.state = .gone
      return true
    }
  }
}
