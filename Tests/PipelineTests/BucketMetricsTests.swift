import Foundation
import Model
import SQLite
import System
import TestSupport
import Testing

@testable import Pipeline

/// Buckets that were made before there was a metric.
struct BucketMetricsTests {
  /// A bucket of a program that knows no temperature and keeps it with the fields of other names.
  private func makeOlder(_ folder: String, extra: String) throws {
    let bucket = try Bucket(folder)
    _ = try bucket.transaction { () throws(SQLiteError) in
      try bucket.put(
        Point(
          series: bucket.series("g1"),
          time: 7,
          fields: PointFields([.fuel: .integer(1)], extra: Array(extra.utf8))
        )
      )
    }
    try bucket.connection.execute("ALTER TABLE point DROP COLUMN temperature")
  }

  private func fields(_ bucket: Bucket) throws -> [PointFields] {
    var fields: [PointFields] = []
    try bucket.points(after: 0, limit: 10) { fields.append($0.fields) }
    return fields
  }

  @Test func hasRoomForAllMetrics() {
    #expect(Metric.allCases.count <= PointNumbers.capacity)
    let columns = Metric.allCases.map { $0.wireName.lowercased() }
    let others = [
      "sequence", "series", "time", "alarm", "extra", "topic", "partition", "offset", "rowid",
    ]
    #expect(Set(columns + others).count == columns.count + others.count)
  }

  @Test func getTheColumnsOfMetricsThatAreNew() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"site":"x"}"#)
      let bucket = try Bucket(folder)
      try bucket.add("g2", at: 8, fuel: .integer(2))
      #expect(
        try fields(bucket).map { $0[.temperature] } == [nil, .integer(170)]
      )
      #expect(try bucket.connection.number("PRAGMA user_version") == Int64(Bucket.version))
    }
  }

  @Test func readWhatWasAnExtraFieldAsTheMetricThatItIsNow() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"temperature":21.5,"site":"x"}"#)
      #expect(
        try fields(Bucket(folder))
          == [
            PointFields(
              [.fuel: .integer(1), .temperature: .decimal(21.5)],
              extra: Array(#"{"site":"x"}"#.utf8)
            )
          ]
      )
    }
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"temperature":21}"#)
      #expect(
        try fields(Bucket(folder)) == [
          PointFields([.fuel: .integer(1), .temperature: .integer(21)])
        ]
      )
    }
  }

  @Test func areOpenedByManyAtOnce() async throws {
    try await withThrowingTaskGroup { group in
      let folder = try DisposableDirectory(prefix: "egtop-test")
      try makeOlder(folder.path, extra: "{}")
      for number in 0..<8 as Range<Int64> {
        group.addTask {
          let bucket = try Bucket(folder.path)
          try bucket.add("g2", at: 100 * number, fuel: .integer(number))
          return try bucket.state("none")
        }
      }
      for try await state in group { #expect(state == nil) }
      #expect(try fields(Bucket(folder.path)).count == 9)
    }
  }

  @Test func openUnderAnOlderProgramThatHoldsThem() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"site":"x"}"#)
      let older = try SQLiteConnection("\(folder)/kafka.db")
      let insert = try older.prepare("INSERT INTO point (series, time, fuel) VALUES (1, ?, 5)")
      try insert.bind(1, 8 as Int64)
      try insert.run()
      let bucket = try Bucket(folder)
      try insert.bind(1, 9 as Int64)
      try insert.run()
      #expect(try bucket.summary() == ["g1@7 1", "g1@8 5", "g1@9 5"])
    }
  }

  @Test func readAFileOfVersionOne() throws {
    try withFolder { folder in
      let fixture = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Buckets/version-1.db")
      try writeNewFile("\(folder)/kafka.db", readFile(fixture.path, limit: 1 << 20))
      let bucket = try Bucket(folder)
      let minute: Int64 = 1_700_000_040_000_000_000
      #expect(
        try bucket.summary() == [
          "g1@\(minute) 277", "g1@\(minute + 1) 276.5",
          "g2/US@\(minute + 1_000_000_000) 900 no action", "g3/US@\(minute) 499 refuel",
        ]
      )
      let first = try #require(try fields(bucket).first)
      #expect(
        Metric.allCases.compactMap { first[$0] } == [
          .integer(277), .integer(2), .integer(186), .integer(-40), .decimal(40.68066),
          .decimal(-73.47429),
        ]
      )
      #expect(try fields(bucket)[1].extra.starts(with: Array(#"{"#.utf8)))
      #expect(try bucket.state("task.kafka_downsample.sequence") == 2)
    }
  }
}
