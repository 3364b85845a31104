internal import Settings
internal import System

/// What egtop is asked to do.
enum Invocation: Equatable {
  /// The screen.
  case dashboard(Settings)
  /// One look without a screen.
  case once(Settings)
  case check(Settings)
  /// Listens, and proposes a configuration.
  case discover(Settings)
  /// Asks, then discovers, writes and checks; with all variables.
  case initialize([String: String])
  /// The hops and the consumer groups, without a screen.
  case lag(Settings)
  /// Everything on this machine, made up.
  case demo(Settings)
  /// Plays a recording at a multiple of its own speed.
  case replay(file: String, speed: Double, Settings)
  /// Help, the settings or the keys in force, the manual page and the like.
  case print(String)
}

/// Why a command line cannot be carried out; the exit code is 2.
struct InvocationError: Error, Equatable, CustomStringConvertible {
  /// For standard error.
  var description: String
}

/// Says on standard error why the program cannot go on, and returns the exit code.
func fail(_ reason: String) -> Int32 {
  writeText("egtop: \(reason)\n", toError: true)
  return 2
}
