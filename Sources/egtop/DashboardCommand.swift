import Dashboard
import Decoding
import Glibc
import Model
import Panes
import Report
import Curses
import Settings
import System
import Terminal

/// Signals that the run loop reads itself; blocked before any thread starts, so that all inherit it.
private let handledSignals = [SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT]

/// Carries out `egtop`, the screen on live feeds, and returns the exit code.
func runDashboard(_ settings: Settings) -> Int32 {
  if let refusal = settings.kafka?.refusedProperty { return fail("\(refusal)") }
  do {
    let signals = try SignalFD(handledSignals)
    let log = try openLog(settings.run)
    try watchFeeds(settings, DashboardOptions(settings, atWall: wallNanoseconds()), signals, log)
    return 0
  } catch {
    return fail("\(error)")
  }
}

/// Carries out `egtop demo`: brokers, a fleet and the whole pipeline of our own, and the screen on them.
func runDemo(_ plan: DemoPlan, _ settings: Settings) -> Int32 {
  do {
    let signals = try SignalFD(handledSignals)
    let log = try openLog(settings.run)
    let demo = try Demo(plan, log: log)
    defer { demo.stop() }
    let settings = try demo.settings(settings)
    var options = DashboardOptions(settings, atWall: wallNanoseconds())
    options.demo = demo.notes
    try watchFeeds(settings, options, signals, log, before: demo.start)
    return 0
  } catch {
    return fail("\(error)")
  }
}

/// Shows the feeds, or tells of them in lines: where that is asked for, and where a screen cannot be.
private func watchFeeds(
  _ settings: Settings,
  _ options: DashboardOptions,
  _ signals: SignalFD,
  _ log: Log,
  before prepare: @escaping () throws -> Void = {}
) throws {
  if !settings.terminal.isPlain {
    do {
      return try showFeeds(settings, options, signals, log, before: prepare)
    } catch let error as ScreenError {
      guard case .tooSimple = error else { throw error }
      tellTooSimple(error)
    }
  }
  try tellFeeds(settings, options, signals, log, before: prepare)
}

/// Shows the feeds until the operator quits, a signal ends the program, or the terminal is gone.
///
/// - Parameters:
///   - settings: what to show, and how.
///   - options: how the state begins.
///   - signals: those that the loop reads.
///   - log: where the feeds write.
///   - prepare: called once the first frame is on the screen, before the feeds start.
/// - Throws: whatever keeps the screen or the feeds from starting.
private func showFeeds(
  _ settings: Settings,
  _ options: DashboardOptions,
  _ signals: SignalFD,
  _ log: Log,
  before prepare: @escaping () throws -> Void = {}
) throws {
  ignoreBrokenPipes()
  var options = options
  let keeper = try ViewKeeper.taking(up: settings, into: &options)
  defer { keeper?.close() }
  let (screen, themes) = try openScreen(settings, chosen: options.remembered?.theme)
  defer { screen.close() }
  options.notes += screen.degradations
  options.begin(with: themes)
  options.runValues = runValues(settings, isKept: keeper != nil)
  options.recordingFile = settings.run.recordFile.map { Scrub.text($0) }
  let recordings = Recordings(
    try settings.run.recordFile.map { path throws(SystemError) in
      try EventRecorder(path: path, options: options)
    }
  )
  let exporter = try Exporter(home: Environment.current()["HOME"])
  defer {
    recordings.close()
    exporter.close()
  }
  let source = LiveSource {
    try prepare()
    return try FeedSet(settings, log: log)
  }
  let loop = RunLoop(
    state: DashboardState(options),
    screen: screen,
    signals: signals,
    source: source,
    themes: themes,
    recordings: recordings,
    keeper: keeper,
    exporter: exporter,
    link: ScreenLink(.current(), isLow: settings.terminal.isLow),
    log: log,
    framesPerSecond: settings.screen.framesPerSecond
  )
  try loop.run()
  if loop.leavesFrame { screen.closeLeavingFrame() } else { screen.close() }
  screen.tellStandIn()
  log.stray(screen.takeStrayOutput())
  source.stop()
}

/// What `:set` can change of the run loop's own, and how it stands.
private func runValues(_ settings: Settings, isKept: Bool) -> [String: String] {
  var values = [
    "alert": settings.terminal.alert.rawValue, "fps": String(settings.screen.framesPerSecond),
  ]
  if isKept { values["remember"] = "on" }
  return values
}

/// Carries out `egtop replay`, the screen on a recording, and returns the exit code.
func runReplay(_ path: String, speed: Double, _ settings: Settings) -> Int32 {
  do {
    let reader = try RecordingReader(path: path)
    var options = replayOptions(reader.options, settings, path: path, speed: speed)
    let signals = try SignalFD(handledSignals)
    if settings.terminal.isPlain {
      try tellReplay(reader, options, speed: speed, settings, signals)
      return 0
    }
    ignoreBrokenPipes()
    let screen: CursesScreen
    let themes: ThemeChooser
    do {
      (screen, themes) = try openScreen(settings, chosen: reader.options.theme)
    } catch let error as ScreenError {
      guard case .tooSimple = error else { throw error }
      tellTooSimple(error)
      try tellReplay(reader, options, speed: speed, settings, signals)
      return 0
    }
    defer { screen.close() }
    let recorded = options.themes
    options.begin(with: themes)
    options.runValues = ["fps": String(settings.screen.framesPerSecond)]
    if speed == 0 {
      options.runValues = reader.options.runValues
      options.themes = recorded
      options.historyMemory = reader.options.historyMemory
      try playExactly(reader, options, on: screen, themes, signals)
      return 0
    }
    let exporter = try Exporter(home: Environment.current()["HOME"])
    defer { exporter.close() }
    let loop = RunLoop(
      state: DashboardState(options),
      screen: screen,
      signals: signals,
      source: ReplaySource(reader, speed: speed),
      themes: themes,
      recordings: Recordings(),
      keeper: nil,
      exporter: exporter,
      link: ScreenLink(.current(), isLow: settings.terminal.isLow),
      log: Log(),
      framesPerSecond: settings.screen.framesPerSecond
    )
    try loop.run()
    if loop.leavesFrame { screen.closeLeavingFrame() } else { screen.close() }
    screen.tellStandIn()
    return 0
  } catch {
    return fail("\(error)")
  }
}

/// The recording's options, with what the present operator chose to see.
private func replayOptions(
  _ recorded: DashboardOptions,
  _ settings: Settings,
  path: String,
  speed: Double
) -> DashboardOptions {
  var options = recorded
  let chosen = DashboardOptions(settings, atWall: wallNanoseconds())
  if !chosen.regions.isEmpty { options.regions = chosen.regions }
  if !chosen.filter.isEmpty { options.filter = chosen.filter }
  if speed > 0 { options.usesMouse = chosen.usesMouse }
  if settings.screen.sortColumn != nil { options.sort = chosen.sort }
  options.hiddenColumns = chosen.hiddenColumns ?? options.hiddenColumns
  options.isGrouped = chosen.isGrouped ?? options.isGrouped
  options.view = chosen.view ?? options.view
  // The present operator's keys are pressed, but where those of the recording are played.
  if speed > 0 { (options.keys, options.recordingFile) = (chosen.keys, nil) }
  options.historyMemory = chosen.historyMemory
  options.replayed = path.split(separator: "/").last.map { Scrub.text(String($0)) } ?? ""
  return options
}

/// Plays every event of a recording, keys included, and sends every frame whole; ends at its end.
///
/// The same recording gives the same bytes on a terminal of the same size and kind.
private func playExactly(
  _ reader: RecordingReader,
  _ options: DashboardOptions,
  on screen: CursesScreen,
  _ themes: ThemeChooser,
  _ signals: SignalFD
) throws(SystemError) {
  var state = DashboardState(options)
  var poll = Poll()
  while let event = reader.next() {
    var event = event
    switch event.kind {
    case .resize: event.kind = .resize(width: screen.size.width, height: screen.size.height)
    // What is drawn on this screen counts instead.
    case .drawn: continue
    default: break
    }
    for case .useTheme(let name) in state.apply(event) {
      if let theme = themes.use(name) { screen.setTheme(theme) }
    }
    guard case .frame = event.kind else { continue }
    var canvas = Canvas(width: state.width, height: state.height)
    let drawing = drawDashboard(state, glyphs: screen.glyphs, on: &canvas)
    _ = state.apply(Event(.drawn(drawing.extents), at: event.stamp))
    screen.show(canvas)
    while screen.wantsWrite {
      poll.removeAll()
      let place = poll.add(signals.descriptor, .read)
      _ = poll.add(screen.descriptor, .write)
      _ = try poll.wait(timeoutNanoseconds: nil)
      if poll.readiness(of: place).contains(.read) || screen.isHungUp { return }
      screen.flush()
    }
  }
}

extension CursesScreen {
  /// Says, once the screen is closed, which type of terminal stood in for one that is not known.
  fileprivate func tellStandIn() {
    guard let standIn, !isHungUp else { return }
    writeText("egtop: \(standIn)\n", toError: true)
  }
}

/// Says on standard error that lines take the place of the screen, which the terminal is too simple for.
private func tellTooSimple(_ error: ScreenError) {
  writeText("egtop: \(error): lines instead, as with --plain\n", toError: true)
}

/// Says on standard error why the program cannot go on, and returns the exit code.
func fail(_ reason: String, code: Int32 = 2) -> Int32 {
  writeText("egtop: \(reason)\n", toError: true)
  return code
}

/// The log that the settings ask for; without a file nothing is kept.
func openLog(_ run: RunSettings) throws(SystemError) -> Log {
  guard let file = run.logFile else { return Log() }
  return try Log(to: .file(file), level: run.logLevel)
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
