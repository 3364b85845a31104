public import Terminal

/// What each role looks like.
public struct Theme: Equatable, Sendable {
  public let name: String

  /// The background of the whole screen.
  public let background: ThemeColor

  /// In the order of `Role.allCases`.
  private let styles: [Style]

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
      return Look(attributes: (Self.named("mono") ?? self)[role].attributes)
    case .palette:
      return Look(
        foreground: style.foreground.components.map { style.foreground.paletteIndex($0) },
        background: ground.components.map { ground.paletteIndex($0) },
        attributes: style.attributes,
      )
    case .sixteen, .eight:
      var look = Look(background: ground.basicIndex(depth), attributes: style.attributes)
      look.foreground = style.foreground.basicIndex(depth)
      if depth == .eight, let color = style.foreground.components, color.isMiddleGrey {
        // Eight colours have no grey: the colour of text, dimmed.
        look.foreground = self[.text].foreground.basicIndex(depth)
        look.attributes.insert(.dim)
      }
      return look
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

/// Colours and attributes of a role on a terminal; a colour is its number there.
public struct Look: Hashable, Sendable {
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

extension RGB {
  /// Neither black nor white.
  fileprivate var isMiddleGrey: Bool { isGrey && (50..<200).contains(luma) }
}

extension ThemeColor {
  fileprivate func paletteIndex(_ color: RGB) -> Int {
    if case .index(let index) = self { Int(index) } else { color.nearestOf256 }
  }

  /// The nearest of 8 or 16 colours; nil for the terminal's own.
  fileprivate func basicIndex(_ depth: ColorDepth) -> Int? {
    guard let color = components else { return nil }
    if case .index(let index) = self, Int(index) < depth.rawValue { return Int(index) }
    let isSixteen = depth == .sixteen
    guard color.isGrey else {
      return color.nearestHue + (isSixteen && color.luma > 150 ? 8 : 0)
    }
    return switch color.luma {
    case ..<50: 0
    case ..<165: isSixteen ? 8 : 7
    case ..<240: 7
    default: isSixteen ? 15 : 7
    }
  }
}
