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

  let path: String
  private let home: String?
  /// What stands outside of the contexts.
  private(set) var common = SettingsLayer()
  private(set) var contexts: [Context] = []
  /// The context that holds when none is asked for.
  private(set) var defaultContext: ParsedValue?
  /// Where the first secret stands.
  private var firstSecret: ValueOrigin?

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
    self.home = home
    do throws(YAMLError) {
      common = try layer(YAMLDocument.parse(text), isFile: true)
    } catch {
      throw SettingsError(error, in: path)
    }
    if let firstSecret { try files.checkPrivacy(path, at: firstSecret) }
  }

  func place(_ node: YAMLNode) -> ValueOrigin {
    .file(path, line: node.line, column: node.column)
  }

  /// Reads a file or a context in it, along the keys of the table.
  private mutating func layer(_ node: YAMLNode, isFile: Bool) throws(YAMLError) -> SettingsLayer {
    var layer = SettingsLayer()
    for entry in node.isNull ? [] : try node.mapping() {
      switch entry.name {
      case "contexts" where isFile:
        for context in entry.value.isNull ? [] : try entry.value.mapping() {
          let layer = try self.layer(context.value, isFile: false)
          contexts.append(Context(name: context.name, layer: layer))
        }
      case "context" where isFile:
        guard !entry.value.isNull else { continue }
        let name = Value.text(try entry.value.string())
        defaultContext = ParsedValue(name, from: place(entry.value))
      default: try read(entry, under: "", into: &layer)
      }
    }
    if layer.sources != nil, let profile = node["profile"], !profile.isNull {
      throw profile.error("sources are here as well: name the profile in one of them")
    }
    return layer
  }

  /// Reads a key and what is below it; a key without a value is as if it were not there.
  private mutating func read(
    _ entry: YAMLEntry,
    under parent: String,
    into layer: inout SettingsLayer,
  ) throws(YAMLError) {
    let key = parent + entry.name
    if key == "keys" {
      layer.keys = try readKeys(entry.value)
      return
    }
    if key == "sources" {
      guard !entry.value.isNull else { return }
      layer.sources = try SourceList(entry.value, at: place(entry.value))
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
    var names = parent.isEmpty ? ["context", "contexts", "keys", "sources"] : []
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
    return try nodes.map { (node) throws(YAMLError) in
      ParsedValue(try value(node, of: row), from: place(node))
    }
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
    case .path, .duration, .oneOf, .wordOrFile, .wordOrName: break
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

extension SettingsError {
  init(_ error: YAMLError, in path: String) {
    self.init(error.message, at: .file(path, line: error.line, column: error.column))
  }
}
