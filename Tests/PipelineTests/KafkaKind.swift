import Foundation
import Kafka
import Testing

/// A Kafka that a test runs on.
enum KafkaKind: CaseIterable, CustomTestStringConvertible {
  /// librdkafka's brokers inside this process.
  case local
  /// The one whose address is in `EGTOP_TEST_KAFKA`.
  case real

  static let realAddress = ProcessInfo.processInfo.environment["EGTOP_TEST_KAFKA"]
  static let available: [KafkaKind] = realAddress == nil ? [.local] : [.local, .real]

  var testDescription: String { self == .local ? "in-process Kafka" : "real Kafka" }
}
