internal import Synchronization
internal import System

/// What a stage is connected to, by the name that metrics and pages have for it.
public enum StageConnection: String, CaseIterable, Sendable {
  case mqtt
  case kafka
  case rawBucket = "raw_bucket"
  case enrichedBucket = "enriched_bucket"
}

/// Whether a stage works and what it is connected to.
///
/// The stage tells, from any of its threads; any thread asks.
public final class StageHealth: Sendable {
  /// How it stands with a connection.
  struct Link: Equatable, Sendable {
    let connection: StageConnection
    var isUp = false
    /// When that began, of the monotonic clock.
    var since: Int64
    /// Why it is away, in words that may be from outside; empty where that is not known.
    var reason = ""
  }

  /// How far a stage is on its way.
  enum Course: Sendable {
    case running
    /// Has done all that there was to do, and is about to return.
    case finished
    /// Has returned though there is more to do.
    case ended
  }

  /// A link that several threads use.
  ///
  /// Each has a lock of its own: an array behind one lock is let go by code that no sanitizer sees, and looks like a race.
  private final class SharedLink: Sendable {
    let link: Mutex<Link>

    init(_ link: Link) {
      self.link = Mutex(link)
    }
  }

  private let turn = Atomic(monotonicNanoseconds())
  private let sharedLinks: [SharedLink]
  private let sharedCourse = Mutex(Course.running)
  /// How often the stage has failed and was started again.
  let restarts = Counter()

  /// What the start of a mosquitto that reads what it has kept may take, twice, and its end, in nanoseconds.
  static let startOfBroker: Int64 = 240_000_000_000
  /// What it may take to open a bucket that another version has made, in nanoseconds.
  static let openingOfBucket: Int64 = 600_000_000_000

  /// - Parameter connections: What the stage needs: away until it says otherwise.
  public init(_ connections: [StageConnection]) {
    let now = monotonicNanoseconds()
    sharedLinks = connections.map { SharedLink(Link(connection: $0, since: now)) }
  }

  /// Tells that the stage's loop, or one that it waits in, has come round.
  ///
  /// - Parameter duration: Nanoseconds that a call may take that comes now, such as the start of a broker.
  public func beat(allowing duration: Int64 = 0) {
    turn.store(monotonicNanoseconds() + duration, ordering: .relaxed)
  }

  /// When the loop last came round, of the monotonic clock; ahead of it while a long call is allowed.
  var lastTurn: Int64 { turn.load(ordering: .relaxed) }
  var links: [Link] { sharedLinks.map { $0.link.withLock { $0 } } }
  var course: Course { sharedCourse.withLock { $0 } }

  func has(_ connection: StageConnection) -> Bool {
    links.contains { $0.connection == connection }
  }

  /// Tells that a connection is there.
  public func note(up connection: StageConnection) {
    note { if $0.connection == connection { ($0.isUp, $0.reason) = (true, "") } }
  }

  /// Tells that a connection is away, and why.
  public func note(away connection: StageConnection, _ reason: String) {
    note { if $0.connection == connection { ($0.isUp, $0.reason) = (false, reason) } }
  }

  /// Tells that the stage has failed, and all its connections with it.
  func noteFailure(_ reason: String) {
    restarts.add()
    note { ($0.isUp, $0.reason) = (false, reason) }
  }

  /// Tells that the stage has done all that there was to do.
  public func finish() {
    sharedCourse.withLock { $0 = .finished }
  }

  /// The stage has returned.
  func end() {
    sharedCourse.withLock { if $0 == .running { $0 = .ended } }
  }

  private func note(_ change: (inout Link) -> Void) {
    let now = monotonicNanoseconds()
    for shared in sharedLinks {
      shared.link.withLock { link in
        let wasUp = link.isUp
        change(&link)
        if link.isUp != wasUp { link.since = now }
      }
    }
  }
}
