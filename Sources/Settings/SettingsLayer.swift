public import Arguments

/// The values of one setting, of the kind of its row; none when it is not set.
struct ResolvedSetting: Sendable {
  var values: [ParsedValue]
  var origin: ValueOrigin
}

extension ResolvedSetting: Equatable {
  /// Whether both say the same, wherever it was given.
  static func == (left: ResolvedSetting, right: ResolvedSetting) -> Bool {
    left.values.map(\.value) == right.values.map(\.value)
  }
}

/// A property of librdkafka and where it was given.
struct ResolvedProperty: Equatable {
  var name: String
  var value: String
  var origin: ValueOrigin
}

/// The settings of one source, or of all together.
struct SettingsLayer: Sendable {
  /// By the id of the row.
  private var settings: [String: ResolvedSetting] = [:]
  /// Later ones win.
  var properties: [ResolvedProperty] = []
  /// Of several for one command the last holds.
  var keys: [KeySetting] = []
  /// How messages are understood, in place of a profile; nil where it is not said here.
  var sources: SourceList?

  /// Lets another layer win over this one.
  mutating func merge(_ layer: SettingsLayer) {
    let profile = SettingsTable.standard.messages.profile.row
    if layer.sources != nil {
      sources = layer.sources
      settings[profile.id] = nil
    } else if layer.settings[profile.id] != nil {
      sources = nil
    }
    settings.merge(layer.settings) { $1 }
    properties += layer.properties
    let changed = Set(layer.keys.map(\.command))
    keys = keys.filter { !changed.contains($0.command) } + layer.keys
  }

  /// What is set at a row.
  subscript(row: SettingRow) -> ResolvedSetting {
    get { settings[row.id] ?? ResolvedSetting(values: [], origin: .default) }
    set { settings[row.id] = newValue }
  }
}

extension SettingsLayer: Equatable {
  /// Whether both say the same, wherever it was given.
  static func == (left: SettingsLayer, right: SettingsLayer) -> Bool {
    left.settings == right.settings && left.keys == right.keys && left.sources == right.sources
  }
}

extension SettingsLayer: CustomStringConvertible, CustomReflectable {
  // There are secrets in it, which neither printing nor dumping may show.
  var description: String { "•••" }
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension SettingsLayer {
  /// What the rows have by themselves.
  static var defaults: SettingsLayer {
    var layer = SettingsLayer()
    for row in SettingsTable.rows {
      let values = row.defaults.map { ParsedValue($0, from: .default) }
      layer[row] = ResolvedSetting(values: values, origin: .default)
    }
    return layer
  }

  /// What the options and variables of a command line say.
  ///
  /// - Throws: `SettingsError` for a property that is no `name=value` or is a secret.
  static func commandLine(
    _ arguments: ParsedArguments,
    for commands: CommandSet,
    environment: [String: String],
  ) throws(SettingsError) -> SettingsLayer {
    var layer = SettingsLayer()
    for row in SettingsTable.rows(for: commands) {
      var values = arguments.values(of: row)
      if row.option == nil, let name = row.environment, let text = environment[name],
        !text.isEmpty, let value = row.kind.value(of: text)
      {
        values = [ParsedValue(value, from: .environment(name))]
      }
      guard let values, let last = values.last else { continue }
      layer[row] = ResolvedSetting(values: values, origin: last.origin)
    }
    for item in layer.values(\.kafka.property) {
      layer.properties.append(try KafkaProperties.option(item.value.text, at: item.origin))
    }
    // From here on they stand among those of the files.
    layer.set(\.kafka.property, [], at: .default)
    return layer
  }
}

extension ParsedArguments {
  /// What an option or its variable says; nil if there is neither.
  fileprivate func values(of row: SettingRow) -> [ParsedValue]? { values[row.form.name] }

  /// What a setting is by its option and its variable alone.
  public subscript<Content>(path: KeyPath<SettingsTable, Setting<Content>>) -> Content {
    let setting = SettingsTable.standard[keyPath: path]
    return setting.type.read(values(of: setting.row) ?? [])
  }
}

// MARK: - Reading and setting by the table

extension SettingsLayer {
  typealias Path<Content: Sendable> = KeyPath<SettingsTable, Setting<Content>>

  /// What a setting is.
  subscript<Content>(path: Path<Content>) -> Content {
    let setting = SettingsTable.standard[keyPath: path]
    return setting.type.read(self[setting.row].values)
  }

  /// The values of a setting, each with its place.
  func values<Content>(_ path: Path<Content>) -> [ParsedValue] {
    self[SettingsTable.standard[keyPath: path].row].values
  }

  /// The one value of a setting, if it is set.
  func value<Content>(_ path: Path<Content>) -> ParsedValue? {
    values(path).last
  }

  func origin<Content>(of path: Path<Content>) -> ValueOrigin {
    self[SettingsTable.standard[keyPath: path].row].origin
  }

  /// Lets a setting that is not set be what another one is.
  mutating func follow<Content>(_ path: Path<Content>, _ other: Path<Content>) {
    guard case .default = origin(of: path) else { return }
    let table = SettingsTable.standard
    self[table[keyPath: path].row] = self[table[keyPath: other].row]
  }

  mutating func set<Content>(_ path: Path<Content>, _ content: Content, at origin: ValueOrigin) {
    let setting = SettingsTable.standard[keyPath: path]
    let values = setting.type.write(content).map { ParsedValue($0, from: origin) }
    self[setting.row] = ResolvedSetting(values: values, origin: origin)
  }
}
