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
  private let mqtt: MQTTFeed?
  private let kafka: KafkaFeed?
  private let lag: LagFeed?
  private let ended: EventFD

  /// How long the end of the program waits for the threads, in nanoseconds.
  private static let patience: Int64 = 500_000_000

  /// Starts the threads.
  ///
  /// - Throws: `SystemError` when there is no room for another thread or descriptor.
  init(_ settings: Settings, log: Log) throws(SystemError) {
    let wake = try EventFD()
    self.wake = wake
    ended = try EventFD()
    mailbox = Mailbox { wake.signal() }
    mailbox.register(
      generators: settings.fleet.inventory.map(\.id),
      regions: regionNames(settings.fleet.inventory)
    )
    let mailbox = mailbox
    mqtt = try settings.mqtt.map { mqtt throws(SystemError) in
      try MQTTFeed(.init(mqtt), into: mailbox, log: log)
    }
    let isRawFeed = settings.fleet.policy.rawFeedIsKafka
    kafka = try settings.kafka.map { kafka throws(SystemError) in
      try KafkaFeed(
        .init(kafka, isRawFeed: isRawFeed, rawFilters: settings.mqtt?.topics),
        into: mailbox,
        log: log
      )
    }
    guard let kafka = settings.kafka, let group = kafka.sinkGroup else {
      lag = nil
      return
    }
    lag = try LagFeed(
      .init(properties: kafka.clientProperties, group: group, topic: kafka.rawTopicName),
      into: mailbox,
      log: log
    )
  }

  /// Tries all connections now.
  func reconnect() {
    mqtt?.reconnectNow()
    kafka?.reconnectNow()
  }

  /// Ends all threads, and returns when they have ended or after ``patience``.
  ///
  /// librdkafka waits up to two seconds for brokers that do not answer; we have nothing to tell them.
  func stop() {
    kafka?.requestStop()
    lag?.requestStop()
    let waiter = try? startThread(name: "stop") { [self] in
      mqtt?.stop()
      kafka?.stop()
      lag?.stop()
      ended.signal()
    }
    guard waiter != nil else { return }
    var poll = Poll()
    _ = poll.add(ended.descriptor, .read)
    _ = try? poll.wait(timeoutNanoseconds: Self.patience)
  }
}

/// The regions of the inventory, each once, in its order.
private func regionNames(_ inventory: [InventoryEntry]) -> [String] {
  var seen: Set<String> = []
  return inventory.compactMap(\.region).filter { seen.insert($0).inserted }
}
