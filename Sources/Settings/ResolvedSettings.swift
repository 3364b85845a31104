internal import Arguments

/// A value and where it was given.
struct SettingValue: Equatable {
  var value: Value
  var origin: SettingOrigin
}

/// The values of one setting, of the kind of its row; none when it is not set.
struct ResolvedSetting: Equatable {
  var values: [SettingValue]
  var origin: SettingOrigin
}

/// A property of librdkafka and where it was given.
struct ResolvedProperty: Equatable {
  var name: String
  var value: String
  var origin: SettingOrigin
}

/// The settings of one source, or of all together.
struct SettingsLayer: Equatable {
  /// By the id of the row.
  var settings: [String: ResolvedSetting] = [:]
  /// Later ones win.
  var properties: [ResolvedProperty] = []
  /// Of several for one command the last holds.
  var keys: [KeySetting] = []

  /// Lets another layer win over this one.
  mutating func merge(_ layer: SettingsLayer) {
    settings.merge(layer.settings) { $1 }
    properties += layer.properties
    let changed = Set(layer.keys.map(\.command))
    keys = keys.filter { !changed.contains($0.command) } + layer.keys
  }
}

extension SettingsLayer {
  /// What the rows have by themselves.
  static var defaults: SettingsLayer {
    var layer = SettingsLayer()
    for row in SettingsTable.rows {
      let values = row.defaults.compactMap { row.kind.value(of: $0) }
        .map { SettingValue(value: $0, origin: .default) }
      layer.settings[row.id] = ResolvedSetting(values: values, origin: .default)
    }
    return layer
  }

  /// What the options and variables of a command line say.
  ///
  /// - Throws: `SettingsError` for a property that is no `name=value` or is a secret.
  static func commandLine(
    _ arguments: ParsedArguments,
    environment: [String: String],
  ) throws(SettingsError) -> SettingsLayer {
    var layer = SettingsLayer()
    for row in SettingsTable.rows {
      var values = row.option.flatMap { arguments.values[$0.name] }?.map {
        SettingValue(value: $0.value, origin: SettingOrigin($0.origin))
      }
      if row.option == nil, let name = row.environment, let text = environment[name],
        !text.isEmpty, let value = row.kind.value(of: text)
      {
        values = [SettingValue(value: value, origin: .environment(name))]
      }
      guard let values, let last = values.last else { continue }
      layer.settings[row.id] = ResolvedSetting(values: values, origin: last.origin)
    }
    for item in layer.settings["kafka-property"]?.values ?? [] {
      layer.properties.append(try KafkaProperties.option(item.value.text, at: item.origin))
    }
    return layer
  }
}

extension SettingOrigin {
  init(_ origin: ValueOrigin) {
    self =
      switch origin {
      case .argument(let name): .argument(name)
      case .environment(let name): .environment(name)
      }
  }
}

// MARK: - Reading

extension SettingsLayer {
  /// The setting with an id of the table.
  subscript(id: String) -> ResolvedSetting {
    settings[id] ?? ResolvedSetting(values: [], origin: .default)
  }

  /// The one value of a setting, if it is set.
  func value(_ id: String) -> SettingValue? {
    self[id].values.last
  }

  func text(_ id: String) -> String? {
    value(id)?.value.text
  }

  func texts(_ id: String) -> [String] {
    self[id].values.map(\.value.text)
  }

  func isOn(_ id: String) -> Bool {
    value(id)?.value == .flag(true)
  }

  func integer(_ id: String) -> Int {
    guard case .integer(let number) = value(id)?.value else { return 0 }
    return number
  }

  func number(_ id: String) -> Double {
    guard case .number(let number) = value(id)?.value else { return 0 }
    return number
  }

  func duration(_ id: String) -> Duration {
    guard case .duration(let duration) = value(id)?.value else { return .zero }
    return duration
  }

  func seconds(_ id: String) -> Double {
    duration(id) / .seconds(1)
  }
}
