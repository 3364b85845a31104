internal import MQTT
public import System

/// Runs stages, each on a thread of its own, and starts one again that has ended though nobody asked it to.
public final class Supervisor: Sendable {
  private let stages: [any Stage]
  private let log: Log
  private let stop: StopSignal
  private let running = Counter()

  /// - Throws: `SystemError` when no descriptor is left.
  public init(_ stages: [any Stage], log: Log) throws(SystemError) {
    self.stages = stages
    self.log = log
    stop = try StopSignal()
  }

  /// Whether a stage still works.
  public var isRunning: Bool { running.value > 0 }

  /// Starts a thread for each stage.
  ///
  /// - Throws: `SystemError` when there is no room for another one; those that run are asked to end.
  public func start() throws(SystemError) {
    for stage in stages {
      running.add()
      do {
        _ = try startThread(name: stage.name) { [self] in
          supervise(stage)
          running.add(-1)
        }
      } catch {
        running.add(-1)
        stop.set()
        throw error
      }
    }
  }

  /// Asks all stages to end; returns at once.
  public func requestStop() {
    stop.set()
  }

  /// Asks all stages to finish what is begun and end, and waits for them.
  ///
  /// - Returns: Whether all have ended within the time.
  @discardableResult
  public func stop(withinNanoseconds limit: Int64 = 10_000_000_000) -> Bool {
    stop.set()
    let deadline = monotonicNanoseconds() + limit
    while isRunning, monotonicNanoseconds() < deadline { sleepThread(nanoseconds: 5_000_000) }
    return !isRunning
  }

  /// How often stages have failed and were started again.
  var restartCount: Int { stages.reduce(0) { $0 + $1.health.restarts.value } }

  /// How each stage stands.
  ///
  /// - Parameters:
  ///   - now: Of the monotonic clock.
  ///   - standstill: After so many nanoseconds without a turn of its loop a stage stands still.
  /// - Returns: A report for each, in their order.
  func reports(now: Int64, standstill: Int64) -> [StageReport] {
    var numbers: [String: Int] = [:]
    return stages.map { stage in
      numbers[stage.name, default: 0] += 1
      return StageReport(
        stage,
        number: numbers[stage.name] ?? 1,
        now: now,
        standstill: standstill,
        isStopping: stop.isSet
      )
    }
  }

  /// Writes the figures of each stage into the log.
  public func report() {
    for stage in stages {
      let figures = stage.figures.map { "\($0.name) \($0.text)" }.joined(separator: ", ")
      log.info("figures", ["stage": stage.name, "figures": figures])
    }
  }

  private func supervise(_ stage: any Stage) {
    let run = StageRun(stop: stop, log: log, health: stage.health)
    var delay = ReconnectDelay()
    var random = SystemRandomNumberGenerator()
    while !stop.isSet {
      run.health.beat()
      let begin = monotonicNanoseconds()
      do {
        try stage.run(until: stop, log: log)
        // A simulation may have an end of its own.
        return run.health.end()
      } catch {
        run.health.noteFailure("\(error)")
        log.error("a stage failed", ["stage": stage.name, "reason": "\(error)"])
      }
      // One that has worked for a while begins again with the shortest wait.
      if monotonicNanoseconds() - begin > 60_000_000_000 { delay.reset() }
      run.rest(nanoseconds: delay.next(using: &random))
    }
  }
}
