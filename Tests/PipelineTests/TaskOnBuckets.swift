import BucketSupport
import Buckets
import Model
import SQLite
import System
import TestSupport

@testable import Pipeline

/// The task on two buckets of its own, at times that the test says.
final class TaskOnBuckets {
  static let second: Int64 = 1_000_000_000
  static let minute = 60 * second
  /// An aligned minute in 2026.
  static let start = 29_400_000 * minute

  let raw: any Bucket
  let output: any Bucket
  let counts = Counts<TaskCount>()
  private let options: TaskStage.Options
  private let portion: Int
  private let mostBytes: Int
  private let logFile: String
  private let log: Log
  private(set) var task: EnrichTask

  init(
    _ folder: String,
    every: Int64 = minute,
    offset: Int64 = 0,
    backfill: Int64? = nil,
    refuelMark: Double = 500,
    inventory: [InventoryEntry] = [],
    region: RegionRule = RegionRule(),
    portion: Int = 50_000,
    mostBytes: Int = RawGenerators.mostBytes,
  ) throws {
    self.mostBytes = mostBytes
    raw = try openBucket(folder, "kafka")
    output = try openBucket(folder, "kafka_downsampled")
    var policy = FleetPolicy()
    policy.refuelMark = refuelMark
    options = TaskStage.Options(
      raw: raw.options,
      output: output.options,
      every: every,
      offset: offset,
      backfill: backfill,
      policy: policy,
      inventory: Dictionary(uniqueKeysWithValues: inventory.map { ($0.id, $0) }),
      region: region,
    )
    self.portion = portion
    logFile = "\(folder)/log"
    log = try Log(to: .file(logFile))
    task = EnrichTask(raw: raw, output: output, options, counts, log, mostBytes: mostBytes)
    task.portion = portion
  }

  /// Adds a sample this many seconds after the start.
  func add(_ generator: String = "g1", _ seconds: Double, _ fuel: PointNumber?) throws {
    try raw.add(generator, at: Self.time(seconds), fuel: fuel)
  }

  /// Lets the task forget what it has done.
  func forgetStates() throws {
    let file = try SQLiteConnection("\(output.options.folder)/\(output.options.name).db")
    try file.execute("DELETE FROM state")
  }

  /// Does what is due this many seconds after the start; returns when the next is, in seconds after it.
  @discardableResult
  func run(at seconds: Double) throws -> Double {
    let next = try task.runDue(now: Self.time(seconds))
    return Double(next - Self.start) / Double(Self.second)
  }

  /// Begins again, as after a restart.
  func restart() {
    task = EnrichTask(raw: raw, output: output, options, counts, log, mostBytes: mostBytes)
    task.portion = portion
  }

  /// The lines of the log that have a text in them.
  func said(_ text: String) throws -> [Substring] {
    String(decoding: try readFile(logFile, limit: 1 << 20), as: UTF8.self).split(separator: "\n")
      .filter { $0.contains(text) }
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
      let fuel = row.fields[.fuel].map(text) ?? "-"
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

/// Runs a test on a task of its own.
func withTask(
  every: Int64 = TaskOnBuckets.minute,
  offset: Int64 = 0,
  backfill: Int64? = nil,
  refuelMark: Double = 500,
  inventory: [InventoryEntry] = [],
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
        backfill: backfill,
        refuelMark: refuelMark,
        inventory: inventory,
        region: region,
        portion: portion,
      )
    )
  }
}
