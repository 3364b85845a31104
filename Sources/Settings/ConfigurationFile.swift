internal import Wording
internal import Arguments
internal import YAML

/// What a configuration file says, all of it checked against the table.
struct ConfigurationFile {
  /// A named set of settings that win over the others in the file.
  struct Context {
    var name: String
    var layer: SettingsLayer
  }

  var path: String
  /// What stands outside of the contexts.
  var common = SettingsLayer()
  var contexts: [Context] = []
  /// The context that holds when none is asked for.
  var defaultContext: ParsedValue?

  /// Checks a file as a whole, the contexts that are not used included.
  ///
  /// - Parameters:
  ///   - path: For messages, and for paths in the file, which are relative to its folder.
  ///   - text: What the file holds.
  ///   - home: For paths that begin with `~/`; nil if it is not known.
  ///   - files: For a look at who can read the file, if it holds a secret.
  /// - Throws: `SettingsError` with the place of the first thing that is wrong.
  init(
    path: String,
    text: String,
    home: String?,
    files: SettingsFiles,
  ) throws(SettingsError) {
    self.path = path
    var reader = ConfigurationReader(path: path, home: home)
    do throws(YAMLError) {
      let root = try YAMLDocument.parse(text)
      for entry in root.isNull ? [] : try root.mapping() {
        try read(entry, by: &reader)
      }
    } catch {
      throw SettingsError(error, in: path)
    }
    guard let place = reader.firstSecret else { return }
    try files.checkPrivacy(path, at: place)
  }

  private mutating func read(
    _ entry: YAMLEntry,
    by reader: inout ConfigurationReader,
  ) throws(YAMLError) {
    switch entry.name {
    case "contexts":
      contexts = try reader.contexts(entry.value)
    case "context":
      guard !entry.value.isNull else { return }
      let name = Value.text(try entry.value.string())
      defaultContext = ParsedValue(name, from: reader.place(entry.value))
    default:
      try reader.read(entry, under: "", into: &common)
    }
  }
}

extension SettingsError {
  init(_ error: YAMLError, in path: String) {
    self.init(error.message, at: .file(path, line: error.line, column: error.column))
  }
}

/// Walks a file's tree along the keys of the table.
struct ConfigurationReader {
  let path: String
  let home: String?
  /// Where the first secret stands.
  private(set) var firstSecret: ValueOrigin?

  init(path: String, home: String?) {
    self.path = path
    self.home = home
  }

  func place(_ node: YAMLNode) -> ValueOrigin {
    .file(path, line: node.line, column: node.column)
  }

  mutating func contexts(_ node: YAMLNode) throws(YAMLError) -> [ConfigurationFile.Context] {
    guard !node.isNull else { return [] }
    var contexts: [ConfigurationFile.Context] = []
    for entry in try node.mapping() {
      var layer = SettingsLayer()
      for part in entry.value.isNull ? [] : try entry.value.mapping() {
        try read(part, under: "", into: &layer)
      }
      contexts.append(ConfigurationFile.Context(name: entry.name, layer: layer))
    }
    return contexts
  }

  /// Reads a key and what is below it; a key without a value is as if it were not there.
  mutating func read(
    _ entry: YAMLEntry,
    under parent: String,
    into layer: inout SettingsLayer,
  ) throws(YAMLError) {
    let key = parent + entry.name
    if key == "keys" {
      layer.keys = try readKeys(entry.value)
      return
    }
    if key == KafkaSection.propertiesPath {
      guard !entry.value.isNull else { return }
      return try readProperties(entry.value, into: &layer)
    }
    if let row = SettingsTable.rows.first(where: { $0.key == key }) {
      guard !entry.value.isNull else { return }
      if row.isSecret { firstSecret = firstSecret ?? place(entry.value) }
      let values = try values(entry.value, of: row)
      layer[row] = ResolvedSetting(values: values, origin: place(entry.value))
      return
    }
    guard SettingsTable.rows.contains(where: { $0.key?.hasPrefix(key + ".") == true }) else {
      throw unknown(entry, under: parent)
    }
    for part in entry.value.isNull ? [] : try entry.value.mapping() {
      try read(part, under: key + ".", into: &layer)
    }
  }

  private func unknown(_ entry: YAMLEntry, under parent: String) -> YAMLError {
    let keys = SettingsTable.rows.compactMap(\.key) + [KafkaSection.propertiesPath]
    var names = parent.isEmpty ? ["context", "contexts", "keys"] : []
    for key in keys where key.hasPrefix(parent) {
      let name = String(key.dropFirst(parent.count).prefix { $0 != "." })
      if !names.contains(name) { names.append(name) }
    }
    let hint = Spelling.hint(for: entry.name, in: names)
    return entry.error("unknown key \"\(parent)\(entry.name)\"" + hint)
  }

  private func values(_ node: YAMLNode, of row: SettingRow) throws(YAMLError) -> [ParsedValue] {
    var nodes = [node]
    if row.occurrence != .once, case .sequence(let items) = node.value { nodes = items }
    var values: [ParsedValue] = []
    for node in nodes {
      values.append(ParsedValue(try value(node, of: row), from: place(node)))
    }
    return values
  }

  private func value(_ node: YAMLNode, of row: SettingRow) throws(YAMLError) -> Value {
    switch row.kind {
    case .flag: return .flag(try node.bool())
    case .text: return .text(try node.string())
    case .path where try !node.string().isEmpty: return .text(absolute(try node.string()))
    case .wordOrFile where ThemeChoice.isPath(try node.string()):
      return .text(absolute(try node.string()))
    case .integer: _ = try node.integer()
    case .number: _ = try node.number()
    case .path, .duration, .oneOf, .wordOrFile: break
    }
    let text = try node.string()
    guard let value = row.kind.value(of: text) else {
      let hint = Spelling.hint(for: text, in: row.kind.words)
      throw node.error("\"\(text)\" is not \(row.kind.expectation)" + hint)
    }
    return value
  }

  /// Paths in a file are relative to its folder; `~/` is the home of the user.
  private func absolute(_ text: String) -> String {
    if text.hasPrefix("~/"), let home { return home + text.dropFirst(1) }
    guard !text.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return text }
    return path[...slash] + text
  }

  private mutating func readProperties(
    _ node: YAMLNode,
    into layer: inout SettingsLayer,
  ) throws(YAMLError) {
    for entry in try node.mapping() {
      let place = place(entry.value)
      if KafkaProperties.isSecret(entry.name) { firstSecret = firstSecret ?? place }
      let value = try entry.value.string()
      layer.properties.append(ResolvedProperty(name: entry.name, value: value, origin: place))
    }
  }
}
