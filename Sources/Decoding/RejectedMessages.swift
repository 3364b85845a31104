public import Model

/// Keeps specimens of the messages that a feed could not read, a few a second.
///
/// A flood of bad messages costs a comparison for each; how many there were is counted elsewhere.
public struct RejectedMessages: Sendable {
  private let feed: FeedKind
  private let perSecond: Int
  private var specimens: [RejectedMessage] = []
  private var secondStart: Int64?
  private var takenThisSecond = 0
  /// When the last foreign message was taken: they have a place of their own, one a second.
  private var foreignAt: Int64?

  /// Specimens of the messages of `feed`, at most `perSecond` in a second and 16 between two takes.
  public init(feed: FeedKind, perSecond: Int = 4) {
    self.feed = feed
    self.perSecond = perSecond
  }

  public var isEmpty: Bool { specimens.isEmpty }

  /// Keeps a message, scrubbed and cut, if this second has room for it.
  ///
  /// All comes as it was received; `receivedAt` is in monotonic nanoseconds.
  public mutating func add(
    topic: Span<UInt8>,
    payload: Span<UInt8>,
    reason: Rejection,
    isReadInPart: Bool = false,
    kind: RejectedMessage.Kind? = nil,
    receivedAt: Int64
  ) {
    if kind == .foreign {
      if let foreignAt, receivedAt &- foreignAt < 1_000_000_000 { return }
      foreignAt = receivedAt
    } else {
      guard hasRoom(at: receivedAt) else { return }
      takenThisSecond += 1
    }
    specimens.append(
      RejectedMessage(
        feed: feed,
        topic: Scrub.text(topic, limit: Scrub.Limit.topic),
        reason: reason.description,
        isReadInPart: isReadInPart ? true : nil,
        kind: kind,
        payload: Scrub.text(payload),
        size: payload.count,
        receivedAt: receivedAt
      )
    )
  }

  /// The specimens since the last take, oldest first.
  public mutating func take() -> [RejectedMessage] {
    defer { specimens = [] }
    return specimens
  }

  private mutating func hasRoom(at time: Int64) -> Bool {
    if secondStart.map({ time &- $0 >= 1_000_000_000 || time < $0 }) ?? true {
      secondStart = time
      takenThisSecond = 0
    }
    return takenThisSecond < perSecond && specimens.count < 16
  }
}
