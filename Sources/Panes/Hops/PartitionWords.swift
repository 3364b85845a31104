import Wording
import Model

/// A partition of a group in a line.
enum PartitionWords {
  /// `emergency_generators 3: STOP, committed 1,200 of 1,460`.
  static func line(_ lag: PartitionLag) -> String {
    let end = Figures.grouped(Int(lag.end))
    let stable = lag.stable < lag.end ? ", stable to \(Figures.grouped(Int(lag.stable)))" : ""
    let place =
      lag.committed.map { "committed \(Figures.grouped(Int($0))) of \(end)" }
      ?? "nothing committed of \(end)"
    let seconds = lag.forSeconds.map { ", for \(Figures.delay($0))" } ?? ""
    let reason = lag.reason.map { ", \($0)" } ?? ""
    return "\(lag.topic) \(lag.partition): \(lag.state.word), \(place)\(stable)\(seconds)\(reason)"
  }
}
