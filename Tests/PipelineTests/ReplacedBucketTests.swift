import BucketSupport
import Model
import System
import TestSupport
import Testing

@testable import Buckets
@testable import Pipeline

/// Stages whose bucket's file is deleted while they run.
@Suite(.timeLimit(.minutes(10)))
struct ReplacedBucketTests {
  private static let message = "the file of a bucket was deleted or replaced"

  private func delete(
    _ folder: String,
    _ name: String,
    _ suffixes: [String] = ["", "-wal", "-shm"]
  ) {
    for suffix in suffixes { removeFile("\(folder)/\(name).db\(suffix)") }
  }

  private func said(_ file: String) throws -> [Substring] {
    String(decoding: try readFile(file, limit: 1 << 20), as: UTF8.self).split(separator: "\n")
      .filter { $0.contains(Self.message) }
  }

  // MARK: - Sink

  @Test(arguments: [["", "-wal", "-shm"], [""]])
  func theSinkCommitsNothingThatIsInNoFile(suffixes: [String]) throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      let sink = kafka.sink(folder)
      let runner = try StageRunner(sink, log: try Log(to: .file("\(folder)/log")))
      for fuel in 1...3 {
        try kafka.send([sample("g1", fuel: fuel), sample("g\(fuel)", fuel: fuel)])
        #expect(holds { figure("written", of: sink) == fuel * 2 })
        if fuel < 3 { delete(folder, "kafka", suffixes) }
      }
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
      #expect(try openBucket(folder).summary() == ["g1@1000000000 3", "g3@1000000000 3"])
      let lines = try said("\(folder)/log")
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { $0.contains("file=\(folder)/kafka.db") })
    }
  }

  // MARK: - Source

  @Test func theSourceBeginsWithAFileThatIsNew() throws {
    try withFolder { folder in
      let topic = "EGkafka_downsampled"
      let kafka = try RawKafka([(topic, 1)])
      let fill = { (generator: String, count: Int64) in
        let bucket = try openBucket(folder, "kafka_downsampled")
        let points = (1...count).map { number in
          let fields = PointFields([.fuel: .integer(number)])
          return Point(series: bucket.place(generator), time: number, fields: fields)
        }
        _ = try bucket.put(points)
      }
      try fill("old", 50)
      let source = SourceStage(
        .init(
          properties: ["bootstrap.servers": kafka.servers],
          bucket: .init(folder: folder, name: "kafka_downsampled", durability: .system),
          poll: 20_000_000,
        )
      )
      let runner = try StageRunner(source, log: try Log(to: .file("\(folder)/log")))
      #expect(holds { figure("published", of: source) == 50 })
      delete(folder, "kafka_downsampled")
      try fill("new", 10)
      #expect(holds { figure("published", of: source) == 60 })
      let reader = try TopicReader(kafka.servers, [topic])
      #expect(reader.read { $0.count == 60 })
      #expect(reader.records.map(\.key) == (0..<60).map { $0 < 50 ? "old" : "new" })
      #expect(runner.restartCount == 0)
      #expect(runner.stop())
      let lines = try said("\(folder)/log")
      #expect(lines.count == 1 && lines[0].contains("file=\(folder)/kafka_downsampled.db"))
    }
  }
}
