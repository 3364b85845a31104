public import Terminal

/// What each role looks like.
public struct Theme: Equatable, Sendable {
  public internal(set) var name: String

  /// What it is for, in a few words; may be empty.
  public internal(set) var about = ""

  /// The background of the whole screen.
  public internal(set) var background: ThemeColor

  /// In the order of `Role.allCases`.
  var styles: [Style]

  /// A theme of a style for each role; a role without one looks like plain text.
  init(name: String, background: ThemeColor, styles: [Role: Style]) {
    self.name = name
    self.background = background
    self.styles = Role.allCases.map { styles[$0] ?? Style() }
  }

  public subscript(role: Role) -> Style { styles[Int(role.rawValue)] }

  /// The look of `role` with that many colours.
  ///
  /// Without colours the attributes are those of the theme `mono`, whatever the theme.
  public func look(of role: Role, depth: ColorDepth) -> Look {
    let style = self[role]
    let ground = style.background == .standard ? background : style.background
    switch depth {
    case .mono:
      return Look(attributes: (Self.mono ?? self)[role].attributes)
    case .palette:
      return Look(
        foreground: style.foreground.components.map { style.foreground.paletteIndex($0) },
        background: ground.components.map { ground.paletteIndex($0) },
        attributes: style.attributes,
      )
    case .trueColor:
      return Look(
        foreground: style.foreground.exact,
        background: ground.exact,
        attributes: style.attributes,
      )
    case .sixteen, .eight:
      return basicLook(of: role, depth: depth)
    }
  }
}

/// Colours and attributes of a role, as a theme gives them.
public struct Style: Equatable, Sendable {
  public var foreground: ThemeColor
  public var background: ThemeColor
  public var attributes: CellFlags

  public init(
    foreground: ThemeColor = .standard,
    background: ThemeColor = .standard,
    attributes: CellFlags = [],
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// Colours and attributes of a role on a terminal.
///
/// A colour is its number there; one of red, green and blue is `0xRRGGBB` with ``Look/exact`` added.
public struct Look: Hashable, Sendable {
  /// Marks a colour that is no number of a palette.
  public static let exact = 1 << 24

  /// Nil for the terminal's own.
  public var foreground: Int?
  /// Nil for the terminal's own.
  public var background: Int?
  public var attributes: CellFlags

  public init(
    foreground: Int? = nil,
    background: Int? = nil,
    attributes: CellFlags = [],
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

extension ThemeColor {
  fileprivate func paletteIndex(_ color: RGB) -> Int {
    if case .index(let index) = self { Int(index) } else { color.nearestOf256 }
  }

  /// As the theme has it; nil for the terminal's own.
  fileprivate var exact: Int? {
    switch self {
    case .standard: nil
    case .index(let index): Int(index)
    case .rgb(let red, let green, let blue):
      Look.exact | Int(red) << 16 | Int(green) << 8 | Int(blue)
    }
  }
}
