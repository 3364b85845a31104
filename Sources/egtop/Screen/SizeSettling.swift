/// A size of the terminal that still changes, as while a window is dragged: waited for, but not for long.
struct SizeSettling {
  /// After so long without another change it has settled, in nanoseconds.
  private static let rest: Int64 = 50_000_000
  /// After so long it is asked for all the same.
  private static let patience: Int64 = 200_000_000

  /// When to ask for the size; nil while it rests.
  private(set) var due: Int64?
  private var limit: Int64 = .max

  /// A signal told that the size has changed.
  mutating func change(at now: Int64) {
    if due == nil { limit = now &+ Self.patience }
    due = min(now &+ Self.rest, limit)
  }

  func isDue(at now: Int64) -> Bool { due.map { $0 <= now } ?? false }

  /// The size was asked for.
  mutating func stopWaiting() { due = nil }
}
