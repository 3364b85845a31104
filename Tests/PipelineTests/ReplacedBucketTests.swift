import BucketSupport
import Model
import System
import TestSupport
import Testing

@testable import Buckets
@testable import Pipeline

/// Stages whose bucket's file is deleted while they run.
@Suite(.timeLimit(.minutes(20)))
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

  // MARK: - Task

  @Test func theTaskMakesAllWindowsOfAnOutputThatIsNew() throws {
    try withFolder { folder in
      let task = try TaskOnBuckets(folder)
      for second in [10.0, 70] { try task.add("g1", second, .integer(1)) }
      try task.run(at: 120)
      #expect(try task.rows().count == 2)
      delete(folder, "kafka_downsampled")
      try task.add("g2", 130, .integer(2))
      try task.run(at: 180)
      let rows = ["g1/US@10.0 1 refuel", "g1/US@70.0 1 refuel", "g2/US@130.0 2 refuel"]
      #expect(try task.rows() == rows)
      let file = try openBucket(folder, "kafka_downsampled")
      #expect(try file.allPoints().count == 3)
      let lines = try task.said(Self.message)
      #expect(lines.count == 1 && lines[0].contains("file=\(folder)/kafka_downsampled.db"))
    }
  }

  /// What comes late in a new file has sequences that the old one had, too.
  @Test(arguments: [false, true])
  func theTaskFindsWhatIsLateInARawBucketThatIsNew(isStopped: Bool) throws {
    try withFolder { folder in
      var task = try TaskOnBuckets(folder)
      for second in 10..<20 { try task.add("g1", Double(second), .integer(1)) }
      try task.run(at: 60)
      delete(folder, "kafka")
      let raw = try openBucket(folder)
      for (place, second) in [15.0, 70].enumerated() {
        try raw.add("new\(place)", at: TaskOnBuckets.time(second), fuel: .integer(2))
      }
      if isStopped { task = try TaskOnBuckets(folder) }
      try task.run(at: 120)
      #expect(
        try task.rows() == [
          "g1/US@19.0 1 refuel", "new0/US@15.0 2 refuel", "new1/US@70.0 2 refuel",
        ]
      )
      #expect(try task.said(Self.message).count == (isStopped ? 0 : 1))
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
