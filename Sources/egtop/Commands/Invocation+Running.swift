import Check
import Curses
import Dashboard
import Decoding
import Glibc
import LocalBrokers
import Model
import Report
import Settings
import System

extension Invocation {
  /// Carries it out, and returns the exit code.
  func run() throws -> Int32 {
    switch self {
    case .dashboard(let settings): try runDashboard(settings)
    case .once(let settings): return try runOnce(settings, .fleet)
    case .lag(let settings): return try runOnce(settings, .lag)
    case .check(let settings): return try runCheck(settings)
    case .discover(let settings): return try runDiscover(settings)
    case .initialize(let environment): return try runInit(environment: environment)
    case .demo(let settings): try runDemo(settings)
    case .replay(let file, let speed, let settings): try runReplay(file, speed: speed, settings)
    case .print(let text): writeText(text)
    }
    return 0
  }
}

/// Signals that a session handles itself; blocked before any thread starts, so that all inherit it.
let sessionSignals = [SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT]
/// Those of a command that leaves the terminal as it is.
private let endingSignals = [SIGTERM, SIGINT, SIGHUP]

/// The log that the settings ask for; without a file nothing is kept.
private func openLog(_ run: RunSettings) throws(SystemError) -> Log {
  guard let file = run.logFile else { return Log() }
  return try Log(to: .file(file), level: run.logLevel)
}

/// The screen on live feeds.
private func runDashboard(_ settings: Settings) throws {
  if let refusal = settings.kafka?.refusedProperty { throw refusal }
  let signals = try SignalFD(sessionSignals)
  try LiveFeeds(settings: settings, signals: signals, log: try openLog(settings.run)).run()
}

/// Brokers, a fleet and the whole pipeline of our own, and the screen on them.
private func runDemo(_ settings: Settings) throws {
  let signals = try SignalFD(sessionSignals)
  let log = try openLog(settings.run)
  let demo: Demo
  do { demo = try Demo(settings, log: log) } catch LocalMosquitto.Failure.interrupted { return }
  defer { demo.stop() }
  let settings = try demo.settings(settings)
  try LiveFeeds(settings: settings, signals: signals, log: log, demo: demo).run()
}

/// Walks each connection step by step.
private func runCheck(_ settings: Settings) throws -> Int32 {
  let signals = try SignalFD(endingSignals)
  ignoreBrokenPipes()
  let report = CheckReport { writeText($0 + "\n") }
  return check(settings, into: report, log: try openLog(settings.run), signals.descriptor)
}

/// One look without a screen, or one after the other.
private func runOnce(_ settings: Settings, _ subject: OnceSession.Subject) throws -> Int32 {
  if subject == .lag, settings.kafka == nil { return fail("lag needs --kafka") }
  if let refusal = settings.kafka?.refusedProperty { throw refusal }
  let signals = try SignalFD(endingSignals)
  ignoreBrokenPipes()
  let memory = try FleetMemory(settings, isKept: false)
  let source = try LiveSource(settings, log: openLog(settings.run), memory: memory)
  let options = DashboardOptions(settings, atWall: wallNanoseconds())
  let recordings = try Recordings(to: settings.run.recordFile, options)
  defer { recordings.close() }
  let loop = EventLoop(
    options.withoutPast,
    source,
    signals,
    recordings: recordings,
    tickInterval: EventLoop.second / 10
  )
  defer { source.stop() }
  return try OnceSession(loop, settings, of: subject).look()
}

/// Shows something on the screen, or in lines: where that is asked for, and where a screen cannot be.
func runSession(
  onScreen show: () throws -> Void,
  orInLines tell: () throws -> Void,
  _ terminal: TerminalSettings
) throws {
  ignoreBrokenPipes()
  if !terminal.isPlain {
    do {
      return try show()
    } catch let error as ScreenError {
      guard case .tooSimple = error else { throw error }
      writeText("egtop: \(error): lines instead, as with --plain\n", toError: true)
    }
  }
  try tell()
}
