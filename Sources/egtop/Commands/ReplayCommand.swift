import Curses
import Dashboard
import Decoding
import Report
import Settings
import System

/// The screen on a recording.
func runReplay(_ path: String, speed: Double, _ settings: Settings) throws {
  let reader = try RecordingReader(path: path)
  let options = reader.options.replayed(with: settings, path: path, isExact: speed == 0)
  let signals = try SignalFD(sessionSignals)
  try Replay(reader: reader, speed: speed, settings: settings, options: options, signals: signals)
    .run()
}

/// A recording, shown on the screen or told of in lines.
private struct Replay {
  let reader: RecordingReader
  /// 0 sends every frame and ends.
  let speed: Double
  let settings: Settings
  /// How the state begins.
  let options: DashboardOptions
  let signals: SignalFD

  func run() throws {
    try runSession(onScreen: speed == 0 ? playExactly : show, orInLines: tell, settings.terminal)
  }

  private func show() throws {
    try onScreen { screen, themes, options in
      options.runValues = ["fps": String(settings.screen.framesPerSecond)]
      let loop = EventLoop(options, ReplaySource(reader, speed: speed), signals)
      try ScreenSession(loop, on: (screen, themes), settings).run()
    }
  }

  private func playExactly() throws {
    try onScreen { screen, themes, options in
      options.runValues = reader.options.runValues
      options.themes = reader.options.themes
      options.historyMemory = reader.options.historyMemory
      let loop = EventLoop(options, WholeRecording(reader, on: screen), signals)
      try ExactReplay(loop, on: screen, themes).run()
    }
  }

  private func onScreen(
    _ play: (CursesScreen, ThemeChooser, inout DashboardOptions) throws -> Void
  ) throws {
    let (screen, themes) = try openScreen(settings, chosen: reader.options.theme)
    defer { screen.close() }
    var options = options
    options.begin(with: themes)
    try play(screen, themes, &options)
  }

  private func tell() throws {
    // Speed 0 is as fast as it goes.
    let source = ReplaySource(reader, speed: speed > 0 ? speed : 1e9)
    try PlainSession(EventLoop(options.withoutPast, source, signals), settings.terminal).run()
  }
}

extension DashboardOptions {
  /// A recording's options, with what the present operator chose to see; played exactly, the keys of the recording count.
  fileprivate func replayed(with settings: Settings, path: String, isExact: Bool) -> Self {
    var options = self
    let chosen = DashboardOptions(settings, atWall: wallNanoseconds())
    options.choices.override(by: settings)
    if !isExact {
      options.choices.usesMouse = chosen.choices.usesMouse
      (options.keys, options.recordingFile) = (chosen.keys, nil)
    }
    options.historyMemory = chosen.historyMemory
    options.replayed = path.split(separator: "/").last.map { Scrub.text(String($0)) } ?? ""
    return options
  }
}
