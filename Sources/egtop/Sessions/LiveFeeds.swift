import Curses
import Dashboard
import Decoding
import Settings
import System

/// The live feeds, shown on the screen or told of in lines.
struct LiveFeeds {
  private let settings: Settings
  private let options: DashboardOptions
  private let signals: SignalFD
  private let log: Log
  private let prepare: () throws -> Void

  /// - Parameters:
  ///   - settings: what to show, and how.
  ///   - options: how the state begins.
  ///   - signals: those that the session handles.
  ///   - log: where the feeds write.
  ///   - prepare: called once the first frame is on the screen, before the feeds start.
  init(
    _ settings: Settings,
    _ options: DashboardOptions,
    _ signals: SignalFD,
    _ log: Log,
    before prepare: @escaping () throws -> Void = {}
  ) {
    self.settings = settings
    self.options = options
    self.signals = signals
    self.log = log
    self.prepare = prepare
  }

  /// Runs until the operator quits, a signal ends the program, or nobody can see it any more.
  ///
  /// - Throws: whatever keeps the screen or the feeds from starting.
  func run() throws {
    try runSession(onScreen: show, orInLines: tell, settings.terminal)
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
    let source = LiveSource(settings, log: log, before: prepare)
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
    let recordings = try Recordings(to: settings.run.recordFile, options)
    defer { recordings.close() }
    let source = LiveSource(settings, log: log, before: prepare)
    let loop = EventLoop(options.withoutPast, source, signals, recordings: recordings)
    try PlainSession(loop, settings.terminal).run()
    source.stop()
  }
}

extension Log {
  /// Keeps what libraries wrote to standard error while the screen was open.
  fileprivate func stray(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    warning(
      "written to standard error",
      ["text": String(decoding: bytes.prefix(4_096), as: UTF8.self)]
    )
  }
}
