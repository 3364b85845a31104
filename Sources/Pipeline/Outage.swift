internal import System
internal import Wording

/// The time in which something that a stage needs does not work, so that its end is told as well as its beginning.
///
/// Used by one thread.
final class Outage {
  private var since: Int64?

  /// It does not work, and may not have for a while.
  func begin() { since = since ?? monotonicNanoseconds() }

  /// It works: how long it did not, in words; nil if it did before.
  func end() -> String? {
    guard let begin = since else { return nil }
    since = nil
    return Figures.about(Double(monotonicNanoseconds() - begin) / 1e9)
  }
}
