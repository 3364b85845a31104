/// One field of a message, as text: scrubbed and bounded.
public struct MessageField: Codable, Equatable, Sendable {
  public var name: String
  public var value: String

  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// A message of the generator that the operator looks at, as it came.
///
/// Feeds hand over some of them each second, and of no other generator: see `Mailbox.watch(_:)`.
public struct WatchedMessage: Codable, Equatable, Sendable {
  /// Where it was read.
  public enum Stage: UInt8, CaseIterable, Codable, Sendable {
    case mqtt, rawTopic, enriched
  }

  /// The most bytes of a payload that are kept.
  public static let mostBytes = 1_024
  /// The most fields that are told.
  public static let mostFields = 40

  public var generator: GeneratorIndex
  public var stage: Stage
  /// When it reached us: monotonic nanoseconds.
  public var receivedAt: Int64
  /// Scrubbed, as all texts here.
  public var topic = ""
  /// Kafka's key; nil if it has none.
  public var key: String?
  /// MQTT's quality of service; nil in Kafka.
  public var qos: Int?
  public var isRetained = false
  public var partition: Int32?
  public var offset: Int64?
  /// Kafka's timestamp of the record: wall nanoseconds.
  public var recordTime: Int64?
  /// Bytes of the whole payload.
  public var size = 0
  /// The beginning of it, at most ``mostBytes``.
  public var bytes: [UInt8] = []
  /// The same as text, scrubbed.
  public var text = ""
  /// The fields in their order, if it is one flat object.
  public var fields: [MessageField] = []
  /// ``Reading/fingerprint`` of what it says, to find it again in other stages.
  public var fingerprint: UInt32 = 0

  /// Whether ``bytes`` is not all of it.
  public var isCut: Bool { bytes.count < size }
}

extension WatchedMessage {
  public init(_ stage: Stage, of generator: GeneratorIndex, receivedAt: Int64) {
    self.init(generator: generator, stage: stage, receivedAt: receivedAt)
  }
}
