import Curses
import Dashboard
import Decoding
import Settings
import System

/// The live feeds, shown on the screen or told of in lines.
struct LiveFeeds {
  /// What to show, and how.
  let settings: Settings
  /// Those that the session handles.
  let signals: SignalFD
  /// Where the feeds write.
  let log: Log
  /// Started once the first frame is on the screen, before the feeds start.
  var demo: Demo?

  /// Runs until the operator quits, a signal ends the program, or nobody can see it any more.
  ///
  /// - Throws: whatever keeps the screen or the feeds from starting.
  func run() throws {
    try runSession(onScreen: show, orInLines: tell, settings.terminal)
  }

  /// How the state begins.
  private var options: DashboardOptions {
    var options = DashboardOptions(settings, atWall: wallNanoseconds())
    options.demo = demo?.notes
    return options
  }

  /// The feeds, once they have begun.
  private var source: LiveSource {
    LiveSource(settings, log: log) { try demo?.start() }
  }

  private func show() throws {
    var options = options
    let keeper = try ViewKeeper.taking(up: settings, into: &options)
    defer { keeper?.close() }
    let opened = try openScreen(settings, chosen: options.choices.theme)
    defer { opened.screen.close() }
    options.notes += opened.screen.degradations
    options.begin(with: opened.themes)
    options.runValues = runValues(isKept: keeper != nil)
    options.recordingFile = settings.run.recordFile.map { Scrub.text($0) }
    let recordings = try Recordings(to: settings.run.recordFile, options)
    defer { recordings.close() }
    let source = source
    let loop = EventLoop(options, source, signals, recordings: recordings)
    try ScreenSession(loop, on: opened, settings, keeper: keeper, log: log).run()
    log.stray(opened.screen.takeStrayOutput())
    source.stop()
  }

  /// What `:set` can change of the session's own, and how it stands.
  private func runValues(isKept: Bool) -> [String: String] {
    var values = [
      "alert": settings.terminal.alert.rawValue, "fps": String(settings.screen.framesPerSecond),
    ]
    if isKept { values["remember"] = "on" }
    return values
  }

  private func tell() throws {
    let (options, source) = (options, source)
    let recordings = try Recordings(to: settings.run.recordFile, options)
    defer { recordings.close() }
    let loop = EventLoop(options.withoutPast, source, signals, recordings: recordings)
    try PlainSession(loop, settings.terminal).run()
    source.stop()
  }
}

extension Log {
  /// Keeps what libraries wrote to standard error while the screen was open.
  fileprivate func stray(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let text = String(decoding: bytes.prefix(4_096), as: UTF8.self)
    warning("written to standard error", ["text": text])
  }
}
