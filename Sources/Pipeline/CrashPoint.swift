internal import System

/// A place in a stage where the process can be made to die, to show that nothing is lost by it.
///
/// The variable `EGPIPE_CRASH` names one and how many times it is passed alive: `bridge.acknowledged:3` ends the
/// process by SIGKILL when it gets there for the third time. Without the variable a place costs one comparison.
enum CrashPoint: String, CaseIterable {
  /// A batch was read from the broker, and nothing of it was given to Kafka.
  case bridgeRead = "bridge.read"
  /// Kafka has acknowledged a batch, and no acknowledgement has left for the broker.
  case bridgeAcknowledged = "bridge.acknowledged"
  /// A batch is in part written, in an open transaction.
  case sinkWriting = "sink.writing"
  /// The bucket has a batch, and its offsets are not committed.
  case sinkWritten = "sink.written"
  /// A window is in part written, in an open transaction.
  case taskWriting = "task.writing"
  /// The bucket has a window, and the task has done nothing since.
  case taskWritten = "task.written"
  /// Some records of a batch were given to Kafka, and some were not.
  case sourcePublishing = "source.publishing"
  /// Kafka has all records of a batch, and the bucket does not know yet.
  case sourcePublished = "source.published"

  /// The place that was asked for, and which passing of it is the last.
  private static let chosen: (point: CrashPoint, passes: Int)? = {
    guard let text = Environment.current()["EGPIPE_CRASH"] else { return nil }
    let parts = text.split(separator: ":")
    guard let point = parts.first.flatMap({ CrashPoint(rawValue: String($0)) }) else { return nil }
    return (point, parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
  }()
  private static let passed = Counter()

  /// Dies here if that was asked for.
  static func pass(_ point: CrashPoint) {
    guard let chosen, chosen.point == point else { return }
    passed.add()
    if passed.value >= chosen.passes { killProcess() }
  }
}
