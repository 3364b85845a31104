internal import MQTT
internal import System

/// Reads what devices announce before the bridge takes up its session: the broker may hold messages for that whose
/// topics only announcements explain.
///
/// By a connection of its own, whose session ends with it.
struct BridgeAnnouncements {
  private let connection: MQTTOptions
  private let filters: [String]

  /// All is read when nothing came for so long.
  private static let quiet: Int64 = 300_000_000
  /// A broker that goes on for longer is not waited for.
  private static let longest: Int64 = 30_000_000_000

  init(_ connection: MQTTOptions, _ filters: [String]) {
    var connection = connection
    connection.clientID += "-announcements"
    connection.isCleanSession = true
    connection.holdsAcknowledgements = false
    connection.will = nil
    (self.connection, self.filters) = (connection, filters)
  }

  /// Hands them to the writer, until the broker has sent all that it keeps.
  ///
  /// - Throws: `MQTTError` when the broker cannot be reached.
  func read(into writer: BridgeWriter) throws(MQTTError) {
    let stop = writer.outbox.run.stop
    let client = try MQTTClient(connection)
    try client.connect(wakingOn: stop.descriptor)
    let begin = monotonicNanoseconds()
    var (answers, heard) = (0, begin)
    while !stop.isSet, monotonicNanoseconds() - begin < Self.longest {
      writer.stage.health.beat()
      let events = try client.poll(
        wakingOn: stop.descriptor,
        timeoutNanoseconds: 50_000_000
      ) { topic, payload, message in
        heard = monotonicNanoseconds()
        writer.write(topic, payload, message)
      }
      for event in events {
        switch event {
        case .connected:
          for filter in filters { try client.subscribe(to: filter) }
        case .subscribed, .subscriptionRefused:
          answers += 1
          heard = monotonicNanoseconds()
        }
      }
      if answers == filters.count, monotonicNanoseconds() - heard > Self.quiet { break }
    }
    client.disconnect()
    writer.knowsAnnouncements = true
  }
}
