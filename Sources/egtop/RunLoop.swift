import Dashboard
import Glibc
import Model
import Panes
import Report
import Curses
import System
import Terminal

/// The main thread: it alone has the state, the screen and ncurses.
///
/// One poll waits for keys, signals, data and the clock; keys come first, then data for a few
/// milliseconds, then a frame if one is due.
final class RunLoop {
  /// How long data may be applied before keys are looked at again, in nanoseconds.
  private static let patience: Int64 = 4_000_000
  static let second: Int64 = 1_000_000_000

  var state: DashboardState
  let screen: CursesScreen
  private let signals: SignalFD
  private let source: any EventSource
  private let themes: ThemeChooser
  private let recordings: Recordings
  private let keeper: ViewKeeper?
  private let exporter: Exporter
  private var keepsView = true
  /// Where the state's own log goes too.
  private let log: Log
  /// How many of its entries are there.
  private var loggedEntries = 0
  var pacer: FramePacer
  /// What can be clicked in the newest frame.
  var spots: [Spot] = []
  private var nextTick: Int64 = 0
  /// Before this the data that has come is left in the mailbox.
  private var nextTake: Int64 = 0
  var isSuspended = false
  private var isDone = false
  /// Whether the operator wants to keep what the screen shows.
  private(set) var leavesFrame = false
  var link: ScreenLink
  var blockedSince: Int64?
  /// Whether a frame waits for the terminal to take the one before.
  var owesFrame = false
  /// Before this it is of no use to ask whether the terminal takes more.
  var nextFlush: Int64 = 0
  var isLow = false
  var lastDraw: Int64 = .min / 2
  var settling = SizeSettling()
  /// How much was sent, and since when it is no more than that.
  var quiet: (bytes: Int, since: Int64) = (0, 0)
  private var reportedKeeping = false

  init(
    state: DashboardState,
    screen: CursesScreen,
    signals: SignalFD,
    source: any EventSource,
    themes: ThemeChooser,
    recordings: Recordings,
    keeper: ViewKeeper?,
    exporter: Exporter,
    link: ScreenLink,
    log: Log,
    framesPerSecond: Int
  ) {
    self.state = state
    self.screen = screen
    self.signals = signals
    self.source = source
    self.themes = themes
    self.recordings = recordings
    self.keeper = keeper
    self.exporter = exporter
    self.link = link
    self.log = log
    pacer = FramePacer(framesPerSecond: framesPerSecond)
  }

  /// Runs until the operator quits, a signal ends the program, or the terminal is gone.
  func run() throws {
    screen.reportsMouse = state.usesMouse
    isLow = link.isLow
    if isLow { screen.limitColors(true) }
    apply(.resize(width: screen.size.width, height: screen.size.height))
    if source.isLive, let reminder = state.options.reminder { apply(.note(reminder)) }
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
      let exportPlace = poll.add(exporter.descriptor, .read)
      let keyPlace = isSuspended ? nil : poll.add(screen.descriptor, keyInterest(at: now))
      _ = try poll.wait(timeoutNanoseconds: max(0, nextWake(after: now) - now))
      if poll.readiness(of: signalPlace).contains(.read) { takeSignals() }
      if let keyPlace { serveTerminal(poll.readiness(of: keyPlace)) }
      if poll.readiness(of: exportPlace).contains(.read) { tellExports() }
      if let sourcePlace, !poll.readiness(of: sourcePlace).isEmpty {
        source.drain()
        nextTake = now + Self.second / 50
      }
      takeEvents()
      keepTime()
      let later = monotonicNanoseconds()
      if settling.isDue(at: later) { takeSize() }
      watchLink(at: later)
      if pacer.isDue(at: later), !isSuspended { drawUnlessBlocked(at: later) }
    }
  }

  /// When something is to be done though nothing comes.
  private func nextWake(after now: Int64) -> Int64 {
    let wakes = [
      nextTick, isSuspended ? nil : pacer.due, screen.inputDeadline, source.nextEvent,
      now < nextTake ? nextTake : nil, isSuspended ? nil : link.nextLook,
      screen.wantsWrite && now < nextFlush ? nextFlush : nil, settling.due,
    ].compactMap { $0 }
    return wakes.min() ?? nextTick
  }

  private func serveTerminal(_ readiness: Poll.Readiness) {
    if readiness.contains(.write) { flush() }
    let input = screen.readKeys()
    for key in input.keys where !isDone {
      if case .mouse(let report) = key {
        let target = spots.target(x: report.x, y: report.y)
        apply(.mouse(Pointing(report, on: target)))
      } else {
        apply(.key(key))
      }
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
    breakSilence(at: now)
    if source.isLive { apply(.tick) }
    lookAtTheme()
    if let report = recordings.takeFailure() { apply(.recording(report)) }
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
      case SIGWINCH: settling.change(at: monotonicNanoseconds())
      case SIGTSTP: suspend()
      case SIGCONT: resume()
      case SIGHUP:
        screen.abandon()
        isDone = true
      default: isDone = true
      }
    }
  }

  private func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    apply(.suspended)
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

  func apply(_ kind: Event.Kind) { apply(Event(kind, at: source.stamp)) }

  private func apply(_ event: Event) {
    recordings.add(event)
    let effects = state.apply(event)
    keepLog()
    for effect in effects {
      switch effect {
      case .quit: isDone = true
      case .suspend: suspend()
      case .redraw: screen.redraw()
      case .reconnect: source.reconnect()
      case .remember(let view): if keepsView { keeper?.keep(view) }
      case .export(let order): exporter.write(state.forReport, order)
      case .record(let path): record(path)
      case .set(let name, let value): set(name, value)
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
      case .useMouse(let isWanted): screen.reportsMouse = isWanted
      case .call(let text, let isSeen): screen.call(text, isSeen: isSeen)
      }
    }
  }

  private func tellExports() {
    for result in exporter.takeResults() { apply(.note(result)) }
    pacer.ask(.key, at: monotonicNanoseconds())
  }

  /// Changes a setting of this loop's own.
  private func set(_ name: String, _ value: String) {
    switch name {
    case "fps": pacer.setPace(framesPerSecond: Int(value) ?? 5)
    case "alert": screen.setAlert(ScreenOptions.Alert(rawValue: value) ?? .auto)
    case "remember":
      keepsView = value == "on"
      if keepsView { keeper?.keep(state.choices) }
    default: break
    }
  }

  /// Begins to keep what comes in, after what has come in; without a path, ends that.
  private func record(_ path: String?) {
    guard let path else {
      apply(.recording(RecordingReport()))
      return recordings.end()
    }
    apply(.recording(recordings.begin(path, with: state)))
  }

  private func keepLog() {
    guard state.log.total != loggedEntries else { return }
    for entry in state.log.entries(from: loggedEntries) {
      log.write(entry.level.logLevel, "told on the screen") {
        ["source": entry.source, "text": entry.text]
      }
    }
    loggedEntries = state.log.total
  }

  private func copy(_ text: String?) {
    guard let text, screen.copy(text) else {
      return apply(.note("this terminal has no clipboard that can be reached"))
    }
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

extension ProgramLog.Level {
  fileprivate var logLevel: Log.Level {
    switch self {
    case .info, .notice: .info
    case .warning: .warning
    case .error: .error
    }
  }
}
