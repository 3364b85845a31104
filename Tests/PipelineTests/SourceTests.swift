import BucketSupport
import Kafka
import Model
import SQLite
import System
import TestSupport
import Testing

@testable import Buckets
@testable import Pipeline

@Suite(.timeLimit(.minutes(20)))
struct SourceTests {
  private static let topic = "EGkafka_downsampled"

  private func source(
    _ servers: String,
    _ folder: String,
    mode: SourceStage.Mode = .timestamp,
    batch: Int = 5000,
    properties: [String: String] = [:],
  ) -> SourceStage {
    let all = ["bootstrap.servers": servers, "reconnect.backoff.max.ms": "200"]
    return SourceStage(
      .init(
        properties: all.merging(properties) { $1 },
        bucket: .init(folder: folder, name: "kafka_downsampled", durability: .system),
        mode: mode,
        poll: 20_000_000,
        batch: batch,
      )
    )
  }

  private func put(
    _ bucket: any Bucket,
    _ generator: String,
    time: Int64,
    _ fields: PointFields,
  ) throws {
    let series = bucket.place(generator, region: "US")
    _ = try bucket.put([Point(series: series, time: time, fields: fields)])
  }

  private func fill(_ bucket: any Bucket, _ numbers: Range<Int>) throws {
    let points = numbers.map { number in
      let fields = PointFields([.fuel: .integer(Int64(number))])
      let series = bucket.place("g\(number % 7)", region: "US")
      let time = Int64(number) * 1_000_000 + 1_000_000_000
      return Point(series: series, time: time, fields: fields)
    }
    _ = try bucket.put(points)
  }

  private func fuel(_ record: Record) -> Int? {
    record.value?.split(separator: "\"fuel\":").last.flatMap { Int($0.dropLast()) }
  }

  @Test func publishesTopicKeyTimeAndShape() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      var fields = PointFields([.fuel: .integer(277), .load: .integer(2)], alarm: "refuel")
      (fields[.latitude], fields[.longitude]) = (.decimal(40.68066), .decimal(-73.47429))
      (fields[.power], fields[.temperature]) = (.integer(186), nil)
      try put(bucket, "generator1", time: 1_578_664_117_083_391_900, fields)
      let stage = source(kafka.servers, folder)
      let runner = try StageRunner(stage)
      let reader = try TopicReader(kafka.servers, [Self.topic])
      #expect(reader.read { $0.count == 1 })
      #expect(
        reader.records.first
          == Record(
            topic: Self.topic,
            partition: 0,
            offset: 0,
            key: "generator1",
            value: #"{"measurement":"genData","tags":{"generatorID":"generator1","region":"US"},"#
              + #""time":"2020-01-10T13:48:37.0833919Z","alarm":"refuel","fuel":277,"#
              + #""lat":40.68066,"load":2,"lon":-73.47429,"power":186}"#,
            milliseconds: 1_578_664_117_083,
            headers: [:],
          )
      )
      #expect(runner.stop())
    }
  }

  @Test func publishesEachPointOnceAndInOrder() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      try fill(bucket, 0..<500)
      let stage = source(kafka.servers, folder, batch: 64)
      let runner = try StageRunner(stage)
      #expect(holds { figure("published", of: stage) == 500 })
      try fill(bucket, 500..<600)
      #expect(holds { figure("published", of: stage) == 600 })
      let reader = try TopicReader(kafka.servers, [Self.topic])
      #expect(reader.read { $0.count == 600 })
      #expect(reader.records.compactMap(fuel) == Array(0..<600))
      #expect(runner.stop())
    }
  }

  @Test func resumesAfterARestart() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      for round in 0..<3 {
        try fill(bucket, round * 100..<(round + 1) * 100)
        let stage = source(kafka.servers, folder)
        let runner = try StageRunner(stage)
        #expect(holds { figure("published", of: stage) == 100 })
        #expect(runner.stop())
      }
      let reader = try TopicReader(kafka.servers, [Self.topic])
      #expect(reader.read { $0.count == 300 })
      #expect(reader.records.compactMap(fuel) == Array(0..<300))
    }
  }

  @Test func publishesWhatWasWrittenLateOrChanged() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      try put(bucket, "g1", time: 5_000_000_000, PointFields([.fuel: .integer(1)]))
      let stage = source(kafka.servers, folder)
      let runner = try StageRunner(stage)
      #expect(holds { figure("published", of: stage) == 1 })
      try put(bucket, "g1", time: 1_000_000_000, PointFields([.fuel: .integer(2)]))
      try put(bucket, "g1", time: 5_000_000_000, PointFields([.fuel: .integer(1)]))
      try put(bucket, "g1", time: 5_000_000_000, PointFields([.fuel: .integer(3)]))
      let reader = try TopicReader(kafka.servers, [Self.topic])
      #expect(reader.read { $0.count == 3 })
      #expect(reader.records.compactMap(fuel) == [1, 2, 3])
      #expect(reader.records.map(\.milliseconds) == [5000, 1000, 5000])
      #expect(runner.stop())
    }
  }

  @Test func publishesEverythingAtEachPollInBulkMode() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      try fill(try openBucket(folder, "kafka_downsampled"), 0..<10)
      let stage = source(kafka.servers, folder, mode: .bulk, batch: 3)
      let runner = try StageRunner(stage)
      let reader = try TopicReader(kafka.servers, [Self.topic])
      #expect(reader.read { $0.count >= 30 })
      #expect(runner.stop())
      let fuels = reader.records.compactMap(fuel)
      #expect(Array(fuels.prefix(30)) == Array(0..<10) + Array(0..<10) + Array(0..<10))
      #expect(try openBucket(folder, "kafka_downsampled").state("source.source.sequence") == nil)
    }
  }

  @Test func waitsWhileKafkaIsAway() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      let stage = source(kafka.servers, folder)
      let runner = try StageRunner(stage)
      try fill(bucket, 0..<1)
      #expect(holds { figure("published", of: stage) == 1 })
      kafka.cluster.setBroker(1, isUp: false)
      try fill(bucket, 1..<100)
      #expect(figure("published", of: stage) == 1)
      kafka.cluster.setBroker(1, isUp: true)
      #expect(holds { figure("published", of: stage) == 100 })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }

  @Test func endsWhileKafkaIsAwayAndForgetsNothing() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      try fill(try openBucket(folder, "kafka_downsampled"), 0..<10)
      kafka.cluster.setBroker(1, isUp: false)
      let stage = source(kafka.servers, folder)
      let runner = try StageRunner(stage)
      #expect(holds { fileExists("\(folder)/kafka_downsampled.db") })
      #expect(runner.stop())
      kafka.cluster.setBroker(1, isUp: true)
      let next = source(kafka.servers, folder)
      let nextRunner = try StageRunner(next)
      #expect(holds { figure("published", of: next) == 10 })
      #expect(nextRunner.stop())
    }
  }

  @Test func countsARecordThatKafkaDoesNotTakeAndGoesOn() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      let large = Array("{\"a\":\"\(String(repeating: "x", count: 20_000))\"}".utf8)
      try put(bucket, "g1", time: 1_000_000_000, PointFields([.fuel: .integer(1)]))
      try put(bucket, "g1", time: 2_000_000_000, PointFields([.fuel: .integer(2)], extra: large))
      try put(bucket, "g1", time: 3_000_000_000, PointFields([.fuel: .integer(3)]))
      let stage = source(kafka.servers, folder, properties: ["message.max.bytes": "10000"])
      let runner = try StageRunner(stage)
      #expect(holds { figure("published", of: stage) == 2 })
      #expect(figure("refused", of: stage) == 1)
      let reader = try TopicReader(kafka.servers, [Self.topic])
      #expect(reader.read { $0.count == 2 })
      #expect(runner.stop())
      #expect(try bucket.state("source.source.sequence") == 3)
    }
  }

  @Test func waitsForABucketThatIsBusyWithoutPublishingTwice() throws {
    try withFolder { folder in
      let kafka = try RawKafka([(Self.topic, 1)])
      let bucket = try openBucket(folder, "kafka_downsampled")
      let stage = source(kafka.servers, folder)
      let runner = try StageRunner(stage)
      #expect(holds { (figure("polls", of: stage) ?? 0) > 0 })
      try fill(bucket, 0..<5)
      let other = try SQLiteConnection("\(folder)/kafka_downsampled.db")
      try other.execute("BEGIN IMMEDIATE")
      #expect(holds { figure("published", of: stage) == 5 })
      #expect(holds { (figure("retries", of: stage) ?? 0) > 0 || runner.restartCount > 0 })
      try other.execute("ROLLBACK")
      #expect(try holds { try bucket.state("source.source.sequence") == 5 })
      #expect(figure("published", of: stage) == 5)
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
    }
  }
}
