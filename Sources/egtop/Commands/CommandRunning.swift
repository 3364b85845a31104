import Curses
import Glibc
import Settings
import System

/// Signals that a session handles itself; blocked before any thread starts, so that all inherit it.
let sessionSignals = [SIGWINCH, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT]
/// Those of a command that leaves the terminal as it is.
let endingSignals = [SIGTERM, SIGINT, SIGHUP]

/// Carries out a command; what it throws goes to standard error.
///
/// - Returns: The exit code that `body` gives, 2 if it throws.
func exitCode(of body: () throws -> Int32) -> Int32 {
  do {
    return try body()
  } catch {
    return fail("\(error)")
  }
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
