import SQLite
import System
import TestSupport
import Testing

@testable import Buckets
@testable import Pipeline

@Suite(.timeLimit(.minutes(20)))
struct TaskStageTests {
  /// The sink, the task and the source in one process, as a demo has them.
  @Test func enrichesFromRawTopicToEnrichedTopic() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 2), ("EGkafka_downsampled", 1)])
      let sink = kafka.sink(folder)
      let output = BucketOptions(folder: folder, name: "kafka_downsampled", durability: .system)
      let task = TaskStage(
        .init(raw: sink.options.bucket, output: output, every: 500_000_000)
      )
      let source = SourceStage(
        .init(
          properties: ["bootstrap.servers": kafka.servers],
          bucket: output,
          poll: 20_000_000,
        )
      )
      let runner = try StageRunner(sink, task, source)
      let reader = try TopicReader(kafka.servers, ["EGkafka_downsampled"])
      let isThere = try holds {
        let now = wallNanoseconds() / 1_000_000
        try kafka.send(
          [sample("g1", fuel: 499), sample("g2", fuel: 500)],
          milliseconds: now,
        )
        reader.read()
        return Set(reader.records.map(\.key)).count == 2
      }
      #expect(isThere)
      for record in reader.records {
        #expect(
          record.value?.contains(
            record.key == "g1"
              ? #""alarm":"refuel","fuel":499"# : #""alarm":"no action","fuel":500"#
          ) == true
        )
        #expect(record.value?.contains(#""region":"US""#) == true)
      }
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }

  @Test func waitsForABucketThatIsBusy() throws {
    try withFolder { folder in
      let raw = BucketOptions(folder: folder, name: "kafka", durability: .system)
      let output = BucketOptions(folder: folder, name: "out", durability: .system)
      _ = try raw.open()
      _ = try output.open()
      let other = try SQLiteConnection("\(folder)/out.db")
      let stage = TaskStage(.init(raw: raw, output: output, every: 10_000_000))
      let runner = try StageRunner(stage)
      #expect(holds { (figure("runs", of: stage) ?? 0) > 0 })
      try other.execute("BEGIN IMMEDIATE")
      #expect(holds { (figure("retries", of: stage) ?? 0) > 0 })
      let runs = figure("runs", of: stage) ?? 0
      try other.execute("ROLLBACK")
      #expect(holds { figure("runs", of: stage) ?? 0 > runs })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }
}
