internal import Wording
internal import Arguments
internal import YAML

/// The keys that a file gives to a command of the screen, as they are written there.
///
/// Which commands and keys there are is for the screen to know.
public struct KeySetting: Equatable, Sendable {
  /// A key and where it stands.
  public struct Key: Equatable, Sendable {
    public var text: String
    public var origin: SettingOrigin

    public init(_ text: String, at origin: SettingOrigin) {
      self.text = text
      self.origin = origin
    }
  }

  public var command: String
  /// Where the command stands.
  public var origin: SettingOrigin
  /// Empty for `none`.
  public var keys: [Key]

  public init(_ command: String, at origin: SettingOrigin, keys: [Key]) {
    self.command = command
    self.origin = origin
    self.keys = keys
  }
}

/// A command of the screen with the keys it has by itself, for the printed file.
public struct KeyHelp: Equatable, Sendable {
  public var command: String
  public var keys: [String]

  public init(command: String, keys: [String]) {
    self.command = command
    self.keys = keys
  }
}

extension ConfigurationReader {
  /// Reads `keys`: a key, several, or `none` for each command.
  func readKeys(_ node: YAMLNode) throws(YAMLError) -> [KeySetting] {
    var settings: [KeySetting] = []
    for entry in node.isNull ? [] : try node.mapping() where !entry.value.isNull {
      var nodes = [entry.value]
      if case .sequence(let items) = entry.value.value { nodes = items }
      var keys: [KeySetting.Key] = []
      for node in nodes {
        keys.append(KeySetting.Key(try node.string(), at: place(node)))
      }
      if keys.count == 1, keys[0].text == "none" { keys = [] }
      let origin = SettingOrigin.file(path, line: entry.line, column: entry.column)
      settings.append(KeySetting(entry.name, at: origin, keys: keys))
    }
    return settings
  }
}

extension EffectiveSettings {
  /// What was set of keys, and as comments what they are by themselves.
  func keyLines(_ defaults: [KeyHelp]) -> [String] {
    guard !defaults.isEmpty else { return [] }
    var lines = ["", "# The keys of each command: one, [several], or none.", "keys:"]
    for command in defaults {
      let usual = Self.list(command.keys)
      guard let setting = layer.keys.last(where: { $0.command == command.command }) else {
        lines.append("  # \(command.command): \(usual)")
        continue
      }
      let keys = Self.list(setting.keys.map(\.text))
      let origin = setting.origin.description.printable
      lines.append("  \(command.command): \(keys)  # \(origin); default: \(usual)")
    }
    return lines
  }

  private static func list(_ keys: [String]) -> String {
    let keys = keys.map(scalar)
    return keys.count == 1 ? keys[0] : keys.isEmpty ? "none" : "[\(keys.joined(separator: ", "))]"
  }
}
