import Curses
import Dashboard
import Glibc
import System

/// Signals: a terminal that changes its size, is handed to the shell and back, or is gone.
extension ScreenSession {
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
}
