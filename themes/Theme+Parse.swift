import Terminal
public import YAML

extension Theme {
  /// Reads a theme: a mapping of `name`, `about`, `base`, `background`, and `roles`, in which each
  /// role has a mapping with any of `foreground`, `background`, `attributes`.
  ///
  /// With `base`, a theme of the program, all that is not said is as there.
  ///
  /// - Parameters:
  ///   - text: In YAML.
  ///   - name: The name of a theme that does not tell its own.
  /// - Returns: A theme of a style for each role.
  /// - Throws: `YAMLError` for what is not YAML, unknown keys, roles, colours or attributes, and
  ///   for roles that are missing.
  public static func parse(_ text: String, named name: String = "") throws(YAMLError) -> Theme {
    let root = try YAMLDocument.parse(text)
    let entries = try root.mapping()
    var theme = Theme(name: "", background: .standard, styles: [:])
    let base = try base(of: entries)
    if let base { theme = base }
    theme.name = name
    for entry in entries {
      switch entry.name {
      case "name": theme.name = try entry.value.string()
      case "about": theme.about = try entry.value.string()
      case "base": break
      case "background": theme.background = try color(entry.value)
      case "roles": theme.styles = try roles(entry, base: base)
      default:
        throw entry.error(
          "a theme has no \"\(entry.name)\"; it has name, about, base, background, roles"
        )
      }
    }
    guard !theme.name.isEmpty else { throw root.error("the theme has no name") }
    guard base != nil || entries.contains(where: { $0.name == "roles" }) else {
      throw root.error("the theme has no roles")
    }
    return theme
  }

  private static func base(of entries: [YAMLEntry]) throws(YAMLError) -> Theme? {
    guard let entry = entries.first(where: { $0.name == "base" }) else { return nil }
    let name = try entry.value.string()
    if let theme = named(name) { return theme }
    throw entry.value.error("there is no theme \"\(name)\": \(names.joined(separator: ", "))")
  }

  /// Made once, since the name of a case is found by reflection.
  private static let rolesByName = Dictionary(
    uniqueKeysWithValues: Role.allCases.map { ($0.name, $0) }
  )

  /// In the order of `Role.allCases`.
  private static func roles(_ roles: YAMLEntry, base: Theme?) throws(YAMLError) -> [Style] {
    var styles: [Role: Style] = [:]
    for role in Role.allCases { styles[role] = base?[role] }
    for entry in try roles.value.mapping() {
      guard let role = rolesByName[entry.name] else {
        throw entry.error("there is no role \"\(entry.name)\"")
      }
      styles[role] = try style(entry.value)
    }
    // A theme that was made before there was this role has the look that dry soon had then.
    if styles[.drySoon] == nil { styles[.drySoon] = styles[.notice] }
    if let role = Role.allCases.first(where: { styles[$0] == nil }) {
      throw roles.error("the role \"\(role.name)\" is missing")
    }
    return Role.allCases.map { styles[$0] ?? Style() }
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
