import Pipeline
import System

/// What the service manager is told of the stages: that they have started, how they are now and then, and, while they
/// work, that it need not start them again.
struct SignOfLife {
  private let manager: ServiceManager
  private let monitor: Monitor
  private var nextLook: Int64 = 0
  private var nextStatus: Int64 = 0
  /// As it was last told; nil before.
  private var wasGood: Bool?
  private var nextSign: Int64 = 0

  private static let second: Int64 = 1_000_000_000

  init(_ manager: ServiceManager, _ monitor: Monitor) {
    self.manager = manager
    self.monitor = monitor
  }

  func tellReady() { manager.tell("READY=1") }

  func tellStopping() { manager.tell("STOPPING=1\nSTATUS=finishing what is begun") }

  /// Tells what is due; to be called often.
  ///
  /// - Parameter now: Of the monotonic clock.
  mutating func tell(now: Int64) {
    if now >= nextLook {
      nextLook = now + Self.second
      let (isGood, text) = monitor.summary
      if isGood != wasGood || now >= nextStatus {
        wasGood = isGood
        nextStatus = now + 10 * Self.second
        manager.tell("STATUS=\(text)")
      }
    }
    // With a stage that stands still there is none, and the manager starts the process again.
    guard let watchdog = manager.watchdogNanoseconds, now >= nextSign, monitor.isHealthy else {
      return
    }
    nextSign = now + watchdog / 2
    manager.tell("WATCHDOG=1")
  }
}
