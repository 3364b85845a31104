/// The hops of the pipeline, in the order data takes.
public enum HopID: String, CaseIterable, Codable, Sendable {
  /// Generators to us through the broker.
  case mqtt
  /// MQTT to the raw topic.
  case bridge
  /// The raw topic to the bucket: a consumer group.
  case sink
  /// A window's last sample to its enriched record; task and source cannot be told apart from
  /// outside.
  case task
  /// The enriched topic to us.
  case enriched
  /// Us to the terminal.
  case screen
}

/// How a hop stands.
public enum HopState: String, Codable, Comparable, Sendable {
  case ok
  /// It cannot be measured with what is configured, or not yet: the reason says why.
  case unknown
  /// More behind than 30 s, or than the hop's own rule allows.
  case warning
  /// More than 120 s behind, or standing still.
  case critical

  private var rank: Int {
    switch self {
    case .ok: 0
    case .unknown: 1
    case .warning: 2
    case .critical: 3
    }
  }

  public static func < (left: HopState, right: HopState) -> Bool { left.rank < right.rank }
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
  /// Whether ``secondsBehind`` is an estimate.
  public var isEstimated = false
  /// What is wrong or missing, for people.
  public var reason: String?
  /// A further figure for people, such as `missing 3`.
  public var detail: String?

  public init(id: HopID, state: HopState, reason: String? = nil) {
    self.id = id
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
