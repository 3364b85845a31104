import BucketSupport
import Buckets
import Model
import System
import TestSupport
import Testing

@testable import Pipeline

struct TaskTests {
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

  /// Fuel, tank and mark of a sample, and what the inventory says of the generator.
  @Test(
    arguments: [
      (61.0, 100.0, 50.0, nil, "no action"), (49, 100, 50, nil, "refuel"),
      (61, 100, nil, nil, "no action"), (49, 100, nil, nil, "refuel"),
      (300, 900, 225, nil, "no action"), (224, 900, 225, nil, "refuel"),
      (24, 100, 50, "a,900,25%", "refuel"), (26, 100, 50, "a,900,25%", "no action"),
      (24, 100, 50, "a,900,225", "refuel"), (26, 100, 50, "a,900,225", "no action"),
      (400, nil, nil, "a,900,25%", "no action"), (200, nil, nil, "a,900,25%", "refuel"),
      (400, nil, nil, "b,900,25%", "refuel"),
    ] as [(Double, Double?, Double?, String?, String)]
  )
  func aSampleOrTheInventoryNamesTheMark(
    fuel: Double,
    tank: Double?,
    mark: Double?,
    line: String?,
    alarm: String
  ) throws {
    let parts = line?.split(separator: ",").map(String.init) ?? []
    var inventory: [InventoryEntry] = []
    if let line, !line.isEmpty {
      var entry = InventoryEntry(id: parts[0])
      (entry.tank, entry.refuelMark) = (Double(parts[1]), RefuelMark(parts[2]))
      inventory = [entry]
    }
    try withTask(inventory: inventory) { task in
      let fields = PointFields([
        .fuel: .decimal(fuel), .tank: tank.map { .decimal($0) },
        .refuelMark: mark.map { .decimal($0) },
      ])
      let series = task.raw.series.place(
        of: Series(measurement: "genData", generator: "a", region: "")
      )
      let time = TaskOnBuckets.time(-1)
      _ = try task.raw.append([Point(series: series, time: time, fields: fields)])
      try task.run(at: 0)
      #expect(try task.rows() == ["a/US@-1.0 \(fuel) \(alarm)"])
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
            [
              .fuel: .integer(2), .load: .integer(2), .temperature: .integer(170),
              .latitude: .decimal(40.5), .longitude: .decimal(-73.25),
            ],
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
      var rows: [StoredPoint] = []
      try task.output.points(after: 0, limit: 10) { rows.append($0) }
      #expect(rows.map { $0.fields[.fuel] } == [.integer(480)])
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
      let series = task.raw.place("g1", region: "EU")
      let other = task.raw.place("g1", measurement: "other")
      for (place, seconds, fuel) in [(series, -5.0, 2), (other, -1, 3)] {
        let fields = PointFields([.fuel: .integer(Int64(fuel))])
        let time = TaskOnBuckets.time(seconds)
        _ = try task.raw.put([Point(series: place, time: time, fields: fields)])
      }
      try task.run(at: 0)
      #expect(try task.rows() == ["g1/US@-5.0 2 refuel"])
    }
  }

  // MARK: - Region

  @Test func takesTheRegionFromInventoryThenPlaceThenStandard() throws {
    let rule = RegionRule(
      inventory: ["a": "Pacific"],
      table: RegionTable(
        regions: ["Mountain"],
        places: [.init(name: "Here", regionIndex: 0, latitude: 40.5, longitude: -73.25)]
      ),
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
}

/// Generators of a bucket that are too many.
struct TaskBoundTests {
  @Test func areLeftOutCountedAndTold() throws {
    try withFolder { folder in
      let task = try TaskOnBuckets(folder, mostBytes: 3 * (256 + 2 * 5))
      for number in 1...5 { try task.add("gen_\(number)", -10, .integer(600)) }
      try task.run(at: 0)
      let rows = (1...3).map { "gen_\($0)/US@-10.0 600 no action" }
      #expect(try task.rows() == rows)
      #expect(task.counts[.leftOutSeries].value == 2)
      // Those that are known go on, and what is left out is told of once.
      for number in 1...5 { try task.add("gen_\(number)", 10, .integer(600)) }
      try task.add("gen_6", 10, .integer(600))
      try task.run(at: 60)
      #expect(try task.rows().count == 6)
      #expect(task.counts[.leftOutSeries].value == 3)
      let lines = try task.said("too many generators")
      #expect(lines.count == 2)
      #expect(lines.first?.contains("series=2 file=\(folder)/kafka.db") == true)
    }
  }
}
