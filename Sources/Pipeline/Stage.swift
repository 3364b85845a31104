internal import Buckets
public import System

/// A stage of the pipeline: it runs on a thread of its own until it is told to stop or cannot go on.
public protocol Stage: Sendable {
  /// As it is called in commands and in the log: `bridge`.
  var name: String { get }

  /// What it has done since it was made, in the order in which it is told; any thread may ask.
  var figures: [Figure] { get }

  /// Whether it works and what it is connected to; it tells itself, and any thread may ask.
  var health: StageHealth { get }

  /// Works until `stop` is set; then finishes what is begun, within a few seconds, and returns.
  ///
  /// May be called again after it has thrown: it connects again and goes on where it was.
  ///
  /// - Throws: whatever keeps it from going on, in words for people.
  func run(until stop: StopSignal, log: Log) throws
}

/// What a run of a stage goes by: when it is to end, and where it tells of itself.
struct StageRun {
  let stop: StopSignal
  let log: Log
  let health: StageHealth
  private let busy = Outage()

  init(stop: StopSignal, log: Log, health: StageHealth = StageHealth([])) {
    self.stop = stop
    self.log = log
    self.health = health
  }

  /// Rests for so long, or until the program is to end; whether it is.
  ///
  /// A rest is no standstill: the loop comes round meanwhile.
  @discardableResult
  func rest(nanoseconds: Int64) -> Bool {
    let begin = monotonicNanoseconds()
    while true {
      health.beat()
      let left = nanoseconds - (monotonicNanoseconds() - begin)
      guard left > 0, !stop.wait(nanoseconds: min(left, 1_000_000_000)) else { return stop.isSet }
    }
  }

  /// Runs `body`; nil if the bucket is merely busy or its disk full, which is counted and told, and so is its end.
  func unlessBusy<R>(
    _ bucket: StageConnection,
    _ retries: Counter,
    _ warning: StaticString,
    _ body: () throws -> R,
  ) throws -> R? {
    health.beat()
    do {
      let result = try body()
      health.note(up: bucket)
      if let time = busy.end() { log.info("the bucket takes again", ["after": time]) }
      return result
    } catch let error as BucketError where error.isTemporary {
      noteBusy(bucket, retries, warning, error)
      return nil
    }
  }

  /// Counts and tells that a bucket takes or gives nothing for now.
  func noteBusy(
    _ bucket: StageConnection,
    _ retries: Counter,
    _ warning: StaticString,
    _ error: BucketError,
  ) {
    retries.add()
    busy.begin()
    health.note(away: bucket, "\(error)")
    log.warning(warning, ["reason": "\(error)"])
  }

  /// Runs `body` however often it takes while a bucket is merely busy or its disk full.
  ///
  /// - Parameters:
  ///   - bucket: Which one is asked.
  ///   - retries: Counts the times that it is run again.
  ///   - warning: What the log says of each.
  ///   - body: What a bucket is asked for.
  /// - Returns: Whether it has succeeded; false if the program is to end before it could.
  /// - Throws: what is not temporary.
  func insist(
    _ bucket: StageConnection,
    _ retries: Counter,
    _ warning: StaticString,
    _ body: () throws -> Void,
  ) throws -> Bool {
    var delay: Int64 = 100_000_000
    while try unlessBusy(bucket, retries, warning, body) == nil {
      if rest(nanoseconds: delay) { return false }
      delay = min(delay * 2, 5_000_000_000)
    }
    return true
  }
}

extension Bucket {
  /// Opens it anew if its file was deleted or replaced, and says so; whether it was.
  func reopenIfReplaced(_ log: Log) throws(BucketError) -> Bool {
    guard isReplaced else { return false }
    try reopen()
    log.warning(
      "the file of a bucket was deleted or replaced: what is there now is used",
      ["file": location]
    )
    return true
  }
}
