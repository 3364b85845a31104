import Curses
import Dashboard
import Model
import Panes
import Report
import System
import Terminal

/// Plays every event of a recording, keys included, and sends every frame whole; ends at its end.
///
/// The same recording gives the same bytes on a terminal of the same size and kind.
final class ExactReplay: Session {
  let loop: EventLoop
  let patience = EventLoop.second / 10
  private let screen: CursesScreen
  private let themes: ThemeChooser
  private var screenPlace = 0

  init(_ loop: EventLoop, on screen: CursesScreen, _ themes: ThemeChooser) {
    self.loop = loop
    self.screen = screen
    self.themes = themes
  }

  func run() throws { try loop.run(self) }

  /// Each frame waits until the one before has been taken.
  var takesEvents: Bool { !screen.wantsWrite && !loop.isDone }

  func watch(_ poll: inout Poll, at now: Int64) {
    screenPlace = poll.add(screen.descriptor, screen.wantsWrite ? .write : [])
  }

  func handle(signal: Int32) { loop.end(bySignal: true) }

  func serve(_ poll: Poll) {
    if poll.readiness(of: screenPlace).contains(.write) { screen.flush() }
    if screen.isHungUp { loop.end() }
  }

  func followed(_ event: Event, since start: Int64) {
    guard case .frame = event.kind else { return }
    let drawing = drawDashboard(loop.state, glyphs: screen.glyphs)
    apply(Event(.drawn(drawing.extents), at: event.stamp))
    screen.show(drawing.canvas)
  }

  func finishRound() {
    if !screen.wantsWrite, loop.source.nextEvent == nil { loop.end() }
  }

  func carryOut(_ effect: Effect) {
    guard case .useTheme(let name) = effect, let theme = themes.use(name) else { return }
    screen.setTheme(theme)
  }
}

/// All events of a recording one after the other, as fast as they are taken, on a screen of today.
final class WholeRecording: EventSource {
  private let reader: RecordingReader
  private let screen: CursesScreen
  private var isAtEnd = false
  private(set) var stamp = Stamp(monotonic: 0, wall: 0)

  init(_ reader: RecordingReader, on screen: CursesScreen) {
    self.reader = reader
    self.screen = screen
  }

  var nextEvent: Int64? { isAtEnd ? nil : 0 }

  func next(at now: Int64) -> Event? {
    if let damage = reader.takeDamage() { return Event(.note(damage), at: stamp) }
    while var event = reader.next() {
      switch event.kind {
      // What is drawn on this screen counts instead.
      case .drawn: continue
      case .resize: event.kind = .resize(width: screen.size.width, height: screen.size.height)
      default: break
      }
      stamp = event.stamp
      return event
    }
    isAtEnd = true
    return nil
  }
}
