import Dashboard
import Model
import Report
import Settings
import System

/// Carries out `egtop --once`, one look without a screen, and returns the exit code.
func runOnce(_ settings: Settings) -> Int32 {
  if settings.kafka == nil, settings.run.failOn.contains(.alarm), AlarmKind.needRecords {
    return fail("--fail-on alarm needs --kafka: alarms are in the enriched records")
  }
  return exitCode {
    if let refusal = settings.kafka?.refusedProperty { throw refusal }
    let signals = try SignalFD(endingSignals)
    ignoreBrokenPipes()
    let source = LiveSource(settings, log: try openLog(settings.run))
    let options = DashboardOptions(settings, atWall: wallNanoseconds())
    let recordings = try Recordings(to: settings.run.recordFile, options)
    defer { recordings.close() }
    let loop = EventLoop(
      options.withoutPast,
      source,
      signals,
      recordings: recordings,
      tickInterval: EventLoop.second / 10
    )
    let session = OnceSession(loop, settings)
    let isWhole = try session.run()
    source.stop()
    guard isWhole else { return 1 }
    let report = FleetReport(loop.state)
    writeText((settings.run.isJSON ? try report.json() : plainReport(loop.state)) + "\n")
    return session.exitCode
  }
}
