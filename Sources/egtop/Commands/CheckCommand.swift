import Check
import Decoding
import Glibc
import Settings
import System

/// Carries out `egtop check`: walks each connection step by step, and returns the exit code.
func runCheck(_ settings: Settings) -> Int32 {
  do {
    let signals = try SignalFD([SIGTERM, SIGINT, SIGHUP])
    ignoreBrokenPipes()
    let report = CheckReport { writeText($0 + "\n") }
    return check(settings, into: report, log: try openLog(settings.run), signals.descriptor)
  } catch {
    return fail("\(error)")
  }
}
