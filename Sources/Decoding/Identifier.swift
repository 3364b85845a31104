internal import JSON

/// A generator's id, or a region's, in a buffer that is used again for each message.
public struct Identifier: Sendable {
  /// Scrubbed and at most 64 characters; empty if there is none.
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Takes `id`, scrubbed and cut; nothing of the one before stays.
  public mutating func set(_ id: Span<UInt8>) {
    guard id.count > Scrub.Limit.identifier || !copyPrintable(id) else { return }
    clear()
    Scrub.append(id, limit: Scrub.Limit.identifier, to: &bytes)
  }

  mutating func set(_ id: [UInt8]) { set(id.span) }

  /// Copies `id` if it is printable ASCII, as nearly all are; the bytes are undefined if it is not.
  ///
  /// Ids of a fleet are mostly of one length, and then only bytes are written.
  private mutating func copyPrintable(_ id: Span<UInt8>) -> Bool {
    if bytes.count != id.count {
      clear()
      bytes.append(contentsOf: repeatElement(0, count: id.count))
    }
    // Without a branch for each byte.
    var highest: UInt8 = 0
    var copy = bytes.mutableSpan
    for index in id.indices {
      copy[index] = id[index]
      highest = max(highest, id[index] &- 0x20)
    }
    return highest <= 0x7E - 0x20
  }

  /// Takes a text of the parser's last message.
  mutating func set(_ text: TextField, of parser: borrowing JSONParser) {
    parser.withText(text.rawValue) { set($0) }
  }

  /// Takes the id from the level of `topic` that the first matching of `filters` says.
  public mutating func set(from topic: Span<UInt8>, filters: [TopicFilter]) {
    for filter in filters where filter.matches(topic) {
      if let range = filter.identifier(in: topic) { return set(topic.extracting(range)) }
    }
  }

  /// Takes the id from a Kafka key that may be the topic of a message: see `set(from:filters:)` and `set(fromKey:)`.
  public mutating func set(fromKey key: Span<UInt8>, filters: [TopicFilter]) {
    set(from: key, filters: filters)
    if bytes.isEmpty { set(fromKey: key) }
  }

  /// Takes the id from a Kafka key, if that is text and no topic of several levels: as it is, or a string in JSON.
  public mutating func set(fromKey key: Span<UInt8>) {
    var range = 0..<key.count
    if range.count > 2, key[0] == quote, key[range.upperBound - 1] == quote {
      range = 1..<(range.upperBound - 1)
    }
    guard !range.isEmpty, key[range.lowerBound] != brace, isText(key),
      !key.indices.contains(where: { key[$0] == slash })
    else { return }
    set(key.extracting(range))
  }

  /// Whether `bytes` is UTF-8 without control characters.
  private func isText(_ bytes: Span<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
      let (scalar, length) = decodeScalar(bytes, at: position)
      guard scalar.value >= 0x20, !(0x7F..<0xA0).contains(scalar.value), scalar != "\u{FFFD}" else {
        return false
      }
      position += length
    }
    return true
  }
}

private let quote = UInt8(ascii: "\"")
private let brace = UInt8(ascii: "{")
private let slash = UInt8(ascii: "/")
