import BucketSupport
import Model
import SQLite
import System
import TestSupport
import Testing

@testable import Buckets

/// Buckets that were made before there was a metric.
struct BucketMetricsTests {
  /// A bucket of a program that knows no temperature and keeps it with the fields of other names.
  private func makeOlder(_ folder: String, extra: String) throws {
    let bucket = try openBucket(folder)
    let fields = PointFields([.fuel: .integer(1)], extra: Array(extra.utf8))
    _ = try bucket.put([Point(series: bucket.place("g1"), time: 7, fields: fields)])
    let file = try SQLiteConnection("\(folder)/kafka.db")
    try file.execute("ALTER TABLE point DROP COLUMN temperature")
  }

  private func fields(_ bucket: any Bucket) throws -> [PointFields] {
    try bucket.allPoints().map(\.fields)
  }

  @Test func hasRoomForAllMetrics() {
    #expect(Metric.builtIn.count <= PointNumbers.capacity)
    let columns = Metric.allCases.map { $0.wireName.lowercased() }
    let others = [
      "sequence", "series", "time", "alarm", "extra", "topic", "partition", "offset", "rowid",
    ]
    #expect(Set(columns + others).count == columns.count + others.count)
  }

  @Test func getTheColumnsOfMetricsThatAreNew() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"site":"x"}"#)
      let bucket = try openBucket(folder)
      try bucket.add("g2", at: 8, fuel: .integer(2))
      #expect(
        try fields(bucket).map { $0[.temperature] } == [nil, .integer(170)]
      )
    }
  }

  @Test func readWhatWasAnExtraFieldAsTheMetricThatItIsNow() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"temperature":21.5,"site":"x"}"#)
      #expect(
        try fields(openBucket(folder))
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
        try fields(openBucket(folder)) == [
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
          let bucket = try openBucket(folder.path)
          try bucket.add("g2", at: 100 * number, fuel: .integer(number))
          return try bucket.state("none")
        }
      }
      for try await state in group { #expect(state == nil) }
      #expect(try fields(openBucket(folder.path)).count == 9)
    }
  }

  @Test func openUnderAnOlderProgramThatHoldsThem() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"site":"x"}"#)
      let older = try SQLiteConnection("\(folder)/kafka.db")
      let insert = try older.prepare("INSERT INTO point (series, time, fuel) VALUES (1, ?, 5)")
      try insert.bind(1, 8 as Int64)
      try insert.run()
      let bucket = try openBucket(folder)
      try insert.bind(1, 9 as Int64)
      try insert.run()
      #expect(try bucket.summary() == ["g1@7 1", "g1@8 5", "g1@9 5"])
    }
  }

  /// A metric that the user has named, which may be a word of SQL.
  @Test func haveColumnsOfMetricsOfTheUsers() async {
    await #expect(processExitsWith: .success) {
      let names = ["exhaust", "order", "Select"]
      NamedMetric.use(names.map { NamedMetric(name: $0, heading: "A") })
      let tests = BucketMetricsTests()
      try withFolder { folder in
        try tests.makeOlder(folder, extra: #"{"exhaust":412.5,"site":"x"}"#)
        let bucket = try openBucket(folder)
        let told = PointFields([.named1: .decimal(0.5), .named2: .integer(3), .named3: .integer(4)])
        _ = try bucket.put([Point(series: bucket.place("g1"), time: 8, fields: told)])
        let site = Array(#"{"site":"x"}"#.utf8)
        let first = PointFields([.fuel: .integer(1), .named1: .decimal(412.5)], extra: site)
        #expect(try tests.fields(openBucket(folder)) == [first, told])
      }
    }
  }

  @Test func keepWhatIsNoMetricAsItWas() throws {
    try withFolder { folder in
      try makeOlder(folder, extra: #"{"exhaust":412.5}"#)
      #expect(try fields(openBucket(folder))[0].extra == Array(#"{"exhaust":412.5}"#.utf8))
    }
  }
}
