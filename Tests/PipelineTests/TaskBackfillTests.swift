import BucketSupport
import Buckets
import System
import TestSupport
import Testing

@testable import Pipeline

/// The first run of a task.
@Suite(.timeLimit(.minutes(20)))
struct TaskBackfillTests {
  private static let day = 86_400.0

  /// When the rows are.
  private func times(_ task: TaskOnBuckets) throws -> [String] {
    try task.rows().compactMap { $0.firstMatch(of: /@(\S+)/).map { String($0.1) } }
  }

  @Test func makesEachWindowSinceTheFirstSample() throws {
    try withTask { task in
      try task.add("old", -40 * Self.day - 30, .integer(1))
      for second in stride(from: -3595.0, to: 20, by: 10) {
        try task.add("g1", second, .integer(700))
        try task.add("g2", second + 1, .integer(300))
      }
      #expect(try task.run(at: 30) == 60)
      let windows = (0..<60).map { -3545 + $0 * 60 }
      #expect(
        try times(task) == ["-3456030.0"] + windows.flatMap { ["\($0).0", "\($0 + 1).0"] }
      )
      #expect(task.counts[.runs].value == 61)
      let line = try #require(try task.said("the first run makes up for earlier windows").first)
      #expect(line.contains("from=2025-10-15T15:59:00.000Z to=2025-11-24T16:00:00.000Z"), "\(line)")
      #expect(line.contains("/kafka.db"))
      #expect(try task.said("--backfill") == [])
    }
  }

  @Test func makesThemAgainForABucketThatIsNew() throws {
    try withFolder { folder in
      var before: [String] = []
      for _ in 0..<2 {
        let task = try TaskOnBuckets(folder)
        if before.isEmpty {
          for minute in -50..<0 { try task.add("g1", Double(minute) * 60 + 7, .integer(1)) }
        }
        try task.run(at: 0)
        if before.isEmpty { before = try task.rows() }
        #expect(try task.rows().count == 50)
        #expect(try task.rows() == before)
        for suffix in ["", "-wal", "-shm"] { removeFile("\(folder)/kafka_downsampled.db\(suffix)") }
      }
    }
  }

  @Test func goesBackNoFartherThanItMay() throws {
    try withTask(backfill: 150 * TaskOnBuckets.second) { task in
      for minute in -10..<0 { try task.add("g1", Double(minute) * 60 + 7, .integer(1)) }
      try task.run(at: 30)
      // The window in which the limit is counts as a whole.
      #expect(try times(task) == ["-173.0", "-113.0", "-53.0"])
      let line = try #require(try task.said("samples before --backfill are left out").first)
      #expect(line.contains("from=2025-11-24T15:50:07.000Z to=2025-11-24T15:57:00.000Z"), "\(line)")
      // What comes later is late, however old it is.
      try task.add("g1", -595, .integer(2))
      try task.run(at: 60)
      #expect(try times(task).contains("-593.0"))
    }
  }

  @Test func leavesNothingOutThatIsNotThere() throws {
    try withTask(backfill: 0) { task in
      try task.run(at: 30)
      try task.add("g1", 10, .integer(1))
      try task.run(at: 60)
      #expect(try times(task) == ["10.0"])
      #expect(try task.said("first") == [])
      #expect(try task.said("--backfill") == [])
    }
  }

  @Test func doesNotBeginWithASampleOfTheFuture() throws {
    try withTask { task in
      try task.add("g1", 3600, .integer(1))
      #expect(try task.run(at: 30) == 60)
      #expect(try task.task.lastSuccess() == TaskOnBuckets.start)
    }
  }

  /// Stopped after so many windows, and begun again after late samples have come.
  @Test(arguments: 0...6)
  func losesNoWindowWhenItIsStopped(after windows: Int) throws {
    try withTask { task in
      for minute in [-600, -5, -4, -3, -2, -1] {
        try task.add("g1", Double(minute) * 60 + 10, .integer(1))
      }
      var asked = 0
      _ = try task.task.runDue(now: TaskOnBuckets.start) {
        asked += 1
        return asked > windows
      }
      // Before the first sample, in the first window, in a gap, and in the last window.
      let late = [-36_100.0, -35_970, -20_000, -45]
      for second in late { try task.add("g2", second, .integer(2)) }
      task.restart()
      try task.run(at: 0)
      try task.run(at: 60)
      let all = [-35_990, -290, -230, -170, -110, -50].map(Double.init) + late
      #expect(Set(try times(task)) == Set(all.map { "\($0)" }))
      #expect(try times(task).count == all.count)
    }
  }

  @Test func losesNoWindowWhenItIsKilled() throws {
    try withFolder { folder in
      let raw = try openBucket(folder, "kafka")
      let second = TaskOnBuckets.second
      let now = wallNanoseconds() / second * second
      let times = (5..<65).map { now - Int64($0) * second + second / 3 }
      for time in times.reversed() { try raw.add("g1", at: time, fuel: .integer(1)) }
      let start = { (death: String?) in
        var environment = Environment.current()
        environment.values["EGPIPE_CRASH"] = death
        return try ChildProcess.start(
          BuiltPrograms.egpipe,
          ["task", "--every", "1s", "--store", folder],
          environment: environment,
          output: "\(folder)/output",
        )
      }
      for death in ["task.written:1", "task.writing:20", "task.written:20"] {
        let child = try start(death)
        #expect(child.wait(timeoutNanoseconds: 60_000_000_000) == .signal(9))
      }
      let output = try openBucket(folder, "kafka_downsampled")
      #expect(try output.allPoints().map(\.time) == Array(times.reversed().prefix(40)))
      try raw.add("g2", at: times[59] - 10 * second, fuel: .integer(2))
      let child = try start(nil)
      #expect(try holds { try output.allPoints().count >= 61 })
      let found = try output.allPoints().map(\.time)
      #expect(Set(found) == Set(times + [times[59] - 10 * second]))
      #expect(found.count == 61)
      #expect(child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
    }
  }
}
