import Arguments
import Glibc
import Kafka
import LocalBrokers
import Pipeline
import Settings
import System

/// How often the figures of the stages go to the log, in nanoseconds.
private let reportInterval: Int64 = 30_000_000_000

/// Runs the stages of a plan until a signal ends them or all have done their work, and returns the exit code.
///
/// The first SIGTERM, SIGINT or SIGHUP lets them finish within ten seconds, a second one ends them at once.
func runStages(_ plan: PipePlan) throws -> Int32 {
  // First of all, so that every thread inherits that they are blocked.
  let signals = try SignalFD([SIGTERM, SIGINT, SIGHUP, SIGQUIT])
  ignoreBrokenPipes()
  let manager = ServiceManager(.current())
  ServiceManager.hideFromChildren()
  let log = try openLog(plan)
  for warning in plan.settings.warnings { log.warning("settings", ["text": warning]) }
  let brokers: LocalBrokers?
  do {
    brokers = try plan.settings.egpipe.isLocal ? LocalBrokers(directory: plan.localFolder) : nil
  } catch LocalMosquitto.Failure.interrupted {
    return 0
  }
  if let brokers { announce(brokers) }
  let supervisor = try Supervisor(try plan.makeStages(brokers), log: log)
  let monitor = Monitor(supervisor, version: Manual.version)
  let endpoint = try plan.settings.metricsAddress().map { try MetricsEndpoint($0, monitor, log) }
  var signOfLife = manager.map { SignOfLife($0, monitor) }
  try supervisor.start()
  signOfLife?.tellReady()
  var poll = Poll()
  var nextReport = monotonicNanoseconds() + reportInterval
  while supervisor.isRunning {
    poll.removeAll()
    poll.add(signals.descriptor, .read)
    try poll.wait(timeoutNanoseconds: 100_000_000)
    if signals.next() != nil { break }
    signOfLife?.tell(now: monotonicNanoseconds())
    guard monotonicNanoseconds() >= nextReport else { continue }
    nextReport += reportInterval
    supervisor.report()
    if !monitor.isHealthy { log.error("a stage does nothing", ["text": monitor.summary.text]) }
  }
  signOfLife?.tellStopping()
  let isFinished = drain(supervisor, signals)
  supervisor.report()
  if !isFinished { log.error("not everything was finished in ten seconds") }
  endpoint?.stop()
  brokers?.stop()
  return isFinished ? 0 : 1
}

/// Lets the stages finish; whether they have before the time is over or another signal came.
private func drain(_ supervisor: Supervisor, _ signals: SignalFD) -> Bool {
  supervisor.requestStop()
  let deadline = monotonicNanoseconds() + 10_000_000_000
  while supervisor.isRunning, monotonicNanoseconds() < deadline, signals.next() == nil {
    sleepThread(nanoseconds: 10_000_000)
  }
  return !supervisor.isRunning
}

private func openLog(_ plan: PipePlan) throws(SystemError) -> Log {
  let file = plan.settings.run.logFile
  return try Log(to: file.map { .file($0) } ?? .standardError, level: plan.settings.run.logLevel)
}

/// Says where the brokers are, as egtop reads it from the environment.
private func announce(_ brokers: LocalBrokers) {
  writeText(
    """
    EGTOP_MQTT=mqtt://127.0.0.1:\(brokers.mosquitto.port)
    EGTOP_KAFKA=\(brokers.kafka.bootstrapServers)

    """
  )
}
