internal import Arguments
internal import Model
internal import MQTT
internal import System
internal import Wording
internal import YAML

/// Reads the single values of a source; each is refused with its place if it is none of its kind.
enum SourceText {
  /// The most characters of a text in a source.
  static let longest = 512
  /// The most words, filters or ranges of one key.
  static let most = 64

  static func text(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try node.string()
    guard text.utf8.count <= longest else {
      throw node.error("this is longer than \(longest) bytes")
    }
    guard !text.isEmpty else { throw node.error("a text is expected here") }
    return text
  }

  /// At most 64 characters, as names and regions have everywhere, and none that steers a terminal.
  static func name(_ node: YAMLNode) throws(YAMLError) -> String {
    let name = try text(node)
    guard name.count <= 64 else { throw node.error("this is longer than 64 characters") }
    guard name.printable == name else {
      throw node.error("this has characters that cannot be shown")
    }
    return name
  }

  static func list<Item>(
    _ node: YAMLNode,
    _ read: (YAMLNode) throws(YAMLError) -> Item
  ) throws(YAMLError) -> [Item] {
    let nodes = node.items
    guard nodes.count <= most else { throw node.error("these are more than \(most)") }
    var items: [Item] = []
    for node in nodes { items.append(try read(node)) }
    return items
  }

  static func words(_ node: YAMLNode) throws(YAMLError) -> [String] { try list(node, text) }

  static func filter(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try text(node)
    guard MQTTTopicFilter(text) != nil else {
      throw node.error(
        "\"\(text)\" is not a topic filter: + stands for one whole level, # at the end for the rest"
      )
    }
    return text
  }

  static func filters(_ node: YAMLNode) throws(YAMLError) -> [String] { try list(node, filter) }

  /// Names that a Kafka topic can have.
  static func kafkaTopics(_ node: YAMLNode) throws(YAMLError) -> [String] {
    try list(node) { (node) throws(YAMLError) in
      let name = try text(node)
      let isName = name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "._-".utf8.contains(byte)
        }
      }
      guard isName, name.utf8.count <= 249 else {
        throw node.error("\"\(name)\" is no name of a Kafka topic")
      }
      return name
    }
  }

  /// What stands behind `…/`: the levels of a topic below what the source's topics share.
  static func below(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try text(node)
    guard let head = heads.first(where: text.hasPrefix) else {
      throw node.error("the topic of a value begins with …/ (or .../): what is shared")
    }
    let rest = String(text.dropFirst(head.count))
    guard MQTTTopicFilter(rest) != nil, !rest.utf8.contains(UInt8(ascii: "#")) else {
      throw node.error("\"\(rest)\" is not the end of a topic; + stands for one whole level")
    }
    return rest
  }

  /// What stands for the shared part of a topic.
  static let heads = ["…/", ".../"]

  /// A path to one value.
  static func path(_ node: YAMLNode) throws(YAMLError) -> JSONPath {
    let path = try anyPath(node)
    guard path.stepsToAll.isEmpty else { throw manyAtOnce(node) }
    return path
  }

  static func anyPath(_ node: YAMLNode) throws(YAMLError) -> JSONPath {
    let text = try text(node)
    do throws(SourceSyntaxError) {
      return try JSONPath(text)
    } catch {
      throw node.error(error, in: text)
    }
  }

  static func template(_ node: YAMLNode) throws(YAMLError) -> TextTemplate {
    let text = try text(node)
    let template: TextTemplate
    do throws(SourceSyntaxError) {
      template = try TextTemplate(text)
    } catch {
      throw node.error(error, in: text)
    }
    guard template.paths.allSatisfy(\.stepsToAll.isEmpty) else {
      throw manyAtOnce(node)
    }
    return template
  }

  private static func manyAtOnce(_ node: YAMLNode) -> YAMLError {
    node.error("[*] and .* stand for several samples: only each may have them")
  }

  static func unit(_ node: YAMLNode) throws(YAMLError) -> SourceUnit {
    let text = try text(node)
    guard let unit = SourceUnit(text) else {
      let hint = Spelling.hint(for: text, in: SourceUnit.spellings)
      throw node.error("\"\(text)\" is no unit that is known" + hint)
    }
    return unit
  }

  /// Numbers and ranges, such as `65528..65535`.
  static func ranges(_ node: YAMLNode) throws(YAMLError) -> [ClosedRange<Double>] {
    try list(node) { (node) throws(YAMLError) in
      let text = try text(node)
      let parts = text.split(separator: "..", omittingEmptySubsequences: false)
      let bounds = parts.compactMap { number($0, in: -1e15...1e15) }
      guard parts.count < 3, bounds.count == parts.count, !text.contains("..."),
        let low = bounds.first,
        let high = bounds.last, low <= high
      else { throw node.error("\"\(text)\" is no number, and no range such as 65528..65535") }
      return low...high
    }
  }

  private static func number(_ text: Substring, in range: ClosedRange<Double>) -> Double? {
    let value = ValueKind.number(range).value(of: String(text))
    return if case .number(let number) = value { number } else { nil }
  }

  /// A number with its unit, such as `900 L` or `25%`; nil for the unit where there is none.
  static func amount(_ node: YAMLNode) throws(YAMLError) -> (Double, SourceUnit?) {
    let text = try text(node)
    let digits = text.prefix { "0123456789.".contains($0) }
    let rest = text.dropFirst(digits.count).drop { $0 == " " }
    guard let number = number(digits, in: 0...1e9) else {
      throw node.error("\"\(text)\" is no amount, such as 900 L or 240 gal")
    }
    guard !rest.isEmpty else { return (number, nil) }
    guard let unit = SourceUnit(String(rest)) else {
      throw node.error("\"\(rest)\" is no unit that is known")
    }
    return (number, unit)
  }

  /// An offset such as `+01:00`, or a name of the zone database of this machine.
  static func zone(_ node: YAMLNode) throws(YAMLError) -> String {
    let text = try text(node)
    guard Zone(named: text) != nil else {
      throw node.error("there is no zone \"\(text)\"; write one such as Europe/Berlin or +01:00")
    }
    return text
  }

  /// One of two words.
  static func choice(_ word: String, else other: String) -> YAMLKey<Source>.Reader<Bool> {
    { (node) throws(YAMLError) in
      let text = try text(node)
      guard text == word || text == other else {
        let hint = Spelling.hint(for: text, in: [word, other])
        throw node.error("\"\(text)\" is not \(word) or \(other)" + hint)
      }
      return text == word
    }
  }
}

extension YAMLNode {
  /// What is wrong within a text, at its place.
  fileprivate func error(_ error: SourceSyntaxError, in text: String) -> YAMLError {
    var quote = 0
    if case .scalar(let scalar) = value, scalar.isQuoted { quote = 1 }
    let message = "\"\(text)\": \(error.message)"
    return YAMLError(message, line: line, column: column + quote + error.offset)
  }
}

extension TextTemplate {
  /// Whether it names the member that a sample is.
  var hasName: Bool {
    parts.contains { if case .value(.name, _) = $0 { true } else { false } }
  }

  /// The paths in it.
  var paths: [JSONPath] {
    parts.compactMap { part in
      if case .value(.path(let path), _) = part { path } else { nil }
    }
  }
}
