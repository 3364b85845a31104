import Decoding
import Feeds
import Kafka
import MQTT
import Model
import Settings
import System

/// The feeds that the settings ask for, and the mailbox they fill.
final class FeedSet: Sendable {
  let mailbox: Mailbox
  /// Readable when the mailbox has something.
  let wake: EventFD
  private let feeds: [Feed]
  private let ended: StopSignal

  /// How long the end of the program waits for the threads, in nanoseconds.
  private static let patience: Int64 = 500_000_000

  /// Starts the threads.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  init(_ settings: Settings, log: Log) throws(SystemError) {
    let wake = try EventFD()
    self.wake = wake
    ended = try StopSignal()
    mailbox = Mailbox { wake.signal() }
    mailbox.register(
      generators: settings.fleet.inventory.map(\.id),
      regions: regionNames(settings.fleet.inventory)
    )
    var feeds: [Feed] = []
    if let mqtt = settings.mqtt {
      feeds.append(try MQTTFeed.start(.init(mqtt), into: mailbox, log: log))
    }
    if let kafka = settings.kafka {
      let isRawFeed = settings.fleet.policy.rawFeedIsKafka
      let options = KafkaFeed.Options(
        kafka,
        isRawFeed: isRawFeed,
        rawFilters: settings.mqtt?.topics
      )
      feeds.append(try KafkaFeed.start(options, into: mailbox, log: log))
    }
    if let kafka = settings.kafka, let group = kafka.sinkGroup {
      let (topic, properties) = (kafka.rawTopicName, kafka.clientProperties)
      feeds.append(try LagFeed.start(of: group, on: topic, properties, into: mailbox, log: log))
    }
    self.feeds = feeds
  }

  /// Tries all connections now.
  func reconnect() {
    for feed in feeds { feed.reconnectNow() }
  }

  /// Ends all threads, and returns when they have ended or after ``patience``.
  ///
  /// librdkafka waits up to two seconds for brokers that do not answer; we have nothing to tell them.
  func stop() {
    for feed in feeds { feed.requestStop() }
    let waiter = try? startThread(name: "stop") { [self] in
      for feed in feeds { feed.stop() }
      ended.set()
    }
    if waiter != nil { ended.wait(nanoseconds: Self.patience) }
  }
}

/// The regions of the inventory, each once, in its order.
private func regionNames(_ inventory: [InventoryEntry]) -> [String] {
  var seen: Set<String> = []
  return inventory.compactMap(\.region).filter { seen.insert($0).inserted }
}
