/// When the next frame is due: at once after a key, soon after an event, else at a steady pace.
struct FramePacer {
  /// Nanoseconds between frames that only new values ask for.
  private var interval: Int64
  /// What an event of some weight (a last will, a feed's end) waits at most.
  private let soon: Int64 = 50_000_000
  private var last: Int64 = .min / 2
  private(set) var due: Int64?

  init(framesPerSecond: Int) {
    interval = Self.interval(framesPerSecond)
  }

  private static func interval(_ framesPerSecond: Int) -> Int64 {
    1_000_000_000 / Int64(max(1, framesPerSecond))
  }

  /// Changes the pace, from the next frame on.
  mutating func setPace(framesPerSecond: Int) { interval = Self.interval(framesPerSecond) }

  enum Urgency {
    case key, event, values
  }

  mutating func ask(_ urgency: Urgency, at now: Int64) {
    let wanted =
      switch urgency {
      case .key: now
      case .event: max(now, last + min(soon, interval))
      case .values: max(now, last + interval)
      }
    due = min(due ?? .max, wanted)
  }

  func isDue(at now: Int64) -> Bool { due.map { $0 <= now } ?? false }

  mutating func drew(at now: Int64) {
    last = now
    due = nil
  }
}
