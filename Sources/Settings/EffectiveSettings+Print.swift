internal import Wording
internal import Arguments

extension EffectiveSettings {
  /// What is in force as a configuration file, each value with its origin behind it and its meaning above it.
  ///
  /// What is not set is a comment; so is a secret, without its value. Read again, the text gives
  /// the same settings, but for secrets, and for options with a path relative to where one was.
  ///
  /// - Parameter keys: The commands of the screen with their own keys, in the order to print.
  /// - Returns: The text, with its last line break.
  public func printed(keys: [(command: String, keys: [String])] = []) -> String {
    var lines = ["# \(commands.program): the settings in force, and where each comes from"]
    if let configurationFile { lines.append("# file: \(configurationFile.printable)") }
    if let context { lines.append("# context: \(context.printable)") }
    var path: [String] = []
    for row in SettingsTable.rows(for: commands) {
      guard let key = row.key else { continue }
      let parts = key.split(separator: ".").map(String.init)
      if path.first != parts.first { lines.append("") }
      lines += Self.headings(from: path, to: parts)
      path = parts
      lines.append(Self.indentation(parts.count - 1) + "# " + Self.meaning(of: row))
      lines.append(line(row, name: parts.last ?? key, depth: parts.count - 1))
      if row.id == SettingsTable.standard.kafka.passwordFile.row.id { lines += propertyLines }
    }
    lines += sourceLines
    lines += keyLines(keys)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The names of mappings that begin between two keys.
  private static func headings(from old: [String], to new: [String]) -> [String] {
    let common = zip(old, new).prefix { $0 == $1 }.count
    return new.indices.dropLast().filter { $0 >= common }.map { depth in
      indentation(depth) + new[depth] + ":"
    }
  }

  /// The help of a setting, what it takes and what it is by itself.
  private static func meaning(of row: SettingRow) -> String {
    var details: [String] = []
    switch row.kind {
    case .integer, .number, .duration: details.append(row.kind.expectation)
    case .oneOf(let words) where words.contains { !row.help.contains($0) }:
      details.append(row.kind.expectation)
    case .flag, .text, .path, .oneOf, .wordOrFile, .wordOrName: break
    }
    if row.occurrence != .once { details.append("a list") }
    if let text = row.option?.defaultText ?? row.defaults.first?.text, !text.isEmpty {
      details.append("default: \(text)")
    }
    return row.help + (details.isEmpty ? "" : " (\(details.joined(separator: "; ")))")
  }

  private func line(_ row: SettingRow, name: String, depth: Int) -> String {
    let setting = layer[row]
    let head = Self.indentation(depth)
    if setting.values.isEmpty, setting.origin == .default || row.occurrence == .once {
      return "\(head)# \(name):  # not set"
    }
    let origin = setting.origin.description.printable
    guard !row.isSecret else { return "\(head)# \(name): (hidden)  # \(origin)" }
    let texts = setting.values.map { value in
      if case .number = value.value { value.value.text } else { Self.scalar(value.value.text) }
    }
    let value = row.occurrence == .once ? texts.joined() : "[\(texts.joined(separator: ", "))]"
    guard !isUnused(row) else { return "\(head)# \(name): \(value)  # \(origin), not used" }
    return "\(head)\(name): \(value)  # \(origin)"
  }

  /// Whether a value would mean more in a file than it does here.
  ///
  /// The raw topic is read when it is named, and enriched topics may be named in one way only.
  private func isUnused(_ row: SettingRow) -> Bool {
    guard !commands.isDisjoint(with: .egtop) else { return false }
    let choices = topicChoices.map(\.id)
    if choices.contains(row.id) { return row.id != choices.first }
    let isRawTopic = row.id == SettingsTable.standard.kafka.rawTopicName.row.id
    return isRawTopic && layer[row].origin == .default
  }

  private var propertyLines: [String] {
    let meaning = "  # Properties of librdkafka, by its own names."
    guard !layer.properties.isEmpty else { return [meaning, "  # properties:  # not set"] }
    var last: [String: ResolvedProperty] = [:]
    for property in layer.properties {
      last[property.name] = property
    }
    let lines = last.values.sorted { $0.name < $1.name }.map { property in
      let origin = property.origin.description.printable
      let name = Self.scalar(property.name)
      return KafkaProperties.isSecret(property.name)
        ? "    # \(name): (hidden)  # \(origin)"
        : "    \(name): \(Self.scalar(property.value))  # \(origin)"
    }
    return [meaning, "  properties:"] + lines
  }

  private static func indentation(_ depth: Int) -> String {
    String(repeating: "  ", count: depth)
  }

  /// A text as YAML: plain where nobody could take it for something else, else in quotes.
  static func scalar(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      default: "_./-".utf8.contains(byte)
      }
    }
    if isPlain, !text.isEmpty, text.first != "-", text.lowercased() != "null" { return text }
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      default:
        quoted += String(scalar).printable == String(scalar) ? String(scalar) : escape(scalar)
      }
    }
    return "\"\(quoted)\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
