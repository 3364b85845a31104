public import Buckets
public import Model
internal import Synchronization
public import System

/// Enriches the samples of a bucket, window by window, into another: the last of each generator, with alarm and region.
///
/// The first run makes all windows since the first sample, and a window that was missed is caught up; one in which
/// samples come late is done again.
public final class TaskStage: Stage {
  /// Which buckets, how often, and what is added.
  public struct Options: Sendable {
    /// Where the samples are.
    public var raw: BucketOptions
    /// Where the enriched rows go.
    public var output: BucketOptions
    public var measurement = Convention.measurement
    /// Nanoseconds from one run to the next; runs are at its multiples since 1970 UTC.
    public var every: Int64 = 60_000_000_000
    /// Nanoseconds that a run waits, so that late samples are in.
    public var offset: Int64 = 0
    /// How far the first run goes back, in nanoseconds; nil to the first sample.
    public var backfill: Int64?
    /// Whose refuel mark and tank count where neither the inventory nor a sample names them: below the mark the alarm says
    /// `refuel`, else `no action`.
    public var policy = FleetPolicy()
    /// What is known of generators, by id.
    public var inventory: [String: InventoryEntry] = [:]
    public var region = RegionRule()
  }

  public let name = "task"
  let options: Options
  public let health = StageHealth([.rawBucket, .enrichedBucket])
  let counts = Counts<TaskCount>()
  let runTime = Histogram("run", "Time that a run took.")
  let windowEnd = NewestTime("window end", "The end of the newest window that was made.")
  private let isPaused = Atomic(false)

  public init(_ options: Options) {
    self.options = options
  }

  public var figures: [Figure] { counts.figures + [runTime.figure, windowEnd.figure] }

  /// Lets it stand still, as if it were stuck, until it is told to go on; what was missed is made up for then.
  public func setPaused(_ isPaused: Bool) {
    self.isPaused.store(isPaused, ordering: .relaxed)
  }

  public func run(until stop: StopSignal, log: Log) throws {
    health.beat(allowing: StageHealth.openingOfBucket)
    let raw = try options.raw.open()
    let output = try options.output.open()
    health.note(up: .rawBucket)
    health.note(up: .enrichedBucket)
    let task = EnrichTask(raw: raw, output: output, options, counts, log)
    task.whenRun = { [runTime, windowEnd] window, begin in
      runTime.observe(since: begin)
      windowEnd.set(window.upperBound)
    }
    task.whenTurning = { [health] in health.beat() }
    let run = StageRun(stop: stop, log: log, health: health)
    let second: Int64 = 1_000_000_000
    while !stop.isSet {
      if isPaused.load(ordering: .relaxed) {
        run.rest(nanoseconds: second / 10)
        continue
      }
      let warning: StaticString = "a bucket takes nothing: the task waits"
      // The task only reads the raw bucket, which no other keeps it from.
      let pause = try run.unlessBusy(.enrichedBucket, counts[.retries], warning) {
        let next = try task.runDue(now: wallNanoseconds()) {
          stop.isSet || isPaused.load(ordering: .relaxed)
        }
        windowEnd.set(try task.lastSuccess() ?? 0)
        counts[.expired].add(try output.expire(now: wallNanoseconds()))
        // The wall clock may be set meanwhile, so it is looked at often.
        let left = next.subtractingReportingOverflow(wallNanoseconds())
        return left.overflow ? second : min(second, max(0, left.partialValue))
      }
      run.rest(nanoseconds: pause ?? second)
    }
  }
}

extension TaskStage.Options {
  public init(raw: BucketOptions, output: BucketOptions) {
    self.raw = raw
    self.output = output
  }
}

/// What the task counts.
enum TaskCount: Int, CountKind {
  case runs, written, unchanged, lateWindows, leftOutSeries, clockSteps, retries, expired

  var row: FigureRow {
    switch self {
    case .runs: counter(.time, "Runs that are done, each for a window.")
    case .written: counter(.row, "Rows that are new, or say something else than before.")
    case .unchanged: counter(.row, "Rows that were there already.")
    case .lateWindows:
      counter(
        .window,
        "Windows of a generator that were made again since something has come late."
      )
    case .leftOutSeries: counter(.time, "Series of generators that there was no room for.")
    case .clockSteps: counter(.time, "Times that the task went back with the clock.")
    case .retries: counter(.time, "Times that a bucket was busy or full, and it was tried again.")
    case .expired: counter(.row, "Rows deleted after their time.")
    }
  }
}
