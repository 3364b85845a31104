import Check
import Decoding
import Settings
import System

/// Carries out `egtop check`: walks each connection step by step, and returns the exit code.
func runCheck(_ settings: Settings) -> Int32 {
  exitCode {
    let signals = try SignalFD(endingSignals)
    ignoreBrokenPipes()
    let report = CheckReport { writeText($0 + "\n") }
    return check(settings, into: report, log: try openLog(settings.run), signals.descriptor)
  }
}
