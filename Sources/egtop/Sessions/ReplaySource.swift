import Dashboard
import Model
import Report
import System

/// A recording, played at a multiple of its own speed.
final class ReplaySource: EventSource {
  private let reader: RecordingReader
  private let speed: Double
  private let began: Int64
  private var first: Stamp?
  private var last = Stamp(monotonic: 0, wall: 0)
  private var lastAt: Int64
  private var ahead: Event?
  private var hasToldEnd = false

  init(_ reader: RecordingReader, speed: Double) {
    self.reader = reader
    self.speed = speed
    began = monotonicNanoseconds()
    lastAt = began
    advance()
    last = ahead?.stamp ?? last
  }

  var nextEvent: Int64? { ahead.map { due($0) } ?? (hasToldEnd ? nil : 0) }

  /// The recording's time, going on from its last event; at its end it stands still.
  var stamp: Stamp {
    let passed = Double(monotonicNanoseconds() - lastAt) * speed
    let room = ahead.map { max(0, $0.stamp.monotonic &- last.monotonic) } ?? 0
    let step = min(Int64(min(passed, 9e17)), room)
    return Stamp(monotonic: last.monotonic &+ step, wall: last.wall &+ step)
  }

  func next(at now: Int64) -> Event? {
    if let damage = reader.takeDamage() { return Event(.note(damage), at: last) }
    guard let event = ahead else {
      if hasToldEnd { return nil }
      hasToldEnd = true
      return Event(.note("the recording ends here"), at: last)
    }
    guard due(event) <= now else { return nil }
    last = event.stamp
    lastAt = now
    advance()
    return event
  }

  private func due(_ event: Event) -> Int64 {
    let offset = Double(event.stamp.monotonic &- (first?.monotonic ?? 0)) / speed
    return began + Int64(min(max(0, offset), 9e17))
  }

  /// Reads on to the next event that is to be shown: keys, sizes and what was drawn in them are the
  /// present operator's.
  private func advance() {
    ahead = nil
    while let event = reader.next() {
      switch event.kind {
      case .key, .mouse, .resize, .drawn, .screen, .suspended, .resumed, .note, .theme, .recording:
        continue
      case .feed, .tick, .frame:
        if first == nil { first = event.stamp }
        ahead = event
        return
      }
    }
  }
}
