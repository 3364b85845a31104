/// The levels of topics, counted from 1.
enum TopicLevels {
  /// Where a level stands in a topic; nil if there is none, or an empty one.
  static func range(_ level: Int, in topic: Span<UInt8>) -> Range<Int>? {
    var (current, start) = (1, 0)
    for index in topic.indices where topic[index] == slash {
      if current == level { return start == index ? nil : start..<index }
      current += 1
      start = index + 1
    }
    return current == level && start < topic.count ? start..<topic.count : nil
  }

  /// Where the rest of a topic begins behind its first levels; nil if it has no more than those.
  static func rest(behind levels: Int, of topic: Span<UInt8>) -> Int? {
    if levels == 0 { return 0 }
    var current = 0
    for index in topic.indices where topic[index] == slash {
      current += 1
      if current == levels { return index + 1 }
    }
    return nil
  }

  private static let slash = UInt8(ascii: "/")
}

/// The length of a topic and its last characters: enough to pass nearly all others by.
struct TopicTail: Equatable {
  private let bits: UInt64

  init(_ topic: Span<UInt8>) {
    var bits = UInt64(truncatingIfNeeded: topic.count)
    for index in topic.indices.suffix(4) { bits = bits << 8 | UInt64(topic[index]) }
    self.bits = bits
  }

  /// That of the one topic that a filter stands for; nil if it stands for several.
  init?(_ filter: TopicFilter) {
    guard !filter.text.utf8.contains(UInt8(ascii: "+")),
      !filter.text.utf8.contains(UInt8(ascii: "#"))
    else { return nil }
    self.init(Array(filter.text.utf8).span)
  }
}
