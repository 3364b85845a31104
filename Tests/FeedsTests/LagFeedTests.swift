import Feeds
import Model
import System
import Testing

@testable import Feeds
@testable import Kafka

@Suite(.timeLimit(.minutes(10)))
struct LagFeedTests {
  @Test func saysThatAGroupNeverCommitted() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.send([(nil, "{}")], to: kafka.rawTopic)
    let inbox = Inbox()
    let feed = try LagFeed.start(
      of: "sink",
      on: kafka.rawTopic,
      kafka.properties,
      into: inbox.mailbox,
      log: Log()
    )
    defer { feed.stop() }
    try inbox.wait { $0.lag != nil }
    #expect(inbox.lag == GroupLag(reason: "the group has never committed on \(kafka.rawTopic)"))
  }

  @Test func saysWhyNothingIsKnown() throws {
    let inbox = Inbox()
    let servers = ["bootstrap.servers": "127.0.0.1:1"]
    let feed = try LagFeed.start(of: "sink", on: "a", servers, into: inbox.mailbox, log: Log())
    defer { feed.requestStop() }
    try inbox.wait { $0.lag != nil }
    #expect(inbox.lag?.recordsBehind == nil)
    #expect(inbox.lag?.reason == "127.0.0.1:1: Connection refused")
  }

  private static let now: Int64 = 1_800_000_000_000_000_000
  private static let milliseconds = now / 1_000_000

  private static func partition(
    _ number: Int32,
    _ committed: Int64?,
    _ low: Int64,
    _ high: Int64,
    secondsOld: Int64? = nil
  ) -> KafkaPartitionLag {
    KafkaPartitionLag(
      topic: "a",
      partition: number,
      committed: committed,
      low: low,
      high: high,
      oldestMilliseconds: secondsOld.map { milliseconds - $0 * 1000 }
    )
  }

  @Test(arguments: [
    ([], GroupLag(reason: "no topic a")),
    (
      [partition(0, 5, 0, 5), partition(1, 7, 0, 7)],
      GroupLag(recordsBehind: 0, secondsBehind: 0, committed: 12)
    ),
    (
      [partition(0, 5, 0, 9, secondsOld: 3), partition(1, 7, 0, 8, secondsOld: 60)],
      GroupLag(recordsBehind: 5, secondsBehind: 60, committed: 12)
    ),
    // The clock of the producer is ahead of ours.
    (
      [partition(0, 5, 0, 9, secondsOld: -3)],
      GroupLag(recordsBehind: 4, secondsBehind: 0, committed: 5)
    ),
    // Written with a timestamp of 1970.
    (
      [partition(0, 5, 0, 9, secondsOld: milliseconds / 1000)],
      GroupLag(recordsBehind: 4, committed: 5)
    ),
    (
      [partition(0, nil, 0, 9), partition(1, 7, 0, 7)],
      GroupLag(
        recordsBehind: 0,
        secondsBehind: 0,
        committed: 7,
        reason: "no commit yet on 1 of 2 partitions"
      )
    ),
    (
      [partition(0, 2, 6, 9, secondsOld: 1)],
      GroupLag(
        recordsBehind: 3,
        secondsBehind: 1,
        committed: 2,
        reason: "4 records deleted unread"
      )
    ),
    (
      [partition(0, 12, 0, 9)],
      GroupLag(
        recordsBehind: 0,
        secondsBehind: 0,
        committed: 12,
        reason: "commits beyond the end: the topic was recreated"
      )
    ),
    (
      [
        KafkaPartitionLag(
          topic: "a",
          partition: 0,
          committed: 1,
          error: KafkaError(code: KafkaErrorCode(rawValue: 29))
        )
      ],
      GroupLag(reason: "Broker: Topic authorization failed")
    ),
  ])
  func sumsUpATopic(_ lags: [KafkaPartitionLag], _ expected: GroupLag) {
    #expect(GroupLag(lags, topic: "a", now: Self.now) == expected)
  }
}
