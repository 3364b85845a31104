public import Buckets
internal import Model
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
    /// Below so much fuel the alarm says `refuel`, else `no action`.
    public var refuelMark = Convention.refuelMark
    public var region = RegionRule()
  }

  public let name = "task"
  let options: Options
  let counts = Counts<TaskCount>()
  private let isPaused = Atomic(false)

  public init(_ options: Options) {
    self.options = options
  }

  public var figures: [Figure] { counts.figures }

  /// Lets it stand still, as if it were stuck, until it is told to go on; what was missed is made up for then.
  public func setPaused(_ isPaused: Bool) {
    self.isPaused.store(isPaused, ordering: .relaxed)
  }

  public func run(until stop: StopSignal, log: Log) throws {
    let raw = try options.raw.open()
    let output = try options.output.open()
    let task = EnrichTask(raw: raw, output: output, options, counts, log)
    let run = StageRun(stop: stop, log: log)
    let second: Int64 = 1_000_000_000
    while !stop.isSet {
      if isPaused.load(ordering: .relaxed) {
        stop.wait(nanoseconds: second / 10)
        continue
      }
      let warning: StaticString = "a bucket takes nothing: the task waits"
      let pause = try run.unlessBusy(counts[.retries], warning) {
        let next = try task.runDue(now: wallNanoseconds()) {
          stop.isSet || isPaused.load(ordering: .relaxed)
        }
        counts[.expired].add(try output.expire(now: wallNanoseconds()))
        // The wall clock may be set meanwhile, so it is looked at often.
        let left = next.subtractingReportingOverflow(wallNanoseconds())
        return left.overflow ? second : min(second, max(0, left.partialValue))
      }
      stop.wait(nanoseconds: pause ?? second)
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
enum TaskCount: Int, CaseIterable {
  case runs
  /// Rows that are new, or say something else than before.
  case written
  /// Rows that were there already.
  case unchanged
  /// Windows of a generator that were done again since something has come late.
  case lateWindows
  /// Series of generators that there was no room for.
  case leftOutSeries
  /// Times that the task went back with the clock.
  case clockSteps
  case retries
  /// Rows deleted after their time.
  case expired
}
