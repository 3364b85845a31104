import Dashboard
import Glibc
import Model
import Report
import Settings
import System

/// Carries out `egtop --once`, one look without a screen, and returns the exit code.
func runOnce(_ settings: Settings) -> Int32 {
  if settings.kafka == nil, settings.run.failOn.contains(.alarm), AlarmKind.needRecords {
    return fail("--fail-on alarm needs --kafka: alarms are in the enriched records")
  }
  if let refusal = settings.kafka?.refusedProperty { return fail("\(refusal)") }
  do {
    let signals = try SignalFD([SIGTERM, SIGINT, SIGHUP])
    ignoreBrokenPipes()
    let log = try openLog(settings.run)
    let source = LiveSource { () throws(SystemError) in try FeedSet(settings, log: log) }
    try source.begin()
    let look = try OnceLook(settings, source: source)
    defer { look.close() }
    let isWhole = try look.wait(signals)
    source.stop()
    guard isWhole else { return 1 }
    let report = FleetReport(look.state)
    writeText(settings.run.isJSON ? try report.json() + "\n" : plainReport(look.state) + "\n")
    return look.exitCode(settings.run.failOn)
  } catch {
    return fail("\(error)")
  }
}

/// Waits until the picture is whole, or as long as the settings allow.
private final class OnceLook {
  private(set) var state: DashboardState
  private let source: LiveSource
  private let settings: Settings
  private let recorder: EventRecorder?
  private var lastNames: Int64 = 0
  private var connectedAt: Int64?

  init(_ settings: Settings, source: LiveSource) throws(SystemError) {
    self.settings = settings
    self.source = source
    let options = DashboardOptions(settings, atWall: wallNanoseconds())
    state = DashboardState(options.withoutPast)
    recorder = try settings.run.recordFile.map { path throws(SystemError) in
      try EventRecorder(path: path, options: options)
    }
  }

  /// Ends the recording, if there is one.
  func close() { recorder?.close() }

  private func apply(_ event: Event) {
    recorder?.add(event)
    _ = state.apply(event)
  }

  /// Applies what comes until it is enough; false if a signal asked to end.
  func wait(_ signals: SignalFD) throws(SystemError) -> Bool {
    let began = monotonicNanoseconds()
    let settle = Int64(seconds: settings.run.settle.seconds)
    var nextTick = began
    var poll = Poll()
    while true {
      let now = monotonicNanoseconds()
      while let event = source.next(at: now) {
        if case .feed(.names) = event.kind { lastNames = now }
        apply(event)
      }
      if now >= nextTick {
        nextTick = now + 100_000_000
        apply(Event(.tick, at: source.stamp))
      }
      if now - began >= settle || isLive(at: now, settle: settle) { break }
      poll.removeAll()
      let place = poll.add(signals.descriptor, .read)
      _ = source.descriptor.map { poll.add($0, .read) }
      _ = try poll.wait(timeoutNanoseconds: max(0, min(nextTick, began + settle) - now))
      if poll.readiness(of: place).contains(.read) { return false }
      source.drain()
    }
    apply(Event(.tick, at: source.stamp))
    apply(Event(.frame, at: source.stamp))
    return true
  }

  /// Whether every feed is live, the past is read, every generator was heard, and for two seconds
  /// of connection the last second brought no new one.
  private func isLive(at now: Int64, settle: Int64) -> Bool {
    let traffic = state.fleet.traffic
    let isConnected = feeds.allSatisfy { traffic.status($0).isConnected }
    guard isConnected else {
      connectedAt = nil
      return false
    }
    let since = connectedAt ?? now
    connectedAt = since
    if settings.kafka != nil, !traffic.hasReadHistory { return false }
    let counts = state.fleet.counts
    guard counts.total > 0, counts.never == 0, counts.late == 0 else { return false }
    return now - since >= 2_000_000_000 && now - lastNames >= 1_000_000_000
  }

  private var feeds: [FeedKind] {
    (settings.mqtt == nil ? [] : [.mqtt]) + (settings.kafka == nil ? [] : [.kafka])
  }

  /// 3 if a feed never came, 4 if something was found that the caller asked about, else 0.
  func exitCode(_ failOn: [FailCondition]) -> Int32 {
    let traffic = state.fleet.traffic
    if feeds.contains(where: { !traffic.status($0).isConnected }) { return 3 }
    let isFound = failOn.contains { condition in
      switch condition {
      case .alarm: !state.alarms.isEmpty
      case .lost: state.visible.contains { state.fleet.generators[Int($0)].session == .lost }
      case .lag: state.hops.contains { $0.state >= .warning }
      }
    }
    return isFound ? 4 : 0
  }
}

extension Duration {
  /// In seconds.
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
