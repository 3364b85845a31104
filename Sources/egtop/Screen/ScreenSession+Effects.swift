import Curses
import Dashboard
import Report

/// What the state asks for in return for an event.
extension ScreenSession {
  func carryOut(_ effect: Effect) {
    switch effect {
    case .quit: loop.end()
    case .suspend: suspend()
    case .redraw: screen.redraw()
    case .reconnect: loop.source.reconnect()
    case .remember(let view): if keepsView { keeper?.keep(view) }
    case .keepFleet: loop.rememberFleet(isNow: true)
    case .export(let order): exporter.write(loop.state.forReport, order)
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
      loop.end()
    case .watch(let generator): loop.source.watch(generator)
    case .copy(let text): copy(text)
    case .copyRecord(let generator): copy(try? generatorJSON(generator, of: loop.state))
    case .useMouse(let isWanted): screen.reportsMouse = isWanted
    case .call(let text, let isSeen): screen.call(text, isSeen: isSeen)
    }
  }

  /// Changes a setting of this session's own.
  private func set(_ name: String, _ value: String) {
    switch name {
    case "fps": pacer.setPace(framesPerSecond: Int(value) ?? 5)
    case "alert": screen.setAlert(ScreenOptions.Alert(rawValue: value) ?? .auto)
    case "remember":
      keepsView = value == "on"
      if keepsView { keeper?.keep(loop.state.choices) }
    default: break
    }
  }

  /// Begins to keep what comes in, after what has come in; without a path, ends that.
  private func record(_ path: String?) {
    guard let path else {
      apply(.recording(RecordingReport()))
      return loop.recordings.end()
    }
    apply(.recording(loop.recordings.begin(path, with: loop.state)))
  }

  private func copy(_ text: String?) {
    guard let text, screen.copy(text) else {
      return apply(.note("this terminal's clipboard cannot be reached"))
    }
  }
}
