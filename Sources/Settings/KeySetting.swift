internal import Wording
public import Arguments
internal import YAML

/// The keys that a file gives to a command of the screen, as they are written there.
///
/// Which commands and keys there are is for the screen to know.
public struct KeySetting: Equatable, Sendable {
  public var command: String
  /// Where the command stands.
  public var origin: ValueOrigin
  /// Empty for `none`.
  public var keys: [ParsedValue]
}

extension ConfigurationFile {
  /// Reads `keys`: a key, several, or `none` for each command.
  func readKeys(_ node: YAMLNode) throws(YAMLError) -> [KeySetting] {
    var settings: [KeySetting] = []
    for entry in node.isNull ? [] : try node.mapping() where !entry.value.isNull {
      var nodes = [entry.value]
      if case .sequence(let items) = entry.value.value { nodes = items }
      var keys = try nodes.map { (node) throws(YAMLError) in
        ParsedValue(.text(try node.string()), from: place(node))
      }
      if keys.map(\.value.text) == ["none"] { keys = [] }
      let origin = ValueOrigin.file(path, line: entry.line, column: entry.column)
      settings.append(KeySetting(command: entry.name, origin: origin, keys: keys))
    }
    return settings
  }
}

extension EffectiveSettings {
  /// What was set of keys, and as comments what they are by themselves.
  func keyLines(_ defaults: [(command: String, keys: [String])]) -> [String] {
    guard !defaults.isEmpty else { return [] }
    let lines = ["", "# The keys of each command: one, [several], or none.", "keys:"]
    return lines
      + defaults.map { command, keys in
        let usual = Self.list(keys)
        guard let setting = layer.keys.last(where: { $0.command == command }) else {
          return "  # \(command): \(usual)"
        }
        let origin = setting.origin.description.printable
        let own = Self.list(setting.keys.map(\.value.text))
        return "  \(command): \(own)  # \(origin); default: \(usual)"
      }
  }

  private static func list(_ keys: [String]) -> String {
    let keys = keys.map(scalar)
    return keys.count == 1 ? keys[0] : keys.isEmpty ? "none" : "[\(keys.joined(separator: ", "))]"
  }
}
