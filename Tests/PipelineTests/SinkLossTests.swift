import BucketSupport
import Buckets
import Kafka
import SQLite
import System
import TestSupport
import Testing

@testable import Pipeline

/// Records that are no readings of now, or none at all: nothing is made up of them, and none is lost.
@Suite(.timeLimit(.minutes(10)))
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
}
