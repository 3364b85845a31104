/// The hops of the pipeline, in the order data takes.
///
/// All that the program knows of a hop stands in its ``row`` and in how it is measured beside that: a new one is a case
/// here and a file, as that of ``bridge``.
public enum HopID: Int, CaseIterable, Sendable {
  case mqtt, bridge, sink, task, enriched, screen

  public var row: HopRow {
    switch self {
    case .mqtt: .mqtt
    case .bridge: .bridge
    case .sink: .sink
    case .task: .task
    case .enriched: .enriched
    case .screen: .screen
    }
  }

  /// As JSON, the log and panes call it.
  public var name: String { row.name }
}

extension Fleet {
  func figures(of hop: HopID, at now: Int64) -> HopFigures {
    switch hop {
    case .mqtt: mqttHop(now)
    case .bridge: bridgeHop(now)
    case .sink: sinkHop(now)
    case .task: taskHop(now)
    case .enriched: enrichedHop(now)
    case .screen: screenHop(now)
    }
  }
}

/// What is known of one hop, whatever its figures are.
public struct HopRow: Sendable {
  public let name: String
  /// From where to where, for people.
  public let path: String
  /// What ``HopFigures/secondsBehind`` is the span of.
  public let secondsWord: String
  /// What ``HopFigures/recordsBehind`` counts.
  public internal(set) var recordsWord = "behind"
  /// What its trend is told by: the backlog of the hops that read a topic, the delay of the others.
  public let trend: HopHistory.Measure
  /// From how many seconds on it is late in its trend.
  public internal(set) var lateAfter: @Sendable (FleetPolicy) -> Double = { _ in 30 }
  /// The feed without which it is down; nil if it is measured by none or by several.
  public internal(set) var feed: FeedKind?
  /// Where a record is behind it, on its path.
  public var station: String { ownStation ?? name }
  var ownStation: String?
  /// Whether its seconds are those that data takes, and not how long ago something was.
  public internal(set) var isDelay = true
  /// Whether the log tells when it falls behind.
  public internal(set) var isLogged = true

  /// Whether its seconds are those of a backlog and not those that each message takes.
  public var isBacklog: Bool { secondsWord == recordsWord }
}

/// How a hop stands.
public enum HopState: Comparable, Sendable {
  case ok
  /// It cannot be measured with what is configured, or not yet: the reason says why.
  case unknown
  /// More behind than 30 s, or than the hop's own rule allows.
  case warning
  /// More than 120 s behind, or standing still.
  case critical

  /// As JSON and the log call it.
  public var name: String { "\(self)" }
}

/// What is known of one hop; what is nil is not known, and ``reason`` says why.
public struct HopFigures: Equatable, Sendable {
  public var id: HopID
  public var state: HopState
  /// Messages, records or frames a second.
  public var ratePerSecond: Double?
  /// Messages or records not yet through.
  public var recordsBehind: Int?
  /// Seconds a message takes, or the hop is behind.
  public var secondsBehind: Double?
  /// What ``secondsBehind`` counts as in its trend while there is nothing to be behind with.
  var secondsAtRest: Double?
  /// The longest that data may take in seconds, where ``secondsBehind`` runs up to it and back though all is well.
  public internal(set) var upTo: Double?
  /// Whether ``secondsBehind`` is an estimate.
  public var isEstimated = false
  /// What is wrong or missing, for people.
  public var reason: String?
  /// A further figure for people, such as `missing 3`.
  public var detail: String?
  /// The hop above it that keeps back what it lacks, if that is all that is wrong with it.
  public internal(set) var starvedBy: HopID?

  init(_ id: HopID, _ state: HopState = .unknown, _ reason: String? = nil) {
    self.id = id
    self.state = state
    self.reason = reason
  }

  mutating func set(_ state: HopState, _ reason: String?) {
    self.state = state
    self.reason = reason
  }
}

/// What the screen tells of itself after a frame.
public struct ScreenFigures: Codable, Equatable, Sendable {
  /// Frames sent.
  public var frames = 0
  /// Bytes of the last frame.
  public var frameBytes = 0
  /// All bytes sent.
  public var totalBytes = 0
  /// Frames that were left out because the terminal had not taken the one before.
  public var folded = 0
  /// Bytes the terminal has not taken yet.
  public var unsentBytes = 0
  /// Since when the terminal takes nothing: monotonic nanoseconds.
  public var blockedSince: Int64?
  /// Whether a frame a second is what the terminal takes; nil for no, as all below in old recordings.
  public var isSlow: Bool?
  /// Whether as little as possible is sent.
  public var isLow: Bool?
  /// What the terminal took when it was slow.
  public var bytesPerSecond: Double?
  /// Seconds to the operator's machine and back.
  public var roundTrip: Double?
  /// Bytes on their way behind the terminal's device.
  public var queuedBytes: Int?

  public init() {}
}
