import Dashboard
import Settings
import System

/// Carries out `egtop`, the screen on live feeds, and returns the exit code.
func runDashboard(_ settings: Settings) -> Int32 {
  exitCode {
    if let refusal = settings.kafka?.refusedProperty { throw refusal }
    let signals = try SignalFD(sessionSignals)
    let options = DashboardOptions(settings, atWall: wallNanoseconds())
    try LiveFeeds(settings, options, signals, try openLog(settings.run)).run()
    return 0
  }
}
