import Feeds
public import Settings
public import System

/// The walk.
///
/// It only looks: nothing is published, no group is made or joined, nothing is committed.
///
/// - Parameters:
///   - settings: With one feed at least.
///   - report: Gets a line for each step.
///   - log: Gets the words of the libraries.
///   - waker: A descriptor that ends the walk when it becomes readable.
/// - Returns: The exit code: 0, 3 if a step failed, 1 if it was ended.
public func check(_ settings: Settings, into report: CheckReport, log: Log, _ waker: Int32) -> Int32
{
  do throws(CheckInterrupted) {
    let walk = CheckWalk(report: report, waker: waker)
    for warning in settings.warnings { report.note(warning) }
    if let mqtt = settings.mqtt {
      // Generators may be slow to speak, and a good connection ends the wait.
      let patience = settings.run.checkPatience
      try MQTTCheck(mqtt, settings.sources, patience: patience, walk).run()
    } else {
      report.heading("MQTT")
      report.leftOut("broker", "not configured (--mqtt): last wills cannot be seen")
    }
    if let kafka = settings.kafka {
      try KafkaCheck(settings: kafka, observer: .writing(to: log), walk: walk).run()
    } else {
      report.heading("Kafka")
      report.leftOut("brokers", "not configured (--kafka): no regions, no enriched records")
    }
    report.conclude()
    return report.failures > 0 ? 3 : 0
  } catch {
    return 1
  }
}

/// The operator ended the walk.
struct CheckInterrupted: Error {}

/// What all steps of the walk need.
struct CheckWalk {
  /// The longest that a step may take: nanoseconds.
  static let limit: Int64 = 10_000_000_000

  let report: CheckReport
  /// A descriptor that is readable when the walk shall end; negative for never.
  let waker: Int32

  /// Throws if the walk shall end.
  func checkInterruption() throws(CheckInterrupted) {
    var poll = Poll()
    let place = poll.add(waker, .read)
    _ = try? poll.wait(timeoutNanoseconds: 0)
    if !poll.readiness(of: place).isEmpty { throw CheckInterrupted() }
  }
}
