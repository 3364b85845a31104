import Dashboard
import Model
import Settings
import System

/// One look: applies what comes until the picture is whole, or as long as the settings allow.
final class OnceSession: Session {
  let loop: EventLoop
  let patience: Int64 = 50_000_000
  private let settings: Settings
  private let began = monotonicNanoseconds()
  private let settle: Int64
  private var lastNames: Int64 = 0
  private var connectedAt: Int64?

  init(_ loop: EventLoop, _ settings: Settings) {
    self.loop = loop
    self.settings = settings
    settle = Int64(seconds: settings.run.settle / .seconds(1))
  }

  /// Returns whether it came to an end by itself; false if a signal asked for it.
  func run() throws -> Bool {
    try loop.run(self)
    guard !loop.isInterrupted else { return false }
    apply(.tick)
    apply(.frame)
    return true
  }

  func nextWake(after now: Int64) -> Int64? { began + settle }

  func followed(_ event: Event, since start: Int64) {
    if case .feed(.names) = event.kind { lastNames = start }
  }

  func finishRound() {
    let now = monotonicNanoseconds()
    if now - began >= settle || isWhole(at: now) { loop.end() }
  }

  /// Whether every feed is live, the past is read, every generator was heard, and for two seconds
  /// of connection the last second brought no new one.
  private func isWhole(at now: Int64) -> Bool {
    let traffic = loop.state.fleet.traffic
    let isConnected = feeds.allSatisfy { traffic.status($0).isConnected }
    guard isConnected else {
      connectedAt = nil
      return false
    }
    let since = connectedAt ?? now
    connectedAt = since
    if settings.kafka != nil, !traffic.hasReadHistory { return false }
    let counts = loop.state.fleet.counts
    guard counts.total > 0, counts.never == 0, counts.late == 0 else { return false }
    return now - since >= 2 * EventLoop.second && now - lastNames >= EventLoop.second
  }

  private var feeds: [FeedKind] {
    (settings.mqtt == nil ? [] : [.mqtt]) + (settings.kafka == nil ? [] : [.kafka])
  }

  /// 3 if a feed never came, 4 if something was found that the caller asked about, else 0.
  var exitCode: Int32 {
    let state = loop.state
    let traffic = state.fleet.traffic
    if feeds.contains(where: { !traffic.status($0).isConnected }) { return 3 }
    let isFound = settings.run.failOn.contains { condition in
      switch condition {
      case .alarm: !state.alarms.isEmpty
      case .lost: state.visible.contains { state.fleet.generators[Int($0)].session == .lost }
      case .lag: state.hops.contains { $0.state >= .warning }
      }
    }
    return isFound ? 4 : 0
  }
}
