import Dashboard
import Glibc
import Model
import Panes
import Recording
import Report
import Screen
import System
import Terminal

/// The main thread: it alone has the state, the screen and ncurses.
///
/// One poll waits for keys, signals, data and the clock; keys come first, then data for a few
/// milliseconds, then a frame if one is due.
final class RunLoop {
  /// How long data may be applied before keys are looked at again, in nanoseconds.
  private static let patience: Int64 = 4_000_000
  private static let second: Int64 = 1_000_000_000

  private var state: DashboardState
  private let screen: CursesScreen
  private let signals: SignalFD
  private let source: any EventSource
  private let themes: ThemeChooser
  private let recorder: EventRecorder?
  private let keeper: ViewKeeper?
  private var pacer: FramePacer
  private var nextTick: Int64 = 0
  /// Before this the data that has come is left in the mailbox.
  private var nextTake: Int64 = 0
  private var isSuspended = false
  private var isDone = false
  /// Whether the operator wants to keep what the screen shows.
  private(set) var leavesFrame = false
  private var blockedSince: Int64?
  private var reportedFailure = false
  private var reportedKeeping = false

  init(
    state: DashboardState,
    screen: CursesScreen,
    signals: SignalFD,
    source: any EventSource,
    themes: ThemeChooser,
    recorder: EventRecorder?,
    keeper: ViewKeeper?,
    framesPerSecond: Int
  ) {
    self.state = state
    self.screen = screen
    self.signals = signals
    self.source = source
    self.themes = themes
    self.recorder = recorder
    self.keeper = keeper
    pacer = FramePacer(framesPerSecond: framesPerSecond)
  }

  /// Runs until the operator quits, a signal ends the program, or the terminal is gone.
  func run() throws {
    apply(.resize(width: screen.size.width, height: screen.size.height))
    if source.isLive, let reminder = state.reminder { apply(.note(reminder)) }
    if themes.problem != nil { apply(.theme(themes.report())) }
    draw(at: monotonicNanoseconds())
    try source.begin()
    var poll = Poll()
    while !isDone {
      let now = monotonicNanoseconds()
      poll.removeAll()
      let signalPlace = poll.add(signals.descriptor, .read)
      // Data that streams in is taken fifty times a second: a wake for each message is for nobody.
      let sourcePlace = now < nextTake ? nil : source.descriptor.map { poll.add($0, .read) }
      let keyPlace = isSuspended ? nil : poll.add(screen.descriptor, keyInterest)
      _ = try poll.wait(timeoutNanoseconds: max(0, nextWake(after: now) - now))
      if poll.readiness(of: signalPlace).contains(.read) { takeSignals() }
      if let keyPlace { serveTerminal(poll.readiness(of: keyPlace)) }
      if let sourcePlace, !poll.readiness(of: sourcePlace).isEmpty {
        source.drain()
        nextTake = now + Self.second / 50
      }
      takeEvents()
      keepTime()
      let later = monotonicNanoseconds()
      if pacer.isDue(at: later), !isSuspended { draw(at: later) }
    }
  }

  private var keyInterest: Poll.Readiness { screen.wantsWrite ? [.read, .write] : .read }

  /// When something is to be done though nothing comes.
  private func nextWake(after now: Int64) -> Int64 {
    let wakes = [
      nextTick, isSuspended ? nil : pacer.due, screen.inputDeadline, source.nextEvent,
      now < nextTake ? nextTake : nil,
    ].compactMap { $0 }
    return wakes.min() ?? nextTick
  }

  private func serveTerminal(_ readiness: Poll.Readiness) {
    if readiness.contains(.write) { screen.flush() }
    let input = screen.readKeys()
    for key in input.keys where !isDone {
      apply(.key(key))
      pacer.ask(.key, at: monotonicNanoseconds())
    }
    if input.isHungUp || screen.isHungUp { isDone = true }
  }

  /// Applies what came in, but no longer than ``patience``; the rest waits for the next round.
  private func takeEvents() {
    let start = monotonicNanoseconds()
    while let event = source.next(at: monotonicNanoseconds()) {
      if case .frame = event.kind { pacer.ask(.values, at: start) }
      apply(event)
      pacer.ask(event.isUrgent ? .event : .values, at: start)
      if monotonicNanoseconds() - start > Self.patience { return }
    }
  }

  private func keepTime() {
    let now = monotonicNanoseconds()
    guard now >= nextTick else { return }
    nextTick = now + Self.second
    // Some hops lose the signal of a new size.
    takeSize()
    if isSuspended { resume() }
    if source.isLive { apply(.tick) }
    lookAtTheme()
    if !reportedFailure, let failure = recorder?.failure {
      reportedFailure = true
      apply(.note("the recording ended: \(failure)"))
    }
    if !reportedKeeping, let failure = keeper?.failure {
      reportedKeeping = true
      apply(.note("the view is not kept: \(failure)"))
    }
    pacer.ask(.values, at: now)
  }

  private func lookAtTheme() {
    let (hasChanged, theme) = themes.look()
    guard hasChanged else { return }
    if let theme { screen.setTheme(theme) }
    apply(.theme(themes.report(isReread: theme != nil)))
  }

  private func takeSignals() {
    while let signal = signals.next() {
      switch signal {
      case SIGWINCH: takeSize()
      case SIGTSTP: suspend()
      case SIGCONT: resume()
      default: isDone = true
      }
    }
  }

  private func takeSize() {
    guard !isSuspended, screen.updateSize() else { return }
    apply(.resize(width: screen.size.width, height: screen.size.height))
    pacer.ask(.key, at: monotonicNanoseconds())
  }

  private func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    screen.suspend()
    stopUntilContinued()
    resume()
  }

  private func resume() {
    guard isSuspended, screen.resume() else { return }
    isSuspended = false
    apply(.resize(width: screen.size.width, height: screen.size.height))
    apply(.resumed)
    pacer.ask(.key, at: monotonicNanoseconds())
  }

  private func apply(_ kind: Event.Kind) { apply(Event(kind, at: source.stamp)) }

  private func apply(_ event: Event) {
    recorder?.add(event)
    for effect in state.apply(event) {
      switch effect {
      case .quit: isDone = true
      case .suspend: suspend()
      case .redraw: screen.redraw()
      case .reconnect: source.reconnect()
      case .remember(let view): keeper?.keep(view)
      case .listThemes:
        themes.list()
        apply(.theme(themes.report()))
      case .useTheme(let name):
        if let theme = themes.use(name) { screen.setTheme(theme) }
        apply(.theme(themes.report()))
      case .quitLeavingFrame:
        leavesFrame = true
        isDone = true
      case .watch(let generator): source.watch(generator)
      case .copy(let text): copy(text)
      case .copyRecord(let generator): copy(try? generatorJSON(generator, of: state))
      case .call(let text, let isSeen): screen.call(text, isSeen: isSeen)
      }
    }
  }

  private func copy(_ text: String?) {
    guard let text, screen.copy(text) else {
      return apply(.note("this terminal has no clipboard that can be reached"))
    }
  }

  private func draw(at now: Int64) {
    blockedSince = screen.wantsWrite ? blockedSince ?? now : nil
    let figures = ScreenFigures(screen.figures, blockedSince: blockedSince)
    if figures != state.fleet.traffic.screen { apply(.screen(figures)) }
    apply(.frame)
    var canvas = Canvas(width: state.width, height: state.height)
    drawDashboard(state, glyphs: screen.glyphs, on: &canvas)
    screen.title = state.title
    screen.marksPaste = state.takesPaste
    screen.show(canvas)
    pacer.drew(at: now)
  }
}

extension Event {
  /// Whether it should be on the screen sooner than mere values.
  fileprivate var isUrgent: Bool {
    switch kind {
    case .feed(.presence), .feed(.status), .resize: true
    default: false
    }
  }
}

extension Model.ScreenFigures {
  fileprivate init(_ figures: Screen.ScreenFigures, blockedSince: Int64?) {
    self.init()
    frames = figures.frames
    frameBytes = figures.lastFrameBytes
    totalBytes = figures.totalBytes
    folded = figures.skippedFrames
    unsentBytes = figures.pendingBytes
    self.blockedSince = blockedSince
  }
}
