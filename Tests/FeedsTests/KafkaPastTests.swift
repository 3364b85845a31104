import Foundation
import Kafka
import Model
import System
import Testing

@testable import Feeds

@Suite(.timeLimit(.minutes(20)))
struct KafkaPastTests {
  @Test func recordsWithoutKeysComeInTheOrderOfTheirTimes() throws {
    let kafka = try KafkaUnderTest(.local)
    let topic = kafka.prefix + "a"
    try kafka.cluster?.createTopic(topic, partitions: 6)
    let producer = try KafkaProducer(["bootstrap.servers": kafka.servers])
    let now = wallNanoseconds() / 1_000_000_000
    let times = (0..<1_200).map { now - 3_000 + Int64($0) }
    func send(_ number: Int, stamp: Int64, to partition: Int32) throws {
      let record =
        #"{"tags":{"generatorID":"g\#(number % 7)"},"time":\#(stamp),"fuel":\#(number)}"#
      try producer.send(
        to: topic,
        key: nil,
        value: Array(record.utf8),
        partition: partition,
        milliseconds: times[number] * 1_000
      )
    }
    // One partition after the other, so that the broker has no order of its own but in each.
    for partition in 0..<6 {
      for number in times.indices where number * 7_919 % 1_201 % 6 == partition {
        let isAhead = number % 100 == 50
        try send(number, stamp: times[number] + (isAhead ? 40_000 : 0), to: Int32(partition))
      }
    }
    try producer.flush(milliseconds: 20_000)
    let inbox = Inbox()
    let feed = try KafkaFeed.start(kafka.options(), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.progress(.enriched)?.hasReadHistory == true }
    let records = inbox.enriched
    #expect(records.count == 1_200)
    let sampled = records.compactMap(\.sampleTime)
    #expect(sampled == sampled.sorted() && sampled.last == times.last.map { $0 * 1_000_000_000 })
    let received = records.map(\.receivedAt)
    #expect(received == received.sorted() && Set(received).count == 1_200)
    // What comes now comes at once, in whatever order.
    try send(7, stamp: now - 2_000, to: 3)
    try producer.flush(milliseconds: 20_000)
    try inbox.wait { $0.enriched.count == 1_201 }
    #expect(inbox.enriched.last?.sampleTime == (now - 2_000) * 1_000_000_000)
  }
}
