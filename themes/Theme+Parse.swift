import Terminal
public import YAML

extension Theme {
  /// The themes in the program, the one to begin with first.
  public static let names = ["iron", "paper", "mono"]

  /// The theme of that name in the program; nil for other names.
  public static func named(_ name: String) -> Theme? {
    switch name {
    case "iron": try? parse(String(decoding: PackageResources.iron_yaml, as: UTF8.self))
    case "paper": try? parse(String(decoding: PackageResources.paper_yaml, as: UTF8.self))
    case "mono": mono
    default: nil
    }
  }

  private static let mono = try? parse(String(decoding: PackageResources.mono_yaml, as: UTF8.self))

  /// Reads a theme: a mapping of `name`, `background`, and `roles`, in which each role has a
  /// mapping with any of `foreground`, `background`, `attributes`.
  ///
  /// - Throws: `YAMLError` for what is not YAML, unknown keys, roles, colours or attributes, and
  ///   for roles that are missing.
  public static func parse(_ text: String) throws(YAMLError) -> Theme {
    let root = try YAMLDocument.parse(text)
    var name = ""
    var background = ThemeColor.standard
    var styles: [Role: Style] = [:]
    for entry in try root.mapping() {
      switch entry.name {
      case "name": name = try entry.value.string()
      case "background": background = try color(entry.value)
      case "roles": styles = try roles(entry)
      default: throw entry.error("a theme has no \"\(entry.name)\"; it has name, background, roles")
      }
    }
    guard !name.isEmpty else { throw root.error("the theme has no name") }
    guard !styles.isEmpty else { throw root.error("the theme has no roles") }
    return Theme(name: name, background: background, styles: styles)
  }

  private static func roles(_ roles: YAMLEntry) throws(YAMLError) -> [Role: Style] {
    var styles: [Role: Style] = [:]
    for entry in try roles.value.mapping() {
      guard let role = Role.allCases.first(where: { $0.name == entry.name }) else {
        throw entry.error("there is no role \"\(entry.name)\"")
      }
      styles[role] = try style(entry.value)
    }
    if let role = Role.allCases.first(where: { styles[$0] == nil }) {
      throw roles.error("the role \"\(role.name)\" is missing")
    }
    return styles
  }

  private static func style(_ node: YAMLNode) throws(YAMLError) -> Style {
    var style = Style()
    for entry in try node.mapping() {
      switch entry.name {
      case "foreground": style.foreground = try color(entry.value)
      case "background": style.background = try color(entry.value)
      case "attributes": style.attributes = try attributes(entry.value)
      default:
        throw entry.error(
          "a role has no \"\(entry.name)\"; it has foreground, background, attributes"
        )
      }
    }
    return style
  }

  private static func color(_ node: YAMLNode) throws(YAMLError) -> ThemeColor {
    let text = try node.string()
    guard let color = ThemeColor(text) else {
      throw node.error("\"\(text)\" is no colour: default, 0 to 255, or \"#rrggbb\"")
    }
    return color
  }

  private static func attributes(_ node: YAMLNode) throws(YAMLError) -> CellFlags {
    var flags: CellFlags = []
    for item in try node.sequence() {
      switch try item.string() {
      case "bold": flags.insert(.bold)
      case "dim": flags.insert(.dim)
      case "reverse": flags.insert(.reverse)
      case "underline": flags.insert(.underline)
      case let other:
        throw item.error("\"\(other)\" is no attribute: bold, dim, reverse, underline")
      }
    }
    return flags
  }
}
