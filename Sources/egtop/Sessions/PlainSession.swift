import Dashboard
import Decoding
import Glibc
import Model
import Report
import Settings
import System

/// The state without a screen: events in, lines out.
///
/// Ends at the end of a recording, and when nobody reads any more.
final class PlainSession: Session {
  /// Nanoseconds between two looks at what changed.
  private static let pace: Int64 = 250_000_000

  let loop: EventLoop
  let patience = pace
  private var teller: PlainTeller
  private let rings: Bool
  private var nextFrame: Int64?
  private var outputPlace = 0

  init(_ loop: EventLoop, _ terminal: TerminalSettings) {
    self.loop = loop
    teller = PlainTeller(summaryInterval: terminal.summaryInterval)
    rings = terminal.alert == .bell && isatty(STDOUT_FILENO) == 1
  }

  func run() throws {
    try loop.run(self)
  }

  func watch(_ poll: inout Poll, at now: Int64) { outputPlace = poll.add(STDOUT_FILENO, []) }

  func nextWake(after now: Int64) -> Int64? { nextFrame }

  func serve(_ poll: Poll) {
    if poll.readiness(of: outputPlace).contains(.failure) { loop.end() }
  }

  func followed(_ event: Event, since start: Int64) {
    if case .frame = event.kind { tell() }
    if nextFrame == nil { nextFrame = start + Self.pace }
  }

  func keepTime(at now: Int64) {
    if let problem = loop.recordings.takeFailure()?.problem { apply(.note(problem)) }
    nextFrame = now
  }

  func finishRound() {
    // A recording has frames of its own, so that the same one gives the same lines.
    guard loop.source.isLive else {
      nextFrame = nil
      if loop.source.nextEvent == nil { loop.end() }
      return
    }
    guard let due = nextFrame, monotonicNanoseconds() >= due else { return }
    nextFrame = nil
    apply(.frame)
    tell()
  }

  func carryOut(_ effect: Effect) {
    if case .call = effect, rings { writeText("\u{7}") }
  }

  private func tell() {
    for line in teller.lines(loop.state) { writeText(Scrub.text(line, limit: 1_000) + "\n") }
  }
}
