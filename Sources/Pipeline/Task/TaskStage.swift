public import Buckets
public import Model
internal import Synchronization
public import System

/// Enriches the samples of a bucket, window by window, into another: the last of each generator, with alarm and region.
///
/// A window that was missed is caught up; one in which samples come late is done again.
public final class TaskStage: Stage {
  /// Which buckets, how often, and what is added.
  public struct Options: Sendable {
    /// Where the samples are.
    public var raw: BucketOptions
    /// Where the enriched rows go.
    public var output: BucketOptions
    /// Names what the task remembers in its bucket.
    public var name: String
    public var measurement: String
    /// Nanoseconds from one run to the next; runs are at its multiples since 1970 UTC.
    public var every: Int64
    /// Nanoseconds that a run waits, so that late samples are in.
    public var offset: Int64
    /// Below so much fuel the alarm says `refuel`, else `no action`.
    public var refuelMark: Double
    public var region: RegionRule

    public init(
      raw: BucketOptions,
      output: BucketOptions,
      name: String = "kafka_downsample",
      measurement: String = Convention.measurement,
      every: Int64 = 60_000_000_000,
      offset: Int64 = 0,
      refuelMark: Double = Convention.refuelMark,
      region: RegionRule = RegionRule(),
    ) {
      self.raw = raw
      self.output = output
      self.name = name
      self.measurement = measurement
      self.every = every
      self.offset = offset
      self.refuelMark = refuelMark
      self.region = region
    }
  }

  public let name = "task"
  let options: Options
  let counts = TaskCounts()
  private let isPaused = Atomic(false)

  public init(_ options: Options) {
    self.options = options
  }

  public var figures: [Figure] {
    [
      Figure("runs", counts.runs.value), Figure("written", counts.written.value),
      Figure("unchanged", counts.unchanged.value),
      Figure("late windows", counts.lateWindows.value),
      Figure("clock steps", counts.clockSteps.value), Figure("retries", counts.retries.value),
      Figure("expired", counts.expired.value),
    ]
  }

  /// Lets it stand still, as if it were stuck, until it is told to go on; what was missed is made up for then.
  public func setPaused(_ isPaused: Bool) {
    self.isPaused.store(isPaused, ordering: .relaxed)
  }

  public func run(until stop: StopSignal, log: Log) throws {
    let raw = try options.raw.open()
    let output = try options.output.open()
    let task = EnrichTask(raw: raw, output: output, options, counts: counts)
    let second: Int64 = 1_000_000_000
    while !stop.isSet {
      if isPaused.load(ordering: .relaxed) {
        stop.wait(nanoseconds: second / 10)
        continue
      }
      var pause = second
      do throws(BucketError) {
        let next = try task.runDue(now: wallNanoseconds()) { stop.isSet }
        counts.expired.add(try output.expire(now: wallNanoseconds()))
        // The wall clock may be set meanwhile, so it is looked at often.
        let left = next.subtractingReportingOverflow(wallNanoseconds())
        pause = left.overflow ? second : min(second, max(0, left.partialValue))
      } catch {
        guard error.isTemporary else { throw error }
        counts.retries.add()
        log.warning("a bucket takes nothing: the task waits", ["reason": "\(error)"])
      }
      stop.wait(nanoseconds: pause)
    }
  }
}

/// What the task counts, for ever.
final class TaskCounts: Sendable {
  let runs = Counter()
  /// Rows that are new, or say something else than before.
  let written = Counter()
  /// Rows that were there already.
  let unchanged = Counter()
  /// Windows of a generator that were done again since something has come late.
  let lateWindows = Counter()
  /// Times that the task went back with the clock.
  let clockSteps = Counter()
  let retries = Counter()
  /// Rows deleted after their time.
  let expired = Counter()
}
