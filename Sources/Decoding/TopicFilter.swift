/// An MQTT topic filter and the level of its topics that names the generator.
public struct TopicFilter: Equatable, Sendable {
  /// The filter as it was given, to subscribe with.
  public let text: String
  private let pattern: [UInt8]

  /// Which level of a topic is the generator's id, from 0; nil if no level says it.
  public let identifierLevel: Int?

  /// A filter with the wildcards `+` and `#`; the prefix `$share/<group>/` is passed over.
  ///
  /// - Parameters:
  ///   - filter: such as `emergency_generator/#`.
  ///   - identifierLevel: counted from 0; without it, the level that the last wildcard stands for,
  ///     the first of them if a `#` stands for several.
  public init(_ filter: String, identifierLevel: Int? = nil) {
    text = filter
    var levels = filter.utf8.split(separator: slash, omittingEmptySubsequences: false)
    if filter.hasPrefix("$share/"), levels.count > 2 { levels.removeFirst(2) }
    pattern = Array(levels.joined(separator: [slash]))
    let wildcards = [Array("+".utf8), Array("#".utf8)]
    self.identifierLevel = identifierLevel ?? levels.lastIndex { wildcards.contains(Array($0)) }
  }

  /// How many levels it has, a wildcard counted as one.
  var levelCount: Int { 1 + pattern.count { $0 == slash } }

  /// Whether the filter takes in `topic` (MQTT 3.1.1, section 4.7).
  public func matches(_ topic: Span<UInt8>) -> Bool {
    if !topic.isEmpty, topic[0] == dollar, let first = pattern.first, first == plus || first == hash
    {
      return false
    }
    var position = 0
    for index in pattern.indices {
      switch pattern[index] {
      case hash: return true
      case plus: while position < topic.count, topic[position] != slash { position += 1 }
      case let byte:
        guard position < topic.count else { return isParentWildcard(from: index) }
        guard topic[position] == byte else { return false }
        position += 1
      }
    }
    return position == topic.count
  }

  /// Where the generator's id stands in `topic`; nil if it has no such level or that is empty.
  public func identifier(in topic: Span<UInt8>) -> Range<Int>? {
    guard let identifierLevel else { return nil }
    var level = 0
    var start = 0
    for index in topic.indices where topic[index] == slash {
      if level == identifierLevel { return start == index ? nil : start..<index }
      level += 1
      start = index + 1
    }
    return level == identifierLevel && start < topic.count ? start..<topic.count : nil
  }

  /// Whether `/#` is all that is left of the pattern: it takes in the parent level too.
  private func isParentWildcard(from index: Int) -> Bool {
    index + 2 == pattern.count && pattern[index] == slash && pattern[index + 1] == hash
  }
}

private let slash = UInt8(ascii: "/")
private let plus = UInt8(ascii: "+")
private let hash = UInt8(ascii: "#")
private let dollar = UInt8(ascii: "$")
