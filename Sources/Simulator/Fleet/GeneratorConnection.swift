internal import MQTT
internal import System

/// A connection to the broker, of one generator with its presence, or of many without.
final class GeneratorConnection {
  enum State {
    /// Not connected; comes back at a time of the fleet's clock, not before `notBefore`.
    case waiting
    case connecting
    case online
    /// Has published its goodbye.
    case leaving
    case gone
  }

  let client: MQTTClient
  /// Where the presence goes; nil without presence.
  let statusTopic: String?
  var state = State.waiting
  var notBefore: Int64 = 0
  var delay = ReconnectDelay()
  var backlog: SampleBacklog

  private let qos: Int
  private let window: Int
  private var watched: Int32 = -1
  private var watchesWriting = false
  private var presenceCount = 0
  private var toldAcknowledged = 0

  /// - Parameters:
  ///   - options: with the client id, and with a will if there is to be presence.
  ///   - qos: of samples and presence.
  ///   - backlog: how many samples wait for it at most.
  /// - Throws: `MQTTError` with cause `options`.
  init(_ options: MQTTOptions, qos: Int, backlog: Int) throws(MQTTError) {
    client = try MQTTClient(options)
    statusTopic = options.will?.topic
    self.qos = qos
    window = options.sendMaximum
    self.backlog = SampleBacklog(limit: backlog)
  }

  /// Whether a sample can go out now: the network took what was given to it, and with QoS 1 and 2 the broker what is
  /// under way.
  var canPublish: Bool {
    guard state == .online else { return false }
    return qos == 0
      ? !client.wantsWrite : client.publishedCount - client.acknowledgedCount < window
  }

  /// Whether nothing is under way.
  var isIdle: Bool {
    backlog.isEmpty
      && (qos == 0 ? !client.wantsWrite : client.publishedCount == client.acknowledgedCount)
  }

  /// Tells the broker how it is, retained.
  ///
  /// - Throws: `MQTTError` when the connection is gone.
  func tell(_ presence: String) throws(MQTTError) {
    guard let statusTopic else { return }
    presenceCount += 1
    try client.publish(Array(presence.utf8), to: statusTopic, qos: qos, retain: true)
  }

  /// How many samples the broker acknowledged since the last call; with QoS 0 how many the network took.
  ///
  /// Presence counts as acknowledged first, so the sum is never too high for long: it may take one back.
  func newlyAcknowledged() -> Int {
    let count = max(0, client.acknowledgedCount - presenceCount)
    defer { toldAcknowledged = count }
    return count - toldAcknowledged
  }

  /// Waits for what the client waits for.
  ///
  /// - Throws: `SystemError` for lack of memory.
  func watch(in epoll: Epoll, tag: Int) throws(SystemError) {
    let descriptor = client.descriptor
    let wantsWrite = client.wantsWrite
    guard descriptor >= 0, descriptor != watched || wantsWrite != watchesWriting else { return }
    let interest: Poll.Readiness = wantsWrite ? [.read, .write] : .read
    if descriptor == watched {
      try epoll.modify(descriptor, interest, tag: UInt64(tag))
    } else {
      try epoll.add(descriptor, interest, tag: UInt64(tag))
    }
    watched = descriptor
    watchesWriting = wantsWrite
  }

  /// Waits for nothing any more.
  func unwatch(in epoll: Epoll) {
    // When the library has closed the descriptor it has left the set by itself.
    if watched >= 0, client.descriptor == watched { try? epoll.remove(watched) }
    watched = -1
  }

  /// Ends the connection without a word.
  func abandon(in epoll: Epoll) {
    unwatch(in: epoll)
    client.abandon()
  }
}
