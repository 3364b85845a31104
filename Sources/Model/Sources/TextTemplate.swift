/// A text put together of fixed parts and of what a message says: `{2}-{4}`, `{$.device.serial}`, `{key}`, `depot-north`.
public struct TextTemplate: Hashable, Sendable {
  /// Where a part that a message says is found.
  public enum Place: Hashable, Sendable {
    /// The MQTT topic, or the Kafka key where the raw topic is read.
    case topic
    /// A text or a number in the message.
    case path(JSONPath)
    /// The name of the member of an object that a sample is, where several stand in one message.
    case name
    /// The key of a Kafka record.
    case key
    /// A header of a Kafka record.
    case header(String)
  }

  public enum Part: Hashable, Sendable {
    case text(String)
    /// What stands at the place; of a topic one level, counted from 1.
    case value(Place, level: Int?)
  }

  public var parts: [Part]

  public init(_ parts: [Part]) { self.parts = parts }

  /// The highest level of a topic that can be named.
  public static let mostLevels = 64

  /// Reads a template as it is written: `{2}` is a level of the topic, `{$.a}` a path, `{$.a:2}` a level of a topic that stands
  /// there, `{name}` the name of a member that is a sample, `{key}`, `{key:2}`, `{header.name}`.
  ///
  /// - Throws: `SourceSyntaxError` with the place in the text.
  public init(_ text: String) throws(SourceSyntaxError) {
    var reader = SourceTextReader(text)
    parts = []
    var fixed = ""
    while let scalar = reader.next() {
      guard scalar == "{" else {
        if scalar == "}" { throw reader.error("} without {") }
        fixed.unicodeScalars.append(scalar)
        continue
      }
      if !fixed.isEmpty { parts.append(.text(fixed)) }
      fixed = ""
      parts.append(try Self.value(&reader))
      guard reader.take("}") else { throw reader.error("} is missing") }
    }
    if !fixed.isEmpty { parts.append(.text(fixed)) }
    guard !parts.isEmpty else { throw reader.error("a text is missing") }
  }

  /// The template without a level of the topic and the fixed text that sets it apart from what stands before it.
  public func without(level: Int) -> TextTemplate {
    var left = parts
    while let place = left.firstIndex(of: .value(.topic, level: level)) {
      left.remove(at: place)
      let isFirst = place == 0
      let neighbour = isFirst ? place : place - 1
      if left.indices.contains(neighbour), case .text = left[neighbour] {
        left.remove(at: neighbour)
      }
    }
    return TextTemplate(left)
  }

  private static func value(_ reader: inout SourceTextReader) throws(SourceSyntaxError) -> Part {
    let start = reader
    if reader.take("$") {
      reader = start
      return .value(.path(try JSONPath(&reader)), level: try level(&reader))
    }
    let word = reader.takeWord()
    switch word {
    case "name": return .value(.name, level: try level(&reader))
    case "key": return .value(.key, level: try level(&reader))
    case "header":
      guard reader.take(".") else { throw reader.error("the name of a header is missing") }
      var name = reader.takeWord()
      while !name.isEmpty, reader.take(".") { name += "." + reader.takeWord() }
      guard !name.isEmpty else { throw reader.error("the name of a header is missing") }
      return .value(.header(name), level: try level(&reader))
    default:
      guard let level = Int(word), (1...mostLevels).contains(level) else {
        throw start.error(
          "a level of the topic (1 to \(mostLevels)), $.path, name, key or header.name is expected"
        )
      }
      return .value(.topic, level: level)
    }
  }

  private static func level(_ reader: inout SourceTextReader) throws(SourceSyntaxError) -> Int? {
    guard reader.take(":") else { return nil }
    guard let level = Int(reader.takeWord()), (1...mostLevels).contains(level) else {
      throw reader.error("a level from 1 to \(mostLevels) is expected")
    }
    return level
  }
}
