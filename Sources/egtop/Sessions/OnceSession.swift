import Dashboard
import Glibc
import Model
import Report
import Settings
import System

/// One look, or one after the other: applies what comes until the picture is whole, or as long as the settings allow.
final class OnceSession: Session {
  /// What is looked at.
  enum Subject {
    case fleet
    /// The hops and the consumer groups alone.
    case lag
  }

  let loop: EventLoop
  private let subject: Subject
  let patience: Int64 = 50_000_000
  private let run: RunSettings
  private let interval: Int64?
  private let feeds: [FeedKind]
  private var lastNames: Int64 = 0
  private var connectedAt: Int64?
  /// When the next look is taken at the latest: monotonic nanoseconds.
  private var due: Int64
  private var hasLooked = false
  /// Why a look could not be written.
  private var failure: (any Error)?
  private var outputPlace = 0

  init(_ loop: EventLoop, _ settings: Settings, of subject: Subject = .fleet) {
    self.loop = loop
    self.subject = subject
    run = settings.run
    feeds = settings.fleet.policy.feeds
    interval = run.watchInterval.map { Int64(seconds: $0 / .seconds(1)) }
    due = monotonicNanoseconds() + Int64(seconds: run.settleTime / .seconds(1))
  }

  /// Prints what there is, once or again and again, until it has come to an end or a signal asks for it.
  ///
  /// - Returns: The exit code: 1 if a signal came before the first look, 3 if a feed never came, 4 if something was
  ///   found that the caller asked about, else 0.
  /// - Throws: What keeps the feeds from starting, or a look from being written.
  func look() throws -> Int32 {
    try loop.run(self)
    if let failure { throw failure }
    guard hasLooked else { return 1 }
    let traffic = loop.state.fleet.traffic
    if feeds.contains(where: { !traffic.status($0).isConnected }) { return 3 }
    return isFound ? 4 : 0
  }

  func watch(_ poll: inout Poll, at now: Int64) { outputPlace = poll.add(STDOUT_FILENO, []) }

  func nextWake(after now: Int64) -> Int64? { due }

  func serve(_ poll: Poll) {
    if poll.readiness(of: outputPlace).contains(.failure) { loop.end() }
  }

  func followed(_ event: Event, since start: Int64) {
    if case .feed(.names) = event.kind { lastNames = start }
  }

  func finishRound() {
    let now = monotonicNanoseconds()
    guard !loop.isDone, now >= due || !hasLooked && isWhole(at: now) else { return }
    apply(.tick)
    apply(.frame)
    do { try write() } catch { failure = error }
    hasLooked = true
    guard let interval, failure == nil, !isFound else { return loop.end() }
    due = now + interval
  }

  private func write() throws {
    let isJSON = run.isJSON || run.isNDJSON
    let text =
      switch subject {
      case .fleet: isJSON ? try FleetReport(loop.state).json() : plainReport(loop.state)
      case .lag: isJSON ? try LagReport(loop.state).json() : plainLag(loop.state)
      }
    writeText(text + "\n")
    if !isJSON, interval != nil { writeText("\n") }
  }

  /// Whether nothing is missing, and for two seconds of connection the last second brought no new generator.
  private func isWhole(at now: Int64) -> Bool {
    let fleet = loop.state.fleet
    guard feeds.allSatisfy({ fleet.traffic.status($0).isConnected }) else {
      connectedAt = nil
      return false
    }
    let since = connectedAt ?? now
    connectedAt = since
    guard now - since >= 2 * EventLoop.second, fleet.hasLookedAtGroups else { return false }
    guard subject == .lag || now - lastNames >= EventLoop.second && fleet.isWhole else {
      return false
    }
    return !run.failOn.contains(.unknown) || fleet.unmeasuredHops(at: now).isEmpty
  }

  /// Whether there is something that the caller asked about.
  private var isFound: Bool {
    let state = loop.state
    return run.failOn.contains { condition in
      switch condition {
      case .alarm: !state.alarms.isEmpty
      case .lost: state.visible.contains { state.fleet.generators[Int($0)].session == .lost }
      case .lag: state.hops.contains { $0.state >= .warning }
      case .unknown: !state.fleet.unmeasuredHops(at: state.now.monotonic).isEmpty
      case .incomplete: !state.fleet.isWhole
      }
    }
  }
}
