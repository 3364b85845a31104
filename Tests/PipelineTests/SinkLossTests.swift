import BucketSupport
import Buckets
import Kafka
import SQLite
import System
import TestSupport
import Testing

@testable import Pipeline

/// Records that are no readings of now, or none at all: nothing is made up of them, and none is lost.
@Suite(.timeLimit(.minutes(20)))
struct SinkLossTests {
  private static let retained = KafkaProducer.Header("mqtt.retained", Array("true".utf8))
  private static let live = KafkaProducer.Header("mqtt.retained", Array("false".utf8))

  @Test func makesNoReadingOfNowOfARetainedSample() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1), ("dlq-egpipe-sink", 1)])
      try kafka.send([sample("dead1", fuel: 640), "offline"], headers: [Self.retained])
      try kafka.send([sample("g1", fuel: 1)], headers: [Self.live])
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      #expect(holds { figure("read", of: sink) == 3 })
      #expect(runner.stop())
      #expect(figure("retained", of: sink) == 2)
      #expect(figure("dead letters", of: sink) == 0)
      #expect(try openBucket(folder).summary() == ["g1@1000000000 1"])
    }
  }

  @Test func putsARetainedSampleAtItsOwnTime() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let own = #"{"generatorID":"g1","fuel":5,"at":1700000000}"#
      try kafka.send([own, sample("g2", fuel: 6), "offline"], headers: [Self.retained])
      var options = kafka.sink(folder).options
      options.timeField = "at"
      let sink = SinkStage(options)
      let runner = try StageRunner(sink)
      #expect(holds { figure("read", of: sink) == 3 })
      #expect(runner.stop())
      #expect(figure("retained", of: sink) == 2)
      #expect(figure("dead letters", of: sink) == 0)
      #expect(try openBucket(folder).summary() == ["g1@1700000000000000000 5"])
    }
  }

  @Test func writesNothingTo1970() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1), ("dlq-egpipe-sink", 1)])
      let timed = #"{"generatorID":"g1","fuel":5,"time":"2023-11-14T22:13:20Z"}"#
      try kafka.send([timed, sample("g2", fuel: 6)], milliseconds: -1)
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink)
      #expect(holds { figure("dead letters", of: sink) == 1 })
      #expect(holds { figure("read", of: sink) == 2 })
      #expect(runner.stop())
      #expect(try openBucket(folder).summary() == ["g1@1700000000000000000 5"])
      let reader = try TopicReader(kafka.servers, ["dlq-egpipe-sink"])
      #expect(reader.read { $0.count == 1 })
      let reason = reader.records.first?.headers["__connect.errors.exception.message"]
      #expect(reason == "the record has no timestamp, and its payload no time")
    }
  }

  @Test func countsAndNamesTheFieldsThatAPointIsWrittenWithout() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1)])
      try kafka.send([#"{"generatorID":"g1","fuel":300,"load":nan,"wifi":{"rssi":52}}"#])
      let log = "\(folder)/log"
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink, log: Log(to: .file(log)))
      #expect(holds { figure("written", of: sink) == 1 })
      #expect(runner.stop())
      #expect(figure("lost fields", of: sink) == 2)
      let told = String(decoding: try readFile(log, limit: 1 << 20), as: UTF8.self)
      #expect(
        told.contains("record=emergency_generators@0:0 reason=\"load is not a finite number\"")
      )
      #expect(try openBucket(folder).summary() == ["g1@1000000000 300"])
    }
  }

  // MARK: - Dead letters

  @Test func keepsDeadLettersInTheBucketWhereThereIsNoTopicOfThem() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1)])
      kafka.cluster.setTopic("dlq-egpipe-sink", isThere: false)
      try kafka.send(["offline"], key: "k\u{1}", milliseconds: 5000, headers: [Self.live])
      try kafka.send([sample("g1", fuel: 1)])
      let log = "\(folder)/log"
      func told() throws -> String {
        String(decoding: try readFile(log, limit: 1 << 20), as: UTF8.self)
      }
      var options = kafka.sink(folder).options
      options.letterPatience = 1500
      let sink = SinkStage(options)
      let runner = try StageRunner(sink, log: Log(to: .file(log)))
      #expect(try holds { try told().contains("there is no topic of dead letters") })
      #expect(holds { figure("kept dead letters", of: sink) == 1 })
      // The partition goes on, and the next letter does not wait again.
      try kafka.send([nil, "", sample("g1", fuel: 2)], milliseconds: 2000)
      #expect(holds { figure("written", of: sink) == 2 })
      #expect(holds { figure("kept dead letters", of: sink) == 2 })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
      #expect(figure("dead letters", of: sink) == 0)
      #expect(try openBucket(folder).summary() == ["g1@1000000000 1", "g1@2000000000 2"])
      let query = """
        SELECT topic, partition, offset, milliseconds, hex(key), CAST(value AS TEXT), headers, reason
        FROM dead_letters ORDER BY offset
        """
      #expect(
        try rows(query, of: folder) == [
          "emergency_generators|0|0|5000|6B01|offline|{\"mqtt.retained\":\"false\"}|not a JSON object",
          "emergency_generators|0|3|2000|||{}|not a JSON object",
        ]
      )
    }
  }

  @Test func sendsDeadLettersAgainOnceKafkaTakesThem() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1)])
      kafka.cluster.setTopic("dlq-egpipe-sink", isThere: false)
      var options = kafka.sink(folder).options
      options.letterPatience = 1500
      options.properties["topic.metadata.refresh.interval.ms"] = "200"
      let sink = SinkStage(options)
      let runner = try StageRunner(sink)
      var sent = 0
      /// Sends bad records until something holds.
      func send(until isDone: () -> Bool) throws -> Bool {
        try holds {
          try kafka.send(["bad \(sent)"])
          sent += 1
          return isDone()
        }
      }
      #expect(try send { (figure("kept dead letters", of: sink) ?? 0) > 0 })
      kafka.cluster.setTopic("dlq-egpipe-sink", isThere: true)
      #expect(try send { (figure("dead letters", of: sink) ?? 0) > 0 })
      let last = "bad \(sent)"
      try kafka.send([last])
      let reader = try TopicReader(kafka.servers, ["dlq-egpipe-sink"])
      #expect(reader.read { $0.contains { $0.value == last } })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }

  /// What a statement finds in the file of the bucket.
  private func rows(_ query: String, of folder: String) throws -> [String] {
    let statement = try SQLiteConnection("\(folder)/kafka.db").prepare(query)
    defer { statement.reset() }
    var rows: [String] = []
    while try statement.step() {
      rows.append((0..<8).map { statement.text(at: $0) }.joined(separator: "|"))
    }
    return rows
  }

  @Test func cutsADeadLetterThatIsTooLarge() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1), ("dlq-egpipe-sink", 1)])
      let large = String(repeating: "offline ", count: 1000)
      try kafka.send(["small", large, sample("g1", fuel: 1)], key: "k")
      var options = kafka.sink(folder).options
      options.properties["message.max.bytes"] = "3000"
      let sink = SinkStage(options)
      let runner = try StageRunner(sink)
      let reader = try TopicReader(kafka.servers, ["dlq-egpipe-sink"])
      #expect(reader.read { $0.contains { $0.headers["egpipe.cut.size"] != nil } })
      #expect(holds { figure("dead letters", of: sink) == 2 })
      #expect(runner.stop())
      let letter = try #require(reader.records.last)
      #expect(letter.key == "k")
      #expect(letter.value == String(large.prefix(2000)))
      #expect(letter.headers["egpipe.cut.size"] == "8000")
      #expect(letter.headers["egpipe.cut.sha256"] == SHA256.hex(of: Array(large.utf8)))
      #expect(letter.headers["egpipe.cut.record"] == "emergency_generators@0:1")
      #expect(letter.headers["__connect.errors.exception.message"] == "not a JSON object")
      let whole = try #require(reader.records.first)
      #expect(whole.value == "small")
      #expect(whole.headers["egpipe.cut.size"] == nil)
      #expect(figure("kept dead letters", of: sink) == 0)
      #expect(try openBucket(folder).summary() == ["g1@1000000000 1"])
    }
  }
}
