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
    try run(options) { loop in
      try ScreenSession(loop, on: opened, settings, keeper: keeper, log: log).run()
    }
    log.stray(opened.screen.takeStrayOutput())
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
    try run(options, looksBack: false) { try PlainSession($0, settings.terminal).run() }
  }

  /// Lets a session have what the feeds bring, and keeps it if it is to be kept.
  private func run(
    _ options: DashboardOptions,
    looksBack: Bool = true,
    _ session: (EventLoop) throws -> Void
  ) throws {
    let recordings = try Recordings(to: settings.run.recordFile, options)
    defer { recordings.close() }
    let memory = demo == nil ? try FleetMemory(settings, isKept: true) : nil
    let source = try LiveSource(settings, log: log, memory: memory, keepsLosses: demo == nil) {
      try demo?.start()
    }
    let begin = looksBack ? options : options.withoutPast
    try session(EventLoop(begin, source, signals, recordings: recordings))
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
