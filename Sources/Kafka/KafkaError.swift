internal import CRdkafka
internal import Wording

/// What a call into librdkafka, or a broker, refused.
public struct KafkaError: Error, Equatable, Sendable, CustomStringConvertible {
  public let code: KafkaErrorCode
  /// The library's or the broker's own words; from outside, so not to be drawn as they are.
  public let text: String
  /// The client that met this error cannot go on; a new one can.
  public let isFatal: Bool

  public init(code: KafkaErrorCode, text: String? = nil, isFatal: Bool = false) {
    self.code = code
    self.text = text ?? code.description
    self.isFatal = isFatal
  }

  public var description: String { text.printable }
}

/// A code of librdkafka's `rd_kafka_resp_err_t`: negative for its own, positive for a broker's.
///
/// The set is open: a code that has no name here passes through.
public struct KafkaErrorCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  public let rawValue: Int32

  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  public static let none = KafkaErrorCode(rawValue: 0)
  public static let transport = KafkaErrorCode(rawValue: -195)
  public static let resolve = KafkaErrorCode(rawValue: -193)
  public static let partitionEnd = KafkaErrorCode(rawValue: -191)
  public static let unknownTopic = KafkaErrorCode(rawValue: -188)
  public static let allBrokersDown = KafkaErrorCode(rawValue: -187)
  public static let invalidArgument = KafkaErrorCode(rawValue: -186)
  public static let timedOut = KafkaErrorCode(rawValue: -185)
  public static let queueFull = KafkaErrorCode(rawValue: -184)
  public static let tls = KafkaErrorCode(rawValue: -181)
  public static let authentication = KafkaErrorCode(rawValue: -169)
  public static let unsupportedFeature = KafkaErrorCode(rawValue: -165)
  public static let fatal = KafkaErrorCode(rawValue: -150)
  /// The offset to read from is gone, and the reader is to choose another.
  public static let offsetReset = KafkaErrorCode(rawValue: -140)
  /// The log was cut back below what was read (librdkafka 2.1 and newer).
  public static let logTruncation = KafkaErrorCode(rawValue: -139)
  public static let offsetOutOfRange = KafkaErrorCode(rawValue: 1)
  /// Of a batch, whose records may all be small enough alone.
  public static let messageTooLarge = KafkaErrorCode(rawValue: 10)
  public static let unknownTopicOrPartition = KafkaErrorCode(rawValue: 3)
  public static let topicExists = KafkaErrorCode(rawValue: 36)

  /// Calls `rd_kafka_err2str`.
  public var description: String {
    rd_kafka_err2str(rd_kafka_resp_err_t(rawValue)).map { String(cString: $0) } ?? "\(rawValue)"
  }

  /// The record, or one that is in the same batch, cannot be written: offering the batch again changes nothing.
  ///
  /// INVALID_MSG, MSG_SIZE_TOO_LARGE, INVALID_MSG_SIZE, INVALID_RECORD.
  public var isOfRecord: Bool { [2, 10, 18, 87].contains(rawValue) }

  /// The broker knows us and refuses the operation, on a topic, a group or the cluster.
  public var isAuthorization: Bool { (29...31).contains(rawValue) }

  /// The topic is not there.
  var isMissing: Bool { self == .unknownTopic || self == .unknownTopicOrPartition }

  /// The coordinator of a group is loading, not there yet, or another broker.
  var isOfMovingCoordinator: Bool { (14...16).contains(rawValue) }
}

extension KafkaErrorCode {
  init(_ code: rd_kafka_resp_err_t) {
    self.init(rawValue: code.rawValue)
  }
}

/// Throws for every code but 0: the one place that looks for success.
func check(_ code: rd_kafka_resp_err_t, _ what: @autoclosure () -> String) throws(KafkaError) {
  guard code.rawValue != 0 else { return }
  let code = KafkaErrorCode(code)
  throw KafkaError(code: code, text: "\(what()): \(code)", isFatal: code == .fatal)
}
