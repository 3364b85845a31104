import Curses
import Dashboard
import Glibc
import Model
import Panes
import Settings
import System
import Terminal

/// The state on the terminal: events and keys in, frames out.
///
/// It alone has the screen and ncurses. Keys come first, then data for a few milliseconds, then a frame if one is due.
final class ScreenSession: Session {
  let loop: EventLoop
  let patience: Int64 = 4_000_000

  let screen: CursesScreen
  let themes: ThemeChooser
  let exporter: Exporter
  /// Keeps what the operator chose; nil if nothing is to be remembered.
  let keeper: ViewKeeper?
  var keepsView = true
  private var hasReportedKeeping = false
  /// Whether the operator wants to keep what the screen shows.
  var leavesFrame = false
  var isSuspended = false
  /// Where the state's own log goes too.
  private let log: Log
  /// How many of its entries are there.
  private var loggedEntries = 0

  var pacer: FramePacer
  /// What can be clicked in the newest frame.
  var spots: [Spot] = []
  var settling = SizeSettling()
  var link: ScreenLink
  var isLow = false
  var blockedSince: Int64?
  /// Whether a frame waits for the terminal to take the one before.
  var owesFrame = false
  /// Before this it is of no use to ask whether the terminal takes more.
  var nextFlush: Int64 = 0
  var lastDraw: Int64 = .min / 2
  /// How much was sent, and since when it is no more than that.
  var quiet: (bytes: Int, since: Int64) = (0, 0)

  private var keyPlace: Int?
  private var exportPlace = 0

  /// - Parameters:
  ///   - loop: what brings the events.
  ///   - opened: the screen, and what chooses its theme.
  ///   - settings: how the screen is to be.
  ///   - keeper: keeps what the operator chose.
  ///   - log: where the state's own log goes too.
  /// - Throws: `SystemError` when there is no descriptor left.
  init(
    _ loop: EventLoop,
    on opened: OpenScreen,
    _ settings: Settings,
    keeper: ViewKeeper? = nil,
    log: Log = Log()
  ) throws(SystemError) {
    let environment = Environment.current()
    self.loop = loop
    (screen, themes) = opened
    self.keeper = keeper
    self.log = log
    exporter = try Exporter(home: environment["HOME"])
    link = ScreenLink(environment, isLow: settings.terminal.isLow)
    pacer = FramePacer(framesPerSecond: settings.screen.framesPerSecond)
  }

  /// Runs until the operator quits, a signal ends the program, or the terminal is gone; then the screen is closed.
  func run() throws {
    defer { exporter.close() }
    screen.reportsMouse = loop.state.usesMouse
    isLow = link.isLow
    if isLow { screen.limitColors(true) }
    applySize()
    if loop.source.isLive, let reminder = loop.state.options.reminder { apply(.note(reminder)) }
    if themes.problem != nil { apply(.theme(themes.report())) }
    draw(at: monotonicNanoseconds())
    try loop.run(self)
    if leavesFrame { screen.closeLeavingFrame() } else { screen.close() }
    screen.tellStandIn()
  }

  // MARK: - A round

  func watch(_ poll: inout Poll, at now: Int64) {
    exportPlace = poll.add(exporter.descriptor, .read)
    keyPlace = isSuspended ? nil : poll.add(screen.descriptor, keyInterest(at: now))
  }

  func nextWake(after now: Int64) -> Int64? {
    [
      isSuspended ? nil : pacer.due, screen.inputDeadline, isSuspended ? nil : link.nextLook,
      screen.wantsWrite && now < nextFlush ? nextFlush : nil, settling.due,
    ].compactMap { $0 }.min()
  }

  func serve(_ poll: Poll) {
    if let keyPlace { serveTerminal(poll.readiness(of: keyPlace)) }
    if poll.readiness(of: exportPlace).contains(.read) { tellExports() }
  }

  private func serveTerminal(_ readiness: Poll.Readiness) {
    if readiness.contains(.write) { flush() }
    let input = screen.readKeys()
    for key in input.keys where !loop.isDone {
      if case .mouse(let report) = key {
        let target = spots.target(x: report.x, y: report.y)
        apply(.mouse(Pointing(report, on: target)))
      } else {
        apply(.key(key))
      }
      pacer.ask(.key, at: monotonicNanoseconds())
    }
    if input.isHungUp || screen.isHungUp { loop.end() }
  }

  private func tellExports() {
    for result in exporter.takeResults() { apply(.note(result)) }
    pacer.ask(.key, at: monotonicNanoseconds())
  }

  func followed(_ event: Event, since start: Int64) {
    pacer.ask(event.isUrgent ? .event : .values, at: start)
  }

  func keepTime(at now: Int64) {
    // Some hops lose the signal of a new size.
    followSize()
    if isSuspended { resume() }
    breakSilence(at: now)
    followThemeFile()
    if let report = loop.recordings.takeFailure() { apply(.recording(report)) }
    if !hasReportedKeeping, let failure = keeper?.failure {
      hasReportedKeeping = true
      apply(.note("the view is not remembered: \(failure)"))
    }
    if let problem = (loop.source as? LiveSource)?.memory?.takeProblem() {
      apply(.note("the fleet is not remembered: \(problem)"))
    }
    pacer.ask(.values, at: now)
  }

  func finishRound() {
    keepLog()
    let now = monotonicNanoseconds()
    if settling.isDue(at: now) { followSize() }
    watchLink(at: now)
    if pacer.isDue(at: now), !isSuspended { drawUnlessBlocked(at: now) }
  }

  // MARK: - Signals

  func handle(signal: Int32) {
    switch signal {
    case SIGWINCH: settling.change(at: monotonicNanoseconds())
    case SIGTSTP: suspend()
    case SIGCONT: resume()
    case SIGHUP:
      screen.abandon()
      loop.end(bySignal: true)
    default: loop.end(bySignal: true)
    }
  }

  /// Hands the terminal to the shell, and returns when the job is continued.
  func suspend() {
    guard !isSuspended else { return }
    isSuspended = true
    apply(.suspended)
    screen.suspend()
    stopUntilContinued()
    resume()
  }

  /// Takes the terminal back, unless the job is still in the background.
  func resume() {
    guard isSuspended, screen.resume() else { return }
    isSuspended = false
    applySize()
    apply(.resumed)
    pacer.ask(.key, at: monotonicNanoseconds())
  }

  /// Asks the terminal for its size, and tells it if it has changed.
  func followSize() {
    settling.stopWaiting()
    guard !isSuspended, screen.updateSize() else { return }
    applySize()
    pacer.ask(.key, at: monotonicNanoseconds())
  }

  func applySize() {
    apply(.resize(width: screen.size.width, height: screen.size.height))
  }

  // MARK: - Files

  private func followThemeFile() {
    let (hasChanged, theme) = themes.look()
    guard hasChanged else { return }
    if let theme { screen.setTheme(theme) }
    apply(.theme(themes.report(isReread: theme != nil)))
  }

  private func keepLog() {
    guard loop.state.log.total != loggedEntries else { return }
    for entry in loop.state.log.entries(from: loggedEntries) {
      log.write(entry.level.logLevel, "told on the screen") {
        ["source": entry.source, "text": entry.text]
      }
    }
    loggedEntries = loop.state.log.total
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
