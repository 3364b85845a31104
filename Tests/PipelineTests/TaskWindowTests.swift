import Buckets
import System
import Testing

@testable import Pipeline

struct TaskWindowTests {
  @Test func runsOnceForEachMinute() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 10, .integer(1))
      #expect(try task.run(at: 59.999) == 60)
      #expect(try task.rows() == [])
      #expect(try task.run(at: 60) == 120)
      #expect(try task.run(at: 61) == 120)
      #expect(try task.rows() == ["g1/US@10.0 1 refuel"])
      #expect(task.counts[.runs].value == 1)
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
      #expect(task.counts[.runs].value == 5)
    }
  }

  @Test func passesByEmptyWindowsOfALongAbsence() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 86_400 * 300 + 30, .integer(7))
      try task.run(at: 86_400 * 365)
      #expect(try task.rows() == ["g1/US@25920030.0 7 refuel"])
      #expect(task.counts[.runs].value < 10)
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
      try task.forgetStates()
      task.restart()
      try task.run(at: 60)
      #expect(try task.rows() == before)
      #expect(try task.output.lastSequence() == sequence)
      #expect(task.counts[.unchanged].value == 2)
    }
  }

  @Test func takesUpWhereItWas() throws {
    try withTask { task in
      try task.run(at: 0)
      try task.add("g1", 10, .integer(1))
      try task.run(at: 60)
      task.restart()
      try task.run(at: 60)
      #expect(task.counts[.runs].value == 1)
      try task.add("g1", 70, .integer(2))
      try task.run(at: 120)
      #expect(try task.rows() == ["g1/US@10.0 1 refuel", "g1/US@70.0 2 refuel"])
    }
  }

  @Test func alignsToMultiplesSince1970() {
    let schedule = TaskSchedule(every: 60_000_000, offset: 5_000_000)
    #expect(schedule.latest(now: 64_999_999) == 0)
    #expect(schedule.latest(now: 65_000_000) == 60_000_000)
    #expect(schedule.next(after: 60_000_000) == 120_000_000)
    #expect(schedule.next(after: 60_000_001) == 120_000_000)
    #expect(schedule.window(of: -1) == -60_000_000..<0)
  }
}
