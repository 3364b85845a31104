import Dashboard
import Settings
import System

/// Carries out `egtop demo`: brokers, a fleet and the whole pipeline of our own, and the screen on them.
func runDemo(_ plan: DemoPlan, _ settings: Settings) -> Int32 {
  exitCode {
    let signals = try SignalFD(sessionSignals)
    let log = try openLog(settings.run)
    let demo = try Demo(plan, log: log)
    defer { demo.stop() }
    let settings = try demo.settings(settings)
    var options = DashboardOptions(settings, atWall: wallNanoseconds())
    options.demo = demo.notes
    let feeds = LiveFeeds(
      settings: settings,
      options: options,
      signals: signals,
      log: log,
      prepare: demo.start
    )
    try feeds.run()
    return 0
  }
}
