import BucketSupport
import Model
import SQLite
import System
import TestSupport
import Testing

@testable import Buckets

/// Points that come again in records of other offsets.
struct PointMarkTests {
  private static let hour: Int64 = 3_600_000_000_000
  private static let begin: Int64 = 1_700_000_000_000_000_000

  /// Appends a point of g1 with the next offset; whether it was written.
  private func add(
    _ bucket: any Bucket,
    _ mark: PointMark,
    at time: Int64 = PointMarkTests.begin,
    fuel: Int64 = 1,
    generator: String = "g1"
  ) throws -> Bool {
    let point = Point(
      series: bucket.place(generator),
      time: time,
      fields: PointFields([.fuel: .integer(fuel)], extra: Array(#"{"site":"x"}"#.utf8)),
      origin: Origin(topic: 0, partition: 0, offset: try bucket.lastSequence() + 100),
      mark: mark
    )
    return try bucket.append([point]).written == 1
  }

  // MARK: - Known by their own time

  @Test(arguments: BucketBackend.all)
  func areKnownByTheirTimeAndWhatTheySay(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      for fuel in 1...3 as ClosedRange<Int64> { #expect(try add(bucket, .time, fuel: fuel)) }
      let before = try bucket.summary()
      #expect(before == ["g1@\(Self.begin) 1", "g1@\(Self.begin + 1) 2", "g1@\(Self.begin + 2) 3"])
      for _ in 0..<2 {
        let again = try openBucket(folder, backend: backend)
        for fuel in [3, 1, 2] as [Int64] { #expect(try !add(again, .time, fuel: fuel)) }
      }
      #expect(try bucket.summary() == before)
      // Another generator, another time and, a gap behind, what one of them says.
      #expect(try add(bucket, .time, generator: "g2"))
      #expect(try add(bucket, .time, at: Self.begin + 10, fuel: 7))
      #expect(try add(bucket, .time, fuel: 7))
      #expect(try bucket.allPoints().count == 6)
    }
  }

  @Test(arguments: BucketBackend.all)
  func areKnownInOneBatch(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let flood = (0..<2000).map { number in
        Point(
          series: bucket.place("g1"),
          time: Self.begin,
          fields: PointFields([.fuel: .integer(number % 200)]),
          origin: Origin(topic: 0, partition: 0, offset: number),
          mark: .time
        )
      }
      #expect(try bucket.append(flood) == PointCounts(written: 200, unchanged: 1800))
    }
  }

  /// A clock that stands still gives all samples one time.
  @Test(arguments: BucketBackend.all)
  func loseNothingWhereThousandsHaveOneTime(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let flood = (0..<1500 as Range<Int64>).map { number in
        Point(
          series: bucket.place("g1"),
          time: Self.begin,
          fields: PointFields([.fuel: .integer(number)]),
          origin: Origin(topic: 0, partition: 0, offset: number),
          mark: .time
        )
      }
      #expect(try bucket.append(flood) == PointCounts(written: 1500))
      #expect(try bucket.append(flood) == PointCounts(unchanged: 1500))
    }
  }

  // MARK: - Known by a number

  @Test(arguments: BucketBackend.all)
  func areKnownByTheirNumberAndWhatTheySay(backend: BucketBackend) throws {
    try withFolder { folder in
      var time = Self.begin
      func add(_ bucket: any Bucket, _ number: Int64, fuel: Int64 = 1) throws -> Bool {
        time += 1_000_000
        return try self.add(bucket, .number(number, message: fuel), at: time, fuel: fuel)
      }
      let bucket = try openBucket(folder, backend: backend)
      for number in -3...40 as ClosedRange<Int64> { #expect(try add(bucket, number)) }
      // What the broker sends again, after a restart of the sink as well.
      for again in [bucket, try openBucket(folder, backend: backend)] {
        for number in -3...40 as ClosedRange<Int64> { #expect(try !add(again, number)) }
      }
      #expect(try bucket.allPoints().count == 44)
      // The generator begins to count again: what it says is new, and known from then on.
      #expect(try add(bucket, 1, fuel: 2))
      #expect(try !add(bucket, 1, fuel: 2))
      // Of another generator it says nothing.
      #expect(try self.add(bucket, .number(2, message: 1), at: time, generator: "g2"))
    }
  }

  @Test(arguments: BucketBackend.all)
  func areNewWhenTheirNumberIsOfLongAgo(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      #expect(try add(bucket, .number(5, message: 1)))
      #expect(try !add(bucket, .number(5, message: 1), at: Self.begin + Self.hour))
      #expect(try add(bucket, .number(5, message: 1), at: Self.begin + Self.hour + 1))
      // So many numbers later it is forgotten.
      let next = Self.begin + Self.hour + 1_000_000_000
      #expect(try add(bucket, .number(5 + 1024, message: 1), at: next))
      #expect(try add(bucket, .number(5, message: 1), at: next + 1_000_000))
      let file = try SQLiteConnection("\(folder)/kafka.db")
      let count = try file.prepare("SELECT count(*) FROM numbered")
      #expect(try count.step() && count.integer(at: 0) == 1)
    }
  }

  @Test(arguments: BucketBackend.all)
  func haveNoMemoryOfATransactionThatFailed(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let file = try SQLiteConnection("\(folder)/kafka.db")
      try file.execute(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON point WHEN NEW.fuel = 13
        BEGIN SELECT RAISE(ABORT, 'no'); END
        """
      )
      for isNumbered in [false, true] {
        let points = [1, 1, 13].enumerated().map { offset, fuel in
          Point(
            series: bucket.place("g1"),
            time: Self.begin,
            fields: PointFields([.fuel: .integer(fuel)]),
            origin: Origin(topic: 0, partition: 0, offset: Int64(offset)),
            mark: isNumbered ? .number(1, message: Int64(fuel)) : .time
          )
        }
        #expect(throws: BucketError.self) { _ = try bucket.append(points) }
      }
      #expect(try add(bucket, .number(1, message: 1)))
      #expect(try add(bucket, .time, fuel: 2))
    }
  }

  /// A file that was made before there was a memory of numbers.
  @Test func areKnownInAFileOfVersionTwo() throws {
    try withFolder { folder in
      do {
        let file = try SQLiteConnection("\(folder)/kafka.db")
        #expect(try file.migrate(Array(SQLiteMigrations.all.prefix(2))) == 2)
        try file.execute(
          """
          INSERT INTO series VALUES (1, 'genData', 'g1', '');
          INSERT INTO topic VALUES (1, 'emergency_generators');
          INSERT INTO point (series, time, fuel, extra, topic, partition, offset)
          VALUES (1, \(Self.begin), 1, '{"site":"x"}', 1, 0, 1)
          """
        )
      }
      let bucket = try openBucket(folder)
      #expect(try !add(bucket, .time))
      #expect(try add(bucket, .number(1, message: 1), at: Self.begin + 1))
      #expect(try !add(bucket, .number(1, message: 1), at: Self.begin + 2))
      #expect(try bucket.allPoints().count == 2)
    }
  }

  /// What was written before there was the metric.
  @Test func areKnownThoughTheyWereWrittenBeforeAMetric() throws {
    try withFolder { folder in
      let fields = PointFields([.fuel: .integer(1)], extra: Array(#"{"temperature":21}"#.utf8))
      func point(_ bucket: any Bucket, _ fields: PointFields, _ offset: Int64) -> Point {
        let origin = Origin(topic: 0, partition: 0, offset: offset)
        let place = bucket.place("g1")
        return Point(
          series: place,
          time: Self.begin,
          fields: fields,
          origin: origin,
          mark: .time
        )
      }
      do {
        let bucket = try openBucket(folder)
        _ = try bucket.append([point(bucket, fields, 1)])
      }
      try SQLiteConnection("\(folder)/kafka.db").execute(
        "ALTER TABLE point DROP COLUMN temperature"
      )
      let bucket = try openBucket(folder)
      let again = PointFields([.fuel: .integer(1), .temperature: .integer(21)])
      #expect(try bucket.append([point(bucket, again, 2)]) == PointCounts(unchanged: 1))
    }
  }
}
