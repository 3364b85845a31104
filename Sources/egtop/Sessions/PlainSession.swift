import Dashboard
import Decoding
import Glibc
import Model
import Report
import Settings
import System

/// Tells of the feeds in lines until a signal ends the program or nobody reads any more.
///
/// - Parameters:
///   - settings: what to tell of.
///   - options: how the state begins.
///   - signals: those that end it.
///   - log: where the feeds write.
///   - prepare: called before the feeds start.
/// - Throws: whatever keeps the feeds from starting.
func tellFeeds(
  _ settings: Settings,
  _ options: DashboardOptions,
  _ signals: SignalFD,
  _ log: Log,
  before prepare: @escaping () throws -> Void
) throws {
  ignoreBrokenPipes()
  let recorder = try settings.run.recordFile.map { path throws(SystemError) in
    try EventRecorder(path: path, options: options)
  }
  defer { recorder?.close() }
  let source = LiveSource {
    try prepare()
    return try FeedSet(settings, log: log)
  }
  try PlainLoop(options, settings, source: source, recorder: recorder).run(signals)
  source.stop()
}

/// Tells in lines what a recording holds, up to its end.
func tellReplay(
  _ reader: RecordingReader,
  _ options: DashboardOptions,
  speed: Double,
  _ settings: Settings,
  _ signals: SignalFD
) throws {
  ignoreBrokenPipes()
  // Speed 0 is as fast as it goes.
  let source = ReplaySource(reader, speed: speed > 0 ? speed : 1e9)
  try PlainLoop(options, settings, source: source, recorder: nil).run(signals)
}

/// The state without a screen: events in, lines out.
final class PlainLoop {
  /// Nanoseconds between two looks at what changed.
  private static let pace: Int64 = 250_000_000

  private var state: DashboardState
  private var teller: PlainTeller
  private let source: any EventSource
  private let recorder: EventRecorder?
  private let rings: Bool
  private var reportedFailure = false
  private var nextTick: Int64 = 0
  private var nextFrame: Int64?
  private var isDone = false

  init(
    _ options: DashboardOptions,
    _ settings: Settings,
    source: any EventSource,
    recorder: EventRecorder?,
  ) {
    state = DashboardState(options.withoutPast)
    teller = PlainTeller(summaryInterval: settings.terminal.summaryInterval)
    self.source = source
    self.recorder = recorder
    rings = settings.terminal.alert == .bell && isatty(STDOUT_FILENO) == 1
  }

  /// Runs until a signal, the end of the recording, or nobody reads any more.
  func run(_ signals: SignalFD) throws {
    try source.begin()
    var poll = Poll()
    while !isDone {
      let now = monotonicNanoseconds()
      poll.removeAll()
      let signalPlace = poll.add(signals.descriptor, .read)
      let outputPlace = poll.add(STDOUT_FILENO, [])
      if let descriptor = source.descriptor { poll.add(descriptor, .read) }
      let wake = [nextTick, nextFrame, source.nextEvent].compactMap { $0 }.min() ?? nextTick
      _ = try poll.wait(timeoutNanoseconds: max(0, wake - now))
      if poll.readiness(of: signalPlace).contains(.read) { takeSignals(signals) }
      if poll.readiness(of: outputPlace).contains(.failure) { return }
      source.drain()
      takeEvents()
      keepTime()
    }
  }

  private func takeSignals(_ signals: SignalFD) {
    while let signal = signals.next() {
      switch signal {
      case SIGWINCH, SIGCONT: break
      case SIGTSTP: stopUntilContinued()
      default: isDone = true
      }
    }
  }

  private func takeEvents() {
    let now = monotonicNanoseconds()
    while let event = source.next(at: now) {
      apply(event)
      if case .frame = event.kind { tell() }
      if nextFrame == nil { nextFrame = now + Self.pace }
      if monotonicNanoseconds() - now > Self.pace { break }
    }
  }

  private func keepTime() {
    let now = monotonicNanoseconds()
    if now >= nextTick {
      nextTick = now + 1_000_000_000
      if source.isLive { apply(Event(.tick, at: source.stamp)) }
      noteFailure()
      nextFrame = now
    }
    // A recording has frames of its own, so that the same one gives the same lines.
    if source.isLive, let due = nextFrame, now >= due {
      nextFrame = nil
      apply(Event(.frame, at: source.stamp))
      tell()
    }
    if !source.isLive {
      nextFrame = nil
      if source.nextEvent == nil { isDone = true }
    }
  }

  private func noteFailure() {
    guard !reportedFailure, let failure = recorder?.failure else { return }
    reportedFailure = true
    apply(Event(.note("the recording ended: \(failure)"), at: source.stamp))
  }

  private func apply(_ event: Event) {
    recorder?.add(event)
    for case .call in state.apply(event) where rings { writeText("\u{7}") }
  }

  private func tell() {
    for line in teller.lines(state) { writeText(Scrub.text(line, limit: 1_000) + "\n") }
  }
}
