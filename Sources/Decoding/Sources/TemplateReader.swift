internal import JSON
internal import Model

/// What is known of a message besides its topic and its payload.
struct SourceContext {
  /// Wall nanoseconds.
  var now: Int64 = 0
  /// Whether it is a record of Kafka, and the topic its key.
  var isRecord = false
  /// Those that templates ask for.
  var headers: [String: [UInt8]] = [:]
}

/// A template with its paths known to a document.
struct TemplateReader {
  private enum Part {
    case text([UInt8])
    case topic(level: Int?)
    case path(Int, level: Int?)
    case name(level: Int?)
    case key(level: Int?)
    case header(String, level: Int?)
  }

  private let parts: [Part]
  /// Whether its fixed text has a `*`.
  let isPattern: Bool

  init(_ template: TextTemplate, _ document: inout SourceDocument) {
    var parts: [Part] = []
    var isPattern = false
    for part in template.parts {
      switch part {
      case .text(let text):
        parts.append(.text(Array(text.utf8)))
        isPattern = isPattern || text.utf8.contains(star)
      case .value(.topic, let level): parts.append(.topic(level: level))
      case .value(.path(let path), let level): parts.append(.path(document.add(path), level: level))
      case .value(.name, let level): parts.append(.name(level: level))
      case .value(.key, let level): parts.append(.key(level: level))
      case .value(.header(let name), let level): parts.append(.header(name, level: level))
      }
    }
    (self.parts, self.isPattern) = (parts, isPattern)
    level = if parts.count == 1, case .topic(let level?) = parts[0] { level } else { nil }
  }

  /// The level of the topic that is all of it; nil if it is made of something else.
  let level: Int?

  /// The headers that it asks for.
  var headers: [String] {
    parts.compactMap { part in
      if case .header(let name, _) = part { name } else { nil }
    }
  }

  /// Writes what the template says of a message into `text`.
  ///
  /// - Parameters:
  ///   - text: Cleared first.
  ///   - document: The message's JSON.
  ///   - start: Where paths begin.
  ///   - topic: The topic, or the key of a record.
  ///   - payload: The whole message.
  ///   - context: What else is known of it.
  /// - Returns: Whether all of it is there.
  func write(
    into text: inout [UInt8],
    _ document: inout SourceDocument,
    from start: JSONTree.Place,
    topic: Span<UInt8>,
    payload: Span<UInt8>,
    _ context: SourceContext
  ) -> Bool {
    text.removeAll(keepingCapacity: true)
    for index in parts.indices {
      let size = text.count
      switch parts[index] {
      case .text(let fixed):
        text.append(contentsOf: fixed)
        continue
      case .topic(let level): add(topic, level, to: &text)
      case .key(let level):
        if context.isRecord { add(topic.extracting(unquoted(topic)), level, to: &text) }
      case .path(let path, let level):
        guard document.read(payload), let place = document.place(path, from: start) else {
          return false
        }
        document.withNode(at: place) { node, words in
          if case .scalar(let value) = node, value != .null { add(words, level, to: &text) }
        }
      case .name(let level): document.withName(at: start) { add($0, level, to: &text) }
      case .header(let name, let level):
        if let value = context.headers[name] { add(value.span, level, to: &text) }
      }
      guard text.count > size else { return false }
      // A sender must not choose what a pattern stands for.
      if isPattern, text[size...].contains(star) { return false }
    }
    return true
  }

  /// Far more than an id may be long is of no use.
  private func add(_ words: Span<UInt8>, _ level: Int?, to text: inout [UInt8]) {
    var range = 0..<words.count
    if let level {
      guard let own = TopicLevels.range(level, in: words) else { return }
      range = own
    }
    for index in range.prefix(4_096) { text.append(words[index]) }
  }

  /// A key may be a string in JSON.
  private func unquoted(_ key: Span<UInt8>) -> Range<Int> {
    let quote = UInt8(ascii: "\"")
    let isQuoted = key.count > 2 && key[0] == quote && key[key.count - 1] == quote
    return isQuoted ? 1..<(key.count - 1) : 0..<key.count
  }
}

private let star = UInt8(ascii: "*")
