import Buckets
import System
import Testing

@testable import Pipeline

struct TaskLateTests {
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
      #expect(task.counts[.lateWindows].value == 3)
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

  @Test func runsEachIntervalBehindAClockThatWasSetBack() throws {
    try withTask { task in
      try task.run(at: 600)
      #expect(try task.run(at: 300) == 360)
      try task.add("g1", 310, .integer(1))
      #expect(try task.run(at: 359) == 360)
      #expect(try task.rows() == [])
      #expect(try task.run(at: 360) == 420)
      #expect(try task.rows() == ["g1/US@310.0 1 refuel"])
      // What the others' clocks say is done when it is due.
      try task.add("g2", 610, .integer(2))
      #expect(try task.run(at: 660) == 720)
      #expect(try task.rows() == ["g1/US@310.0 1 refuel", "g2/US@610.0 2 refuel"])
      #expect(task.counts[.clockSteps].value == 1)
      #expect(try task.said("the clock is behind the last window").count == 1)
    }
  }

  @Test func redoesWindowsThatGotSamplesSinceTheClockWasSetBack() throws {
    try withTask { task in
      try task.run(at: 0)
      for second in [250.0, 310, 370] { try task.add("g1", second, .integer(Int64(second))) }
      try task.run(at: 600)
      try task.run(at: 320)
      try task.add("g1", 290, .integer(1))
      try task.add("g1", 330, .integer(2))
      try task.run(at: 360)
      try task.add("g1", 375, .integer(3))
      try task.run(at: 420)
      #expect(
        try task.rows() == [
          "g1/US@250.0 250 refuel", "g1/US@310.0 310 refuel", "g1/US@370.0 370 refuel",
          "g1/US@290.0 1 refuel", "g1/US@330.0 2 refuel", "g1/US@375.0 3 refuel",
        ]
      )
    }
  }

  @Test func followsAClockThatWasFarAhead() throws {
    try withTask { task in
      try task.run(at: 86_400 * 365)
      try task.add("g1", 10, .integer(1))
      #expect(try task.run(at: 60) == 120)
      #expect(task.counts[.clockSteps].value == 1)
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
}
