/// A message as it came, for a guess of what it says.
public struct HeardMessage: Sendable {
  public let topic: String
  public let payload: [UInt8]
  public let isRetained: Bool

  public init(_ topic: String, _ payload: [UInt8], isRetained: Bool = false) {
    (self.topic, self.payload, self.isRetained) = (topic, payload, isRetained)
  }
}

/// The messages of a while, as many as are needed to see what they are; bounded.
public struct HeardMessages: Sendable {
  public static let mostTopics = 4_096
  static let mostOfTopic = 12
  static let largestPayload = 64 << 10
  static let mostBytes = 32 << 20

  public private(set) var kept: [HeardMessage] = []
  /// All that came, the kept ones included.
  public private(set) var total = 0
  private var counts: [String: Int] = [:]
  private var bytes = 0

  public init() {}

  /// How many topics were heard, as far as they are kept.
  public var topicCount: Int { counts.count }

  /// Keeps a message if there is room for its like.
  public mutating func take(_ message: HeardMessage) {
    total += 1
    let known = counts[message.topic] ?? 0
    let size = message.payload.count + message.topic.utf8.count
    guard known < Self.mostOfTopic, known > 0 || counts.count < Self.mostTopics,
      message.payload.count <= Self.largestPayload, bytes + size <= Self.mostBytes
    else { return }
    counts[message.topic] = known + 1
    bytes += size
    kept.append(message)
  }
}
