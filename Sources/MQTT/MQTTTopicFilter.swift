/// A topic filter with the wildcards `+` (one level) and `#` (this level and all below it, at the end only).
///
/// Rules: MQTT 3.1.1 and 5, section 4.7.
public struct MQTTTopicFilter: Equatable, Sendable {
  /// The filter as it was given.
  public let text: String

  /// Nil when it is no filter: empty, longer than 65,535 bytes, with a NUL, or with a wildcard where none may be.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 65_535, !bytes.contains(0) else { return nil }
    for (index, byte) in bytes.enumerated() where byte == plus || byte == hash {
      let startsLevel = index == 0 || bytes[index - 1] == slash
      let isLast = index == bytes.count - 1
      guard startsLevel, isLast || byte == plus && bytes[index + 1] == slash else { return nil }
    }
    self.text = text
  }

  /// Whether it stands for more than one topic.
  public var hasWildcards: Bool {
    text.utf8.contains { $0 == plus || $0 == hash }
  }

  /// Whether every topic of `other` is one of this filter too.
  ///
  /// A broker may send a message once for each subscription that it matches, so a filter that another one covers is better
  /// not subscribed to.
  public func covers(_ other: MQTTTopicFilter) -> Bool {
    let isWide = text.utf8.first == plus || text.utf8.first == hash
    if isWide, other.text.utf8.first == UInt8(ascii: "$") { return false }
    var mine = text.split(separator: "/", omittingEmptySubsequences: false)[...]
    var theirs = other.text.split(separator: "/", omittingEmptySubsequences: false)[...]
    while let level = mine.popFirst() {
      if level == "#" { return true }
      guard let theirLevel = theirs.popFirst() else { return false }
      // `a/#` holds `a` as well, which `a/+` does not.
      guard theirLevel != "#", level == "+" || level == theirLevel else { return false }
    }
    return theirs.isEmpty
  }

  /// The filters to subscribe to, in order: those that no other covers.
  public static func withoutCovered(_ filters: [MQTTTopicFilter]) -> [MQTTTopicFilter] {
    var kept: [MQTTTopicFilter] = []
    for filter in filters where !kept.contains(where: { $0.covers(filter) }) {
      kept.removeAll { filter.covers($0) }
      kept.append(filter)
    }
    return kept
  }
}

private let plus = UInt8(ascii: "+")
private let hash = UInt8(ascii: "#")
private let slash = UInt8(ascii: "/")
