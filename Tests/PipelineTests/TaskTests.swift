import SQLite
import System
import Testing

@testable import Pipeline

/// The task on two buckets of its own, at times that the test says.
private final class TaskOnBuckets {
  static let second: Int64 = 1_000_000_000
  static let minute = 60 * second
  /// An aligned minute in 2026.
  static let start = 29_400_000 * minute

  let raw: Bucket
  let output: Bucket
  let counts = TaskCounts()
  private let options: TaskStage.Options
  private let portion: Int
  private(set) var task: EnrichTask

  init(
    _ folder: String,
    every: Int64 = minute,
    offset: Int64 = 0,
    refuelMark: Double = 500,
    region: RegionRule = RegionRule(),
    portion: Int = 50_000,
  ) throws {
    raw = try Bucket(folder, "kafka")
    output = try Bucket(folder, "kafka_downsampled")
    options = TaskStage.Options(
      raw: raw.options,
      output: output.options,
      every: every,
      offset: offset,
      refuelMark: refuelMark,
      region: region,
    )
    self.portion = portion
    task = EnrichTask(raw: raw, output: output, options, counts: counts, portion: portion)
  }

  /// Adds a sample so many seconds after the start.
  func add(_ generator: String = "g1", _ seconds: Double, _ fuel: PointNumber?) throws {
    try raw.add(generator, at: Self.time(seconds), fuel: fuel)
  }

  /// Does what is due so many seconds after the start; returns when the next is, in seconds after it.
  @discardableResult
  func run(at seconds: Double) throws -> Double {
    let next = try task.runDue(now: Self.time(seconds))
    return Double(next - Self.start) / Double(Self.second)
  }

  /// Begins anew, as after a restart.
  func restart() {
    task = EnrichTask(raw: raw, output: output, options, counts: counts, portion: portion)
  }

  /// The rows as `generator/region@seconds fuel alarm`, by sequence.
  func rows() throws -> [String] {
    let names = Dictionary(
      uniqueKeysWithValues: try output.series(after: 0).map { ($0.id, $0.series) }
    )
    var lines: [String] = []
    try output.points(after: 0, limit: .max) { row in
      let series = names[row.series]
      let seconds = Double(row.time - Self.start) / Double(Self.second)
      let fuel = row.fields.fuel.map(text) ?? "-"
      lines.append(
        "\(series?.generator ?? "?")/\(series?.region ?? "?")@\(seconds) \(fuel) "
          + (row.fields.alarm ?? "-")
      )
    }
    return lines
  }

  static func time(_ seconds: Double) -> Int64 {
    start + Int64((seconds * Double(second)).rounded())
  }
}

struct TaskTests {
  private func withTask(
    every: Int64 = TaskOnBuckets.minute,
    offset: Int64 = 0,
    refuelMark: Double = 500,
    region: RegionRule = RegionRule(),
    portion: Int = 50_000,
    _ body: (TaskOnBuckets) throws -> Void,
  ) throws {
    try withFolder { folder in
      try body(
        TaskOnBuckets(
          folder,
          every: every,
          offset: offset,
          refuelMark: refuelMark,
          region: region,
          portion: portion,
        )
      )
    }
  }

  // MARK: - Alarm

  @Test(arguments: [
    (PointNumber.integer(500), "500 no action"), (.integer(499), "499 refuel"),
    (.decimal(500), "500.0 no action"), (.decimal(499.99), "499.99 refuel"),
    (.integer(-129), "-129 refuel"), (.decimal(-0.5), "-0.5 refuel"), (.integer(0), "0 refuel"),
    (.integer(1000), "1000 no action"),
  ])
  func saysRefuelStrictlyBelow500(fuel: PointNumber, row: String) throws {
    try withTask { task in
      try task.add("g1", -10, fuel)
      try task.run(at: 0)
      #expect(try task.rows() == ["g1/US@-10.0 \(row)"])
    }
  }

  @Test func takesAnotherMark() throws {
    try withTask(refuelMark: 300) { task in
      try task.add("a", -2, .integer(300))
      try task.add("b", -1, .integer(299))
      try task.run(at: 0)
      #expect(try task.rows() == ["a/US@-2.0 300 no action", "b/US@-1.0 299 refuel"])
    }
  }

  // MARK: - The last sample

  @Test func takesTheLastSampleThatSaysItsFuel() throws {
    try withTask { task in
      try task.add("g1", -30, .integer(600))
      try task.add("g1", -20, .integer(590))
      try task.add("g1", -10, nil)
      try task.add("g2", -5, nil)
      try task.run(at: 0)
      #expect(try task.rows() == ["g1/US@-20.0 590 no action"])
    }
  }

  @Test func takesAllOfItsFieldsFromThatSampleBeTheyNull() throws {
    try withTask { task in
      try task.raw.add("g1", at: TaskOnBuckets.time(-2), fuel: .integer(1), power: .integer(7))
      try task.raw.add("g1", at: TaskOnBuckets.time(-1), fuel: .integer(2), power: nil)
      try task.run(at: 0)
      var fields: [PointFields] = []
      try task.output.points(after: 0, limit: 10) { fields.append($0.fields) }
      #expect(
        fields == [
          PointFields(
            fuel: .integer(2),
            load: .integer(2),
            temperature: .integer(170),
            latitude: .decimal(40.5),
            longitude: .decimal(-73.25),
            alarm: "refuel"
          )
        ]
      )
    }
  }

  @Test func takesTwoGeneratorsOfOneMillisecondEachForItself() throws {
    try withTask { task in
      try task.add("g1", -10, .integer(277))
      try task.add("g2", -10, .integer(900))
      try task.run(at: 0)
      #expect(try task.rows() == ["g1/US@-10.0 277 refuel", "g2/US@-10.0 900 no action"])
    }
  }

  @Test func takesTheLaterOfTwoSamplesOfOneMillisecond() throws {
    try withTask { task in
      try task.add("g1", -10, .integer(520))
      try task.add("g1", -10, .integer(480))
      try task.run(at: 0)
      var rows: [Bucket.Row] = []
      try task.output.points(after: 0, limit: 10) { rows.append($0) }
      #expect(rows.map(\.fields.fuel) == [.integer(480)])
      #expect(rows.map(\.time) == [TaskOnBuckets.time(-10) + 1])
    }
  }

  @Test func keepsIntegersAndDecimalsOfOneGenerator() throws {
    try withTask { task in
      try task.add("g1", 10, .integer(480))
      try task.run(at: 0)
      try task.run(at: 60)
      try task.add("g1", 70, .decimal(480.5))
      try task.run(at: 120)
      #expect(try task.rows() == ["g1/US@10.0 480 refuel", "g1/US@70.0 480.5 refuel"])
    }
  }

  @Test func takesOneRowOfAGeneratorWithSeveralSeries() throws {
    try withTask { task in
      try task.add("g1", -10, .integer(1))
      let series = task.raw.series("g1", region: "EU")
      let other = task.raw.series("g1", measurement: "other")
      try task.raw.transaction { () throws(SQLiteError) in
        for (place, seconds, fuel) in [(series, -5.0, 2), (other, -1, 3)] {
          let fields = PointFields(fuel: .integer(Int64(fuel)))
          let time = TaskOnBuckets.time(seconds)
          _ = try task.raw.put(Point(series: place, time: time, fields: fields))
        }
      }
      try task.run(at: 0)
      #expect(try task.rows() == ["g1/US@-5.0 2 refuel"])
    }
  }

  // MARK: - Windows

  @Test func looksBackAnHourAtFirst() throws {
    try withTask { task in
      try task.add("old", -3600.001, .integer(1))
      try task.add("first", -3600, .integer(2))
      try task.add("g1", -1800, .integer(3))
      try task.add("g1", -900, .integer(4))
      try task.add("next", 0, .integer(5))
      #expect(try task.run(at: 30) == 60)
      #expect(Set(try task.rows()) == ["first/US@-3600.0 2 refuel", "g1/US@-900.0 4 refuel"])
      #expect(task.counts.runs.value == 1)
    }
  }

  @Test func runsOnceForEachMinute() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 10, .integer(1))
      #expect(try task.run(at: 59.999) == 60)
      #expect(try task.rows() == [])
      #expect(try task.run(at: 60) == 120)
      #expect(try task.run(at: 61) == 120)
      #expect(try task.rows() == ["g1/US@10.0 1 refuel"])
      #expect(task.counts.runs.value == 2)
    }
  }

  @Test func takesAWindowFromItsBeginningToBeforeItsEnd() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("a", 0, .integer(1))
      try task.add("b", 59.999, .integer(2))
      try task.add("c", 60, .integer(3))
      try task.run(at: 60)
      #expect(try task.rows() == ["a/US@0.0 1 refuel", "b/US@59.999 2 refuel"])
      try task.run(at: 120)
      #expect(try task.rows().last == "c/US@60.0 3 refuel")
    }
  }

  @Test func waitsForItsOffset() throws {
    try withTask(offset: 5 * TaskOnBuckets.second) { task in
      #expect(try task.run(at: 4) == 5)
      try task.add("g1", 3, .integer(1))
      #expect(try task.run(at: 64.9) == 65)
      #expect(try task.rows() == [])
      #expect(try task.run(at: 65) == 125)
      #expect(try task.rows() == ["g1/US@3.0 1 refuel"])
      #expect(try task.task.lastSuccess() == TaskOnBuckets.time(60))
    }
  }

  @Test func takesShortWindows() throws {
    try withTask(every: 5 * TaskOnBuckets.second) { task in
      #expect(try task.run(at: 1) == 5)
      for second in 0..<20 { try task.add("g1", Double(second), .integer(Int64(second))) }
      try task.run(at: 20)
      #expect(
        try task.rows() == [
          "g1/US@4.0 4 refuel", "g1/US@9.0 9 refuel", "g1/US@14.0 14 refuel",
          "g1/US@19.0 19 refuel",
        ]
      )
    }
  }

  @Test func writesNothingOfEmptyWindows() throws {
    try withTask { task in
      for minute in 0..<5 { try task.run(at: Double(minute) * 60) }
      #expect(try task.rows() == [])
      #expect(try task.task.lastSuccess() == TaskOnBuckets.time(240))
      try task.add("g1", 250, .integer(1))
      try task.run(at: 300)
      #expect(try task.rows() == ["g1/US@250.0 1 refuel"])
    }
  }

  @Test func catchesUpEachRunThatWasMissed() throws {
    try withTask { task in
      try task.run(at: 0)
      for second in stride(from: 5.0, to: 300, by: 10) {
        try task.add("g1", second, .integer(Int64(second)))
      }
      task.restart()
      #expect(try task.run(at: 300) == 360)
      #expect(
        try task.rows() == [55, 115, 175, 235, 295].map { "g1/US@\($0).0 \($0) refuel" }
      )
      #expect(task.counts.runs.value == 6)
    }
  }

  @Test func passesByEmptyWindowsOfALongAbsence() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 86_400 * 300 + 30, .integer(7))
      try task.run(at: 86_400 * 365)
      #expect(try task.rows() == ["g1/US@25920030.0 7 refuel"])
      #expect(task.counts.runs.value < 10)
      #expect(try task.task.lastSuccess() == TaskOnBuckets.time(86_400 * 365))
    }
  }

  @Test func stopsBetweenTwoRuns() throws {
    try withTask { task in
      try task.run(at: 0)
      for second in [10.0, 70, 130] { try task.add("g1", second, .integer(1)) }
      var asked = 0
      _ = try task.task.runDue(now: TaskOnBuckets.time(180)) {
        asked += 1
        return asked > 2
      }
      #expect(try task.rows().count == 2)
      try task.run(at: 180)
      #expect(try task.rows().count == 3)
    }
  }

  @Test func changesNothingWhenItRunsAgain() throws {
    try withTask { task in
      try task.add("g1", -10, .integer(1))
      try task.run(at: 0)
      try task.add("g1", 10, .integer(2))
      try task.run(at: 60)
      let before = try task.rows()
      let sequence = try task.output.lastSequence()
      // As if the task had forgotten what it has done.
      try task.output.connection.execute("DELETE FROM state")
      task.restart()
      try task.run(at: 60)
      #expect(try task.rows() == before)
      #expect(try task.output.lastSequence() == sequence)
      #expect(task.counts.unchanged.value == 1)
    }
  }

  @Test func takesUpWhereItWas() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 10, .integer(1))
      try task.run(at: 60)
      task.restart()
      try task.run(at: 60)
      #expect(task.counts.runs.value == 2)
      try task.add("g1", 70, .integer(2))
      try task.run(at: 120)
      #expect(try task.rows() == ["g1/US@10.0 1 refuel", "g1/US@70.0 2 refuel"])
    }
  }

  // MARK: - Late samples

  @Test func doesAWindowAgainInWhichSomethingCameLate() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 10, .integer(900))
      try task.add("g2", 10, .integer(800))
      try task.run(at: 60)
      try task.add("g1", 50, .integer(400))  // Late, and the last of its window.
      try task.add("g2", 5, .integer(300))  // Late, and not the last.
      try task.add("g3", 20, .integer(700))  // Late, and the only one.
      try task.run(at: 120)
      #expect(
        Set(try task.rows()) == [
          "g1/US@10.0 900 no action", "g2/US@10.0 800 no action", "g1/US@50.0 400 refuel",
          "g3/US@20.0 700 no action",
        ]
      )
      #expect(try task.rows().count == 4)
      #expect(task.counts.lateWindows.value == 3)
    }
  }

  @Test func losesNoWindowToASinkThatStoodStill() throws {
    try withTask { task in
      try task.run(at: 0)
      for minute in 1...5 { try task.run(at: Double(minute) * 60) }
      // Five minutes of samples come at once.
      for second in stride(from: 5.0, to: 300, by: 10) {
        try task.add("g1", second, .integer(Int64(second)))
      }
      try task.run(at: 360)
      #expect(
        Set(try task.rows()) == Set([55, 115, 175, 235, 295].map { "g1/US@\($0).0 \($0) refuel" })
      )
    }
  }

  @Test func findsLateSamplesInPortions() throws {
    try withTask(portion: 7) { task in
      try task.run(at: 0)
      for minute in 1...5 { try task.run(at: Double(minute) * 60) }
      for second in stride(from: 5.0, to: 300, by: 10) {
        try task.add("g1", second, .integer(Int64(second)))
      }
      try task.run(at: 360)
      #expect(
        Set(try task.rows()).isSuperset(
          of: [55, 115, 175, 235, 295].map { "g1/US@\($0).0 \($0) refuel" }
        )
      )
      try task.run(at: 420)
      #expect(try task.output.state("task.kafka_downsample.sequence") == 30)
    }
  }

  // MARK: - Clock

  @Test func waitsWhenTheClockGoesBackALittle() throws {
    try withTask { task in
      try task.run(at: 600)
      try task.add("g1", 610, .integer(1))
      #expect(try task.run(at: 300) == 660)
      #expect(try task.rows() == [])
      try task.run(at: 660)
      #expect(try task.rows() == ["g1/US@610.0 1 refuel"])
      #expect(task.counts.clockSteps.value == 0)
    }
  }

  @Test func followsAClockThatWasFarAhead() throws {
    try withTask { task in
      try task.run(at: 86_400 * 365)
      try task.add("g1", 10, .integer(1))
      #expect(try task.run(at: 60) == 120)
      #expect(task.counts.clockSteps.value == 1)
      try task.add("g1", 70, .integer(2))
      #expect(try task.run(at: 120) == 180)
      #expect(try task.rows().sorted() == ["g1/US@10.0 1 refuel", "g1/US@70.0 2 refuel"])
    }
  }

  @Test(arguments: [Int64.min, -1, 0, 1, .max])
  func bearsAnyClock(now: Int64) throws {
    try withTask { task in
      _ = try task.task.runDue(now: now)
      _ = try task.task.runDue(now: 0)
      _ = try task.task.runDue(now: TaskOnBuckets.start)
    }
  }

  // MARK: - Region

  @Test func takesTheRegionFromInventoryThenPlaceThenStandard() throws {
    let rule = RegionRule(
      inventory: ["a": "Pacific"],
      table: { latitude, _ in latitude == 40.5 ? "Mountain" : nil },
      standard: "US",
    )
    #expect(rule.region(of: "c", latitude: 1, longitude: 1) == "US")
    #expect(rule.region(of: "c", latitude: nil, longitude: 1) == "US")
    try withTask(region: rule) { task in
      try task.add("a", -2, .integer(1))
      try task.add("b", -1, .integer(1))
      try task.run(at: 0)
      #expect(try task.rows() == ["a/Pacific@-2.0 1 refuel", "b/Mountain@-1.0 1 refuel"])
    }
  }

  // MARK: - Schedule

  @Test func alignsToMultiplesSince1970() {
    let schedule = TaskSchedule(every: 60_000_000, offset: 5_000_000)
    #expect(schedule.latest(now: 64_999_999) == 0)
    #expect(schedule.latest(now: 65_000_000) == 60_000_000)
    #expect(schedule.next(after: 60_000_000) == 120_000_000)
    #expect(schedule.next(after: 60_000_001) == 120_000_000)
    #expect(schedule.window(of: -1) == -60_000_000..<0)
  }
}
