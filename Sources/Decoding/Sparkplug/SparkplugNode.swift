internal import Model

/// What a node has said of itself and of its devices.
final class SparkplugNode {
  /// What stands before the type in its topics, such as `spBv1.0/plant/`.
  let head: [UInt8]
  let name: [UInt8]
  /// The node's own, and its devices', by hashes of their names.
  var devices: [UInt64: SparkplugDevice] = [:]
  /// The `bdSeq` of its last birth, which its last will has as well.
  var session: UInt64?
  var sequence: UInt64?
  /// When it was last asked to announce itself, in wall nanoseconds, and how often without an answer.
  var askedAt: Int64?
  var asked = 0
  /// The count of messages when it last sent one.
  var usedAt = 0
  /// For people.
  private(set) lazy var words = "node \(shown(name))"

  init(head: [UInt8], name: [UInt8]) { (self.head, self.name) = (head, name) }

  /// Takes the number of a message; whether some before it are missing.
  func follow(_ number: UInt64?) -> Bool {
    guard let number else { return false }
    defer { sequence = number }
    return sequence.map { ($0 &+ 1) & 0xFF != number } ?? false
  }

  /// Whether it may be asked at a time: after a minute, and after twice as long each time it did not answer.
  func mayBeAsked(at now: Int64) -> Bool {
    guard let askedAt else { return true }
    return now < askedAt || now - askedAt >= Self.pause << Int64(min(asked - 1, 6))
  }

  static let pause: Int64 = 60_000_000_000
}

/// A device of a node, or the node as one.
final class SparkplugDevice {
  /// Empty for the node itself.
  let name: [UInt8]
  /// Whether it has told a value, or sends some that cannot be read without a birth: then its end is told as well.
  var isHeard = false
  /// Whether its last birth holds.
  var isBorn = false
  /// The metrics of its birth that the source asks for.
  var bindings: [SparkplugBinding] = []
  /// For people.
  private(set) lazy var words = "device \(shown(name))"

  init(name: [UInt8]) { self.name = name }
}

/// A metric that a source asks for, as a birth announced it.
struct SparkplugBinding {
  /// Among the places of the source; nil for its time.
  var place: Int?
  /// A hash of the name.
  var name: UInt64
  var alias: UInt64?
  var datatype: UInt32?
  /// That of the property `engUnit`; nil if it has none that is known.
  var unit: SourceUnit?
  /// Whether the source named it with its folders, or it has none.
  var isWhole: Bool
}

private func shown(_ name: [UInt8]) -> String {
  Scrub.text(name.span, limit: Scrub.Limit.identifier)
}
