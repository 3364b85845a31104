import BucketSupport
import Buckets
import Foundation
import Kafka
import SQLite
import System
import TestSupport
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(20)))
struct SinkTests {
  @Test func writesWhatIsInTheTopicAndCommitsIt() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      try kafka.send([sample("g1", fuel: 1), sample("g2", fuel: 2)])
      try kafka.send([sample("g3", fuel: 3)], milliseconds: 2000, partition: 1)
      do {
        let sink = kafka.sink(folder)
        let runner = try StageRunner(sink)
        #expect(holds { figure("written", of: sink) == 3 })
        #expect(runner.stop())
      }
      // A new member of the group begins where the one before has ended.
      try kafka.send([sample("g1", fuel: 4)], milliseconds: 3000)
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      #expect(holds { figure("written", of: sink) == 1 })
      #expect(runner.stop())
      #expect(figure("duplicates", of: sink) == 0)
      #expect(
        try openBucket(folder).summary().sorted() == [
          "g1@1000000000 1", "g1@3000000000 4", "g2@1000000000 2", "g3@2000000000 3",
        ]
      )
    }
  }

  @Test func carriesOnBehindHeadersWhoseNamesAreNoUTF8() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1), ("dlq-egpipe-sink", 1)])
      let name: [UInt8] = Array(repeating: 0xFF, count: 400_000)
      try kafka.send(
        Array(repeating: "offline", count: 6),
        headers: [.init(name: name, [1])],
      )
      try kafka.send([sample("g1", fuel: 1)])
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      #expect(holds { figure("written", of: sink) == 1 })
      let reader = try TopicReader(kafka.servers, ["dlq-egpipe-sink"])
      #expect(reader.read { $0.count == 6 })
      let repaired = String(decoding: name, as: UTF8.self)
      #expect(reader.records.allSatisfy { $0.headers[repaired] == "\u{1}" })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
      #expect(try openBucket(folder).summary() == ["g1@1000000000 1"])
    }
  }

  @Test func writesNothingTwiceThatComesAgain() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      // All at one moment, so that each has to be told from the others.
      try kafka.send((0..<300).map { sample("g\($0 % 3)", fuel: $0) })
      var before: [String] = []
      for round in 0..<2 {
        // A group of another name has committed nothing: it gets everything once more.
        var options = kafka.sink(folder, batch: 64).options
        options.group = "group-\(round)"
        let sink = SinkStage(options)
        let runner = try StageRunner(sink)
        let name = round == 0 ? "written" : "duplicates"
        #expect(holds { figure(name, of: sink) == 300 })
        #expect(runner.stop())
        if round == 0 { before = try openBucket(folder).summary() }
      }
      #expect(before.count == 300)
      #expect(try openBucket(folder).summary() == before)
    }
  }

  @Test func sendsWhatCanBeNoPointToTheDeadLetterTopic() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1), ("dlq-egpipe-sink", 1)])
      try kafka.send(
        ["offline"],
        key: "emergency_generator/g1/status",
        milliseconds: 5000,
        headers: [.init("mqtt.qos", Array("1".utf8))],
      )
      try kafka.send([sample("g1", fuel: 1), #"{"fuel":"x"}"#, nil, #"{"fuel":1}"#])
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      let reader = try TopicReader(kafka.servers, ["dlq-egpipe-sink"])
      #expect(reader.read { $0.count == 3 })
      #expect(holds { figure("read", of: sink) == 5 })
      #expect(runner.stop())
      let letter = try #require(reader.records.first)
      #expect(letter.value == "offline")
      #expect(letter.key == "emergency_generator/g1/status")
      #expect(letter.milliseconds == 5000)
      #expect(
        letter.headers == [
          "mqtt.qos": "1", "__connect.errors.topic": "emergency_generators",
          "__connect.errors.partition": "0", "__connect.errors.offset": "0",
          "__connect.errors.connector.name": "egpipe-sink", "__connect.errors.task.id": "0",
          "__connect.errors.stage": "VALUE_CONVERTER",
          "__connect.errors.class.name": "egpipe.SinkStage",
          "__connect.errors.exception.class.name": "egpipe.Unwritable",
          "__connect.errors.exception.message": "not a JSON object",
        ]
      )
      let messages = reader.records.map { $0.headers["__connect.errors.exception.message"] }
      #expect(
        messages == [
          "not a JSON object", "fuel has a value of the wrong type",
          "no generator id in the record or its key",
        ]
      )
      #expect(reader.records.map(\.key) == ["emergency_generator/g1/status", nil, nil])
      #expect(figure("dead letters", of: sink) == 3)
      #expect(figure("tombstones", of: sink) == 1)
      #expect(try openBucket(folder).summary() == ["g1@1000000000 1"])
    }
  }

  @Test func keepsItsBatchWhileTheBucketIsBusy() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let sink = kafka.sink(folder)
      let path = "\(folder)/log"
      let runner = try StageRunner(sink, log: Log(to: .file(path)))
      // Then it has opened it.
      #expect(holds { fileExists("\(folder)/kafka.db-wal") })
      _ = try openBucket(folder)
      let other = try SQLiteConnection("\(folder)/kafka.db")
      try other.execute("BEGIN IMMEDIATE")
      try kafka.send([sample("g1", fuel: 1)])
      #expect(holds { (figure("retries", of: sink) ?? 0) > 0 })
      #expect(figure("read", of: sink) == 0)
      try other.execute("ROLLBACK")
      #expect(holds { figure("written", of: sink) == 1 })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
      let log = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      #expect(log.contains("reason=\"\(folder)/kafka.db: database is locked: another program"))
      #expect(log.contains("message=\"the bucket takes again\" after=\""))
    }
  }

  @Test func endsThoughTheBucketIsBusyAndCommitsNothing() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      try kafka.send([sample("g1", fuel: 1)])
      _ = try openBucket(folder)
      let other = try SQLiteConnection("\(folder)/kafka.db")
      try other.execute("BEGIN IMMEDIATE")
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      #expect(holds { (figure("retries", of: sink) ?? 0) > 0 })
      #expect(runner.stop())
      try other.execute("ROLLBACK")
      let next = kafka.sink(folder)
      let nextRunner = try StageRunner(next)
      #expect(holds { figure("written", of: next) == 1 })
      #expect(nextRunner.stop())
    }
  }

  @Test func goesOnWhenKafkaComesBack() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      try kafka.send([sample("g1", fuel: 1)])
      #expect(holds { figure("written", of: sink) == 1 })
      kafka.cluster.setBroker(1, isUp: false)
      kafka.cluster.setBroker(1, isUp: true)
      try kafka.send([sample("g1", fuel: 2)], milliseconds: 2000)
      #expect(holds { figure("written", of: sink) == 2 })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }

  @Test func endsWhileKafkaIsAway() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      try kafka.send([sample("g1", fuel: 1)])
      #expect(holds { figure("written", of: sink) == 1 })
      kafka.cluster.setBroker(1, isUp: false)
      #expect(runner.stop())
    }
  }

  @Test func endsThoughKafkaGoesAwayBeforeTheCommit() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      // Then it has opened it.
      #expect(holds { fileExists("\(folder)/kafka.db-wal") })
      _ = try openBucket(folder)
      let other = try SQLiteConnection("\(folder)/kafka.db")
      try other.execute("BEGIN IMMEDIATE")
      try kafka.send([sample("g1", fuel: 1)])
      #expect(holds { (figure("retries", of: sink) ?? 0) > 0 })
      kafka.cluster.setBroker(1, isUp: false)
      try other.execute("ROLLBACK")
      #expect(holds { figure("written", of: sink) == 1 })
      #expect(runner.stop())
      kafka.cluster.setBroker(1, isUp: true)
      // The local cluster may not answer a member that joins while another says goodbye.
      #expect(try holds { try !isLeaving() })
      let next = kafka.sink(folder)
      let nextRunner = try StageRunner(next)
      try kafka.send([sample("g2", fuel: 1)])
      #expect(holds { figure("written", of: next) == 1 })
      // The first record comes again, unless its commit has gone out now that the broker is back.
      #expect((figure("duplicates", of: next) ?? 0) <= 1)
      #expect(nextRunner.stop())
      #expect(try openBucket(folder).summary() == ["g1@1000000000 1", "g2@1000000000 1"])
    }
  }

  /// Whether a client of this process has not left its group yet, on a thread of its own.
  private func isLeaving() throws -> Bool {
    let threads = "/proc/self/task"
    return try FileManager.default.contentsOfDirectory(atPath: threads).contains {
      (try? String(contentsOfFile: "\(threads)/\($0)/comm", encoding: .utf8)) == "kafka-close\n"
    }
  }

  @Test func readsNothingWhileItRests() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      try kafka.send([sample("g1", fuel: 1)])
      #expect(holds { figure("written", of: sink) == 1 })
      sink.setPaused(true)
      // A record or two may be on their way when it goes to rest.
      let last = try holdsStill(sink, kafka)
      sink.setPaused(false)
      #expect(holds { figure("written", of: sink) == last.sent })
      #expect(last.read < last.sent)
      #expect(figure("duplicates", of: sink) == 0)
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }

  /// Sends until something has stayed unread.
  private func holdsStill(_ sink: SinkStage, _ kafka: RawKafka) throws -> (sent: Int, read: Int) {
    var sent = 1
    _ = try holds {
      try kafka.send([sample("g1", fuel: sent)], milliseconds: Int64(sent) * 1000 + 1000)
      sent += 1
      return sent - (figure("read", of: sink) ?? 0) >= 20
    }
    return (sent, figure("read", of: sink) ?? 0)
  }

  @Test func sharesTheTopicWithOthersOfItsGroup() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 4)])
      let sinks = [kafka.sink(folder), kafka.sink(folder)]
      let runners = try sinks.map { try StageRunner($0) }
      var sent = 0
      func written(_ sink: SinkStage) -> Int { figure("written", of: sink) ?? 0 }
      #expect(
        try holds(within: 60) {
          for partition in 0..<4 as Range<Int32> {
            sent += 1
            let text = sample("g\(partition)", fuel: sent)
            try kafka.send([text], milliseconds: Int64(sent), partition: partition)
          }
          return sinks.allSatisfy { written($0) > 0 }
        }
      )
      #expect(holds { sinks.reduce(0) { $0 + written($1) } == sent })
      for runner in runners { #expect(runner.stop()) }
      #expect(try openBucket(folder).summary().count == sent)
    }
  }

  @Test func deletesWhatIsOlderThanTheRetention() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      try kafka.send([sample("old", fuel: 1)])
      try kafka.send([sample("new", fuel: 2)], milliseconds: wallNanoseconds() / 1_000_000)
      let sink = kafka.sink(folder, retention: 3_600_000_000_000)
      let runner = try StageRunner(sink)
      #expect(holds { figure("expired", of: sink) == 1 })
      #expect(runner.stop())
      #expect(try openBucket(folder).summary().map { $0.prefix(4) } == ["new@"])
    }
  }
}
