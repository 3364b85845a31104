import Foundation
import Model
import Settings
import System
import TestSupport
import Testing

@testable import Feeds
@testable import Kafka

@Suite(.timeLimit(.minutes(20)))
struct LagFeedTests {
  private func options(_ kafka: KafkaUnderTest, groups: [String] = ["sink"]) -> LagFeed.Options {
    LagFeed.Options(
      properties: kafka.properties,
      groups: groups,
      topic: kafka.rawTopic,
      enriched: .prefix(kafka.prefix)
    )
  }

  @Test func saysThatAGroupNeverCommitted() throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.send([(nil, "{}")], to: kafka.rawTopic)
    let inbox = Inbox()
    let feed = try LagFeed.start(options(kafka), into: inbox.mailbox, log: Log())
    defer { feed.stop() }
    try inbox.wait { $0.lag != nil }
    let group = inbox.lag?.groups?.first
    #expect(group?.state == .neverCommitted)
    #expect(group?.reason?.hasPrefix("the group has never committed, 1 record") == true)
    #expect(inbox.lag?.recordsBehind == nil)
  }

  @Test func saysWhyNothingIsKnown() throws {
    let inbox = Inbox()
    let servers = ["bootstrap.servers": "127.0.0.1:1"]
    let options = LagFeed.Options(properties: servers, groups: ["sink"], topic: "a")
    let feed = try LagFeed.start(options, into: inbox.mailbox, log: Log())
    defer { feed.requestStop() }
    try inbox.wait { $0.lag != nil }
    #expect(inbox.lag?.recordsBehind == nil)
    #expect(inbox.lag?.reason == "127.0.0.1:1: Connection refused")
  }

  @Test func withoutAGroupItSaysSo() throws {
    let kafka = try KafkaUnderTest(.local)
    var watch = LagWatch(options(kafka, groups: []), Log())
    #expect(watch.look() == GroupLag(reason: "no group configured, none of Connect found"))
    var other = LagWatch(options(kafka), Log())
    #expect(other.look().reason == "no topic \(kafka.rawTopic)" || other.look().groups != nil)
  }

  @Test(arguments: KafkaUnderTest.kinds)
  func measuresSeveralGroups(_ kind: KafkaUnderTest.Kind) throws {
    let kafka = try KafkaUnderTest(kind)
    try kafka.send(Array(repeating: (nil, "{}"), count: 20), to: kafka.rawTopic)
    let groups = [kafka.prefix + "a", kafka.prefix + "b"]
    try kafka.read(20, of: groups[0])
    try kafka.read(12, of: groups[1])
    var watch = LagWatch(options(kafka, groups: groups), Log())
    let lag = watch.look()
    #expect(lag.reason == "too few commits seen to judge it")
    #expect(lag.groups?.map(\.name) == [groups[1], groups[0]])
    #expect(lag.groups?.map(\.recordsBehind) == [8, 0])
    #expect(lag.recordsBehind == 8)
    #expect(lag.groups?.first?.partitions.first?.committed == 12)
  }

  @Test(arguments: ["sink", "connect-sink"])
  func countsTheDeadLettersOfAGroup(group: String) throws {
    let kafka = try KafkaUnderTest(.local)
    try kafka.send(Array(repeating: (nil, "{}"), count: 20), to: kafka.rawTopic)
    try kafka.read(12, of: group)
    try kafka.send([(nil, "old")], to: "dlq-sink")
    var watch = LagWatch(options(kafka, groups: [group]), Log())
    #expect(watch.look().groups?.first?.deadLetters == 0)
    try kafka.send([(nil, "bad"), (nil, "worse")], to: "dlq-sink")
    try kafka.read(8, of: group)
    var figures: GroupFigures?
    #expect(
      holds {
        figures = watch.look().groups?.first
        return figures?.deadLetters == 2
      }
    )
    #expect(figures?.recordsRead == 8)
  }

  @Test func keepsWhatWasLostInAFile() throws {
    let folder = try DisposableDirectory(prefix: "losses")
    let file = folder.path + "/state/losses.json"
    let now: Int64 = 1_800_000_000_000_000_000
    let loss = GroupLoss(
      kind: .lost,
      group: "sink",
      topic: "raw",
      partition: 3,
      committed: 5,
      records: 12,
      since: now
    )
    LossMemory(file: file, cluster: "a:9092", Log()).keep([loss], at: now)
    var other = loss
    other.group = "other"
    LossMemory(file: file, cluster: "b:9092", Log()).keep([other], at: now)
    #expect(LossMemory(file: file, cluster: "a:9092", Log()).losses(at: now) == [loss])
    #expect(LossMemory(file: file, cluster: "b:9092", Log()).losses(at: now) == [other])
    let day: Int64 = 86_400_000_000_001
    #expect(LossMemory(file: file, cluster: "a:9092", Log()).losses(at: now + day) == [])
    try "no json".write(toFile: file, atomically: false, encoding: .utf8)
    #expect(LossMemory(file: file, cluster: "a:9092", Log()).losses(at: now) == [])
  }
}
