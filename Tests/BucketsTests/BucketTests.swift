import BucketSupport
import Model
import System
import TestSupport
import Testing

@testable import Buckets

/// What every bucket does, whatever keeps it.
@Suite(.serialized)
struct BucketTests {
  private func point(
    _ bucket: any Bucket,
    _ generator: String = "g1",
    time: Int64 = 1000,
    fuel: Int64 = 1,
    partition: Int32 = 0,
    offset: Int64,
  ) -> Point {
    Point(
      series: bucket.place(generator),
      time: time,
      fields: PointFields([.fuel: .integer(fuel)]),
      origin: Origin(topic: 0, partition: partition, offset: offset),
    )
  }

  private static let written = PointCounts(written: 1)
  private static let replaced = PointCounts(replaced: 1)
  private static let unchanged = PointCounts(unchanged: 1)

  @Test(arguments: BucketBackend.all)
  func keepsNumbersAsTheyWereWritten(backend: BucketBackend) throws {
    try withFolder { folder in
      let fields = PointFields(
        [
          .fuel: .integer(277), .load: .decimal(2), .temperature: .integer(-40),
          .latitude: .integer(40), .longitude: .decimal(-73.47429),
        ],
        alarm: "no action",
        extra: Array(#"{"pressure":5}"#.utf8),
      )
      do {
        let bucket = try openBucket(folder, backend: backend)
        let point = Point(series: bucket.place("g1", region: "US"), time: 7, fields: fields)
        #expect(try bucket.put([point]) == Self.written)
      }
      let bucket = try openBucket(folder, backend: backend)
      let points = try bucket.allPoints()
      #expect(points.map(\.fields) == [fields])
      #expect(points.map(\.time) == [7])
      let series = try bucket.series(after: 0).map(\.series)
      #expect(series == [Series(measurement: "genData", generator: "g1", region: "US")])
    }
  }

  @Test(arguments: BucketBackend.all)
  func keepsEveryMetric(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      var fields = PointFields()
      for metric in Metric.allCases { fields[metric] = .integer(Int64(metric.rawValue) + 1) }
      let point = Point(series: bucket.place("g1"), time: 7, fields: fields)
      #expect(try bucket.put([point]) == Self.written)
      #expect(try bucket.put([point]) == Self.unchanged)
      #expect(try bucket.allPoints().map(\.fields) == [fields])
    }
  }

  @Test(arguments: BucketBackend.all)
  func keepsLettersBesideThePoints(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let letter = KeptLetter(
        topic: "t",
        partition: 0,
        offset: 1,
        milliseconds: nil,
        key: nil,
        value: [],
        headers: Array("{}".utf8),
        reason: "no",
      )
      // One that comes again, as after a crash, is no error.
      try bucket.keep([letter])
      try bucket.keep([letter])
      #expect(try bucket.summary() == [])
      #expect(try bucket.lastSequence() == 0)
    }
  }

  @Test(arguments: BucketBackend.all)
  func keepsTwoGeneratorsOfOneMomentApart(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      #expect(try bucket.append([point(bucket, "g1", fuel: 1, offset: 1)]) == Self.written)
      #expect(try bucket.append([point(bucket, "g2", fuel: 2, offset: 2)]) == Self.written)
      #expect(try bucket.summary() == ["g1@1000 1", "g2@1000 2"])
    }
  }

  @Test(arguments: BucketBackend.all)
  func losesNoneOfTwoSamplesOfOneGeneratorAndMoment(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      for offset in 1...4 as ClosedRange<Int64> {
        #expect(try bucket.append([point(bucket, fuel: offset, offset: offset)]) == Self.written)
      }
      #expect(
        try bucket.append([point(bucket, fuel: 9, partition: 1, offset: 1)]) == Self.written
      )
      #expect(
        try bucket.summary() == ["g1@1000 1", "g1@1001 2", "g1@1002 3", "g1@1003 4", "g1@1004 9"]
      )
    }
  }

  @Test(arguments: BucketBackend.all)
  func knowsARecordThatComesAgain(backend: BucketBackend) throws {
    try withFolder { folder in
      func points(_ bucket: any Bucket) -> [Point] {
        (1...5).map { point(bucket, fuel: $0, offset: $0) }
          + [point(bucket, fuel: 9, partition: 1, offset: 3), point(bucket, time: 5000, offset: 6)]
      }
      let bucket = try openBucket(folder, backend: backend)
      for point in points(bucket) { #expect(try bucket.append([point]) == Self.written) }
      let before = try bucket.summary()
      // In the same process, in a new one, and from the middle.
      for point in points(bucket) { #expect(try bucket.append([point]) == Self.unchanged) }
      let again = try openBucket(folder, backend: backend)
      for point in points(again).dropFirst(2) {
        #expect(try again.append([point]) == Self.unchanged)
      }
      for point in points(again).reversed() {
        #expect(try again.append([point]) == Self.unchanged)
      }
      #expect(try again.append(points(again)) == PointCounts(unchanged: 7))
      #expect(try again.summary() == before)
    }
  }

  @Test(arguments: BucketBackend.all)
  func knowsRecordsOfSeveralTopicsApart(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let one = point(bucket, fuel: 1, offset: 1)
      var other = point(bucket, fuel: 2, offset: 1)
      other.origin?.topic = 1
      let both = try bucket.append([one, other], topics: ["a", "b"])
      #expect(both == PointCounts(written: 2))
      // The places of the names may be others the next time.
      other.origin?.topic = 0
      #expect(try bucket.append([other], topics: ["b"]) == Self.unchanged)
      #expect(try bucket.summary() == ["g1@1000 1", "g1@1001 2"])
    }
  }

  @Test(arguments: BucketBackend.all)
  func takesAFloodOfOneMoment(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let flood = (1...20_000).map { point(bucket, offset: $0) }
      #expect(try bucket.append(flood) == PointCounts(written: 20_000))
      var times: Set<Int64> = []
      _ = try bucket.times(after: 0, limit: .max) { times.insert($1) }
      #expect(times.count == 20_000)
    }
  }

  @Test(arguments: BucketBackend.all)
  func startsAnewWithSeriesThatItForgot(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      _ = try bucket.append([point(bucket, "g1", offset: 1), point(bucket, "g1", offset: 2)])
      bucket.forgetSeries()
      #expect(bucket.series.count == 0)
      _ = try bucket.append([point(bucket, "g2", offset: 3), point(bucket, "g1", offset: 4)])
      #expect(try bucket.summary() == ["g1@1000 1", "g1@1001 1", "g2@1000 1", "g1@1002 1"])
    }
  }

  @Test(arguments: BucketBackend.all)
  func givesAChangedPointANewSequence(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      func point(_ fuel: PointNumber) -> Point {
        Point(series: bucket.place("g1"), time: 5, fields: PointFields([.fuel: fuel]))
      }
      #expect(try bucket.put([point(.integer(1))]) == Self.written)
      #expect(try bucket.put([point(.integer(1))]) == Self.unchanged)
      #expect(try bucket.lastSequence() == 1)
      #expect(try bucket.put([point(.integer(2))]) == Self.replaced)
      #expect(try bucket.lastSequence() == 2)
      #expect(try bucket.put([point(.decimal(2))]) == Self.replaced)
      #expect(try bucket.summary() == ["g1@5 2.0"])
    }
  }

  @Test(arguments: BucketBackend.all)
  func handsOutWhatStagesAskFor(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      for time in 1...5 as ClosedRange<Int64> {
        try bucket.add("g1", at: time * 10, fuel: time == 4 ? nil : .integer(time))
      }
      try bucket.add("g2", at: 5, fuel: .integer(9))
      let numbers = try bucket.series(after: 0).map(\.id)
      #expect(numbers == numbers.sorted())
      #expect(try bucket.series(after: numbers[0]).map(\.series.generator) == ["g2"])
      #expect(try bucket.last(of: numbers[0], in: 10..<50)?.time == 30)
      #expect(try bucket.last(of: numbers[0], in: 60..<70) == nil)
      #expect(try bucket.first(of: numbers[0], from: 31) == 50)
      #expect(try bucket.first(of: numbers[1], from: 6) == nil)
      var sequences: [Int64] = []
      try bucket.points(after: 2, limit: 3) { sequences.append($0.sequence) }
      #expect(sequences == [3, 4, 5])
      var times: [Int64] = []
      #expect(try bucket.times(after: 4, limit: 10) { times.append($1) } == 6)
      #expect(times == [50, 5])
      #expect(try bucket.times(after: 6, limit: 10) { _, _ in } == nil)
    }
  }

  @Test(arguments: BucketBackend.all)
  func showsASnapshotAsItWas(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      let writer = try openBucket(folder, backend: backend)
      try writer.add("g1", at: 1, fuel: .integer(1))
      let counts = try bucket.snapshot { () throws(BucketError) in
        let before = try bucket.summary().count
        try writer.add("g1", at: 2, fuel: .integer(2))
        return [before, try bucket.summary().count]
      }
      #expect(counts == [1, 1])
      #expect(try bucket.summary().count == 2)
    }
  }

  @Test(arguments: BucketBackend.all)
  func remembersNumbersOfStages(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      #expect(try bucket.state("a") == nil)
      try bucket.setState("a", 5)
      try bucket.setState("a", -6)
      _ = try bucket.put([], states: ["b": 7])
      #expect(try openBucket(folder, backend: backend).state("a") == -6)
      #expect(try openBucket(folder, backend: backend).state("b") == 7)
    }
  }

  // MARK: - Retention

  @Test(arguments: BucketBackend.all)
  func deletesWhatIsOldInPortions(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, retention: 100, backend: backend)
      for time in 0..<50 as Range<Int64> {
        try bucket.add("g1", at: time * 10, fuel: .integer(time))
        try bucket.add("g2", at: time * 10, fuel: .integer(time))
      }
      // Older than 100 before 310: 21 points of each.
      var counts: [Int] = []
      repeat { counts.append(try bucket.expire(now: 310, limit: 8)) } while counts.last != 0
      #expect(counts.allSatisfy { $0 <= 8 })
      #expect(counts.reduce(0, +) == 42)
      #expect(try bucket.allPoints().map(\.time).min() == 210)
      #expect(try bucket.expire(now: 310, limit: 8) == 0)
      #expect(try bucket.expire(now: .min, limit: 8) == 0)
    }
  }

  @Test(arguments: BucketBackend.all)
  func givesNoSequenceTwiceThoughAllIsOld(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, retention: 1, backend: backend)
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

  @Test(arguments: BucketBackend.all)
  func keepsForEverWithoutARetention(backend: BucketBackend) throws {
    try withFolder { folder in
      let bucket = try openBucket(folder, backend: backend)
      try bucket.add("g1", at: 1, fuel: .integer(1))
      #expect(try bucket.expire(now: .max) == 0)
      #expect(try bucket.lastSequence() == 1)
    }
  }

  // MARK: - Names

  @Test(arguments: ["", ".x", "a/b", "a b", "ä", "a\0"])
  func refusesNamesThatAreNoFilesOrTopics(name: String) throws {
    try withFolder { folder in
      for backend in BucketBackend.all {
        #expect(throws: BucketError.invalidName(name)) {
          _ = try openBucket(folder, name, backend: backend)
        }
      }
    }
  }
}
