/// When the next frame is due: at once after a key, soon after an event, else at a steady pace.
struct FramePacer {
  /// Nanoseconds between frames that only new values ask for.
  private var interval: Int64
  /// What an event of some weight (a last will, a feed's end) waits at most.
  private let soon: Int64 = 50_000_000
  /// For a while after a key values move faster: somebody is looking.
  private let quick: Int64 = 100_000_000
  private let attention: Int64 = 2_000_000_000
  private let slow: Int64 = 1_000_000_000
  private var quickUntil: Int64 = .min
  private var last: Int64 = .min / 2
  private(set) var due: Int64?
  /// Whether the terminal does not take more than a frame a second.
  var isSlow = false

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

  /// The pace of values at a time.
  func pace(at now: Int64) -> Int64 {
    isSlow ? max(slow, interval) : now < quickUntil ? min(quick, interval) : interval
  }

  mutating func ask(_ urgency: Urgency, at now: Int64) {
    let pace = pace(at: now)
    let wanted: Int64
    switch urgency {
    case .key:
      quickUntil = now &+ attention
      wanted = now
    case .event: wanted = max(now, last + (isSlow ? pace : min(soon, pace)))
    case .values: wanted = max(now, last + pace)
    }
    due = min(due ?? .max, wanted)
  }

  func isDue(at now: Int64) -> Bool { due.map { $0 <= now } ?? false }

  mutating func drew(at now: Int64) {
    last = now
    due = nil
  }

  /// The terminal has not taken the frame before: this one waits for it, and is asked for when it has.
  mutating func skip(at now: Int64) {
    due = now &+ slow
  }
}
