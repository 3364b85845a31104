import Model
import SQLite
import System
import TestSupport
import Testing

@testable import Pipeline

struct BucketTests {
  private func point(
    _ bucket: Bucket,
    _ generator: String = "g1",
    time: Int64 = 1000,
    fuel: Int64 = 1,
    partition: Int32 = 0,
    offset: Int64
  ) -> Point {
    Point(
      series: bucket.series(generator),
      time: time,
      fields: PointFields([.fuel: .integer(fuel)]),
      origin: Origin(topic: 1, partition: partition, offset: offset)
    )
  }

  private func append(_ bucket: Bucket, _ point: Point) throws -> Bucket.Outcome {
    try bucket.transaction { () throws(SQLiteError) in try bucket.append(point) }
  }

  private func put(_ bucket: Bucket, _ point: Point) throws -> Bucket.Outcome {
    try bucket.transaction { () throws(SQLiteError) in try bucket.put(point) }
  }

  @Test func keepsNumbersAsTheyWereWritten() throws {
    try withFolder { folder in
      let fields = PointFields(
        [
          .fuel: .integer(277), .load: .decimal(2), .temperature: .integer(-40),
          .latitude: .integer(40), .longitude: .decimal(-73.47429),
        ],
        alarm: "no action",
        extra: Array(#"{"pressure":5}"#.utf8)
      )
      do {
        let bucket = try Bucket(folder)
        let point = Point(series: bucket.series("g1", region: "US"), time: 7, fields: fields)
        #expect(try put(bucket, point) == .written)
      }
      let bucket = try Bucket(folder)
      var rows: [Bucket.Row] = []
      try bucket.points(after: 0, limit: 10) { rows.append($0) }
      #expect(rows.map(\.fields) == [fields])
      #expect(rows.map(\.time) == [7])
      let series = try bucket.series(after: 0).map(\.series)
      #expect(series == [Series(measurement: "genData", generator: "g1", region: "US")])
    }
  }

  @Test func keepsTwoGeneratorsOfOneMomentApart() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      #expect(try append(bucket, point(bucket, "g1", fuel: 1, offset: 1)) == .written)
      #expect(try append(bucket, point(bucket, "g2", fuel: 2, offset: 2)) == .written)
      #expect(try bucket.summary() == ["g1@1000 1", "g2@1000 2"])
    }
  }

  @Test func losesNoneOfTwoSamplesOfOneGeneratorAndMoment() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      for offset in 1...4 as ClosedRange<Int64> {
        #expect(try append(bucket, point(bucket, fuel: offset, offset: offset)) == .written)
      }
      #expect(try append(bucket, point(bucket, fuel: 9, partition: 1, offset: 1)) == .written)
      #expect(
        try bucket.summary() == ["g1@1000 1", "g1@1001 2", "g1@1002 3", "g1@1003 4", "g1@1004 9"]
      )
    }
  }

  @Test func knowsARecordThatComesAgain() throws {
    try withFolder { folder in
      func points(_ bucket: Bucket) -> [Point] {
        (1...5).map { point(bucket, fuel: $0, offset: $0) }
          + [point(bucket, fuel: 9, partition: 1, offset: 3), point(bucket, time: 5000, offset: 6)]
      }
      let bucket = try Bucket(folder)
      for point in points(bucket) { #expect(try append(bucket, point) == .written) }
      let before = try bucket.summary()
      // In the same process, in a new one, and from the middle.
      for point in points(bucket) { #expect(try append(bucket, point) == .unchanged) }
      let again = try Bucket(folder)
      for point in points(again).dropFirst(2) { #expect(try append(again, point) == .unchanged) }
      for point in points(again).reversed() { #expect(try append(again, point) == .unchanged) }
      #expect(try again.summary() == before)
    }
  }

  @Test func takesAFloodOfOneMoment() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      try bucket.transaction { () throws(SQLiteError) in
        for offset in 1...20_000 as ClosedRange<Int64> {
          _ = try bucket.append(point(bucket, offset: offset))
        }
      }
      let times = try bucket.connection.number("SELECT count(DISTINCT time) FROM point")
      #expect(times == 20_000)
    }
  }

  @Test func givesAChangedPointANewSequence() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      func point(_ fuel: PointNumber) -> Point {
        Point(series: bucket.series("g1"), time: 5, fields: PointFields([.fuel: fuel]))
      }
      #expect(try put(bucket, point(.integer(1))) == .written)
      #expect(try put(bucket, point(.integer(1))) == .unchanged)
      #expect(try bucket.lastSequence() == 1)
      #expect(try put(bucket, point(.integer(2))) == .replaced)
      #expect(try bucket.lastSequence() == 2)
      #expect(try put(bucket, point(.decimal(2))) == .replaced)
      #expect(try bucket.summary() == ["g1@5 2.0"])
    }
  }

  @Test func forgetsWhatATransactionThatFailedGaveOut() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      #expect(throws: SQLiteError.self) {
        try bucket.transaction { () throws(SQLiteError) in
          _ = try bucket.append(point(bucket, offset: 1))
          _ = try bucket.append(point(bucket, offset: 2))
          try bucket.connection.execute("nonsense")
        }
      }
      #expect(try bucket.summary() == [])
      #expect(try append(bucket, point(bucket, "g2", offset: 1)) == .written)
      #expect(try append(bucket, point(bucket, "g1", offset: 2)) == .written)
      #expect(try bucket.summary() == ["g2@1000 1", "g1@1000 1"])
    }
  }

  @Test func rememberNumbersOfStages() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      #expect(try bucket.state("a") == nil)
      try bucket.setState("a", 5)
      try bucket.setState("a", -6)
      #expect(try Bucket(folder).state("a") == -6)
    }
  }

  // MARK: - Retention

  @Test func deletesWhatIsOldInPortions() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder, retention: 100)
      for time in 0..<50 as Range<Int64> {
        try bucket.add("g1", at: time * 10, fuel: .integer(time))
        try bucket.add("g2", at: time * 10, fuel: .integer(time))
      }
      // Older than 100 before 310: 21 points of each.
      var counts: [Int] = []
      repeat { counts.append(try bucket.expire(now: 310, limit: 8)) } while counts.last != 0
      #expect(counts.allSatisfy { $0 <= 8 })
      #expect(counts.reduce(0, +) == 42)
      let oldest = try bucket.connection.number("SELECT min(time) FROM point")
      #expect(oldest == 210)
      #expect(try bucket.expire(now: 310, limit: 8) == 0)
      #expect(try bucket.expire(now: .min, limit: 8) == 0)
    }
  }

  @Test func givesNoSequenceTwiceThoughAllIsOld() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder, retention: 1)
      for time in 1...3 as ClosedRange<Int64> {
        try bucket.add("g1", at: time, fuel: .integer(time))
      }
      #expect(try bucket.expire(now: 1000) == 2)
      #expect(try bucket.expire(now: 1000) == 0)
      #expect(try bucket.lastSequence() == 3)
      try bucket.add("g1", at: 2000, fuel: .integer(4))
      #expect(try bucket.lastSequence() == 4)
      #expect(try bucket.expire(now: 1000) == 1)
      #expect(try bucket.summary() == ["g1@2000 4"])
    }
  }

  @Test func keepsForEverWithoutARetention() throws {
    try withFolder { folder in
      let bucket = try Bucket(folder)
      try bucket.add("g1", at: 1, fuel: .integer(1))
      #expect(try bucket.expire(now: .max) == 0)
      #expect(try bucket.lastSequence() == 1)
    }
  }

  // MARK: - Files that are not ours

  @Test func leavesAFileThatIsNoBucketAlone() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      try writeFileAtomically(path, Array("my diary".utf8))
      #expect(throws: BucketError.notABucket(path: path)) { _ = try Bucket(folder) }
      #expect(try readFile(path, limit: 100) == Array("my diary".utf8))
    }
  }

  @Test func leavesAnotherProgramsDatabaseAlone() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      try SQLiteConnection(path).execute("CREATE TABLE mine (a)")
      let before = try readFile(path, limit: 1 << 20)
      #expect(throws: BucketError.notABucket(path: path)) { _ = try Bucket(folder) }
      #expect(try readFile(path, limit: 1 << 20) == before)
    }
  }

  @Test func leavesABucketOfALaterVersionAlone() throws {
    try withFolder { folder in
      let path = "\(folder)/kafka.db"
      let later = Bucket.version + 1
      do {
        let connection = try SQLiteConnection(path)
        try connection.execute("PRAGMA application_id = \(Bucket.application)")
        try connection.execute("PRAGMA user_version = \(later)")
        try connection.execute("CREATE TABLE later (a)")
      }
      let before = try readFile(path, limit: 1 << 20)
      #expect(throws: BucketError.newer(path: path, version: Int(later))) { _ = try Bucket(folder) }
      #expect(try readFile(path, limit: 1 << 20) == before)
    }
  }

  @Test(arguments: ["", ".x", "a/b", "a b", "ä", "a\0"])
  func refusesNamesThatAreNoFilesOrTopics(name: String) throws {
    try withFolder { folder in
      _ = #expect(throws: BucketError.invalidName(name)) { _ = try Bucket(folder, name) }
    }
  }

  @Test func makesItsFolder() throws {
    try withFolder { folder in
      let inner = "\(folder)/a"
      _ = try Bucket(inner)
      #expect(fileExists("\(inner)/kafka.db"))
      removeFlatDirectory(inner)
    }
  }
}
