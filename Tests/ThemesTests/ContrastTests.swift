import Terminal
import Testing

@testable import Themes

/// Whether every theme can be read, by the contrast that WCAG 2 defines.
struct ContrastTests {
  /// What is no text: lines, fillings, limits.
  private static let drawings: [Role] = [
    .frameFocused, .gaugeFill, .gaugeCritical, .gaugeMark, .chartLine, .chartFill,
  ]
  /// What only parts or fills, and is dim so that it keeps back.
  private static let decorations: [Role] = [.frame, .gaugeEmpty]

  private static let colored = Theme.names.filter { $0 != "mono" }

  /// The least contrast that a role may have.
  private func bound(_ role: Role, theme: String) -> Double {
    let isStrict = theme == "contrast"
    if Self.decorations.contains(role) { return isStrict ? 4.5 : 1.25 }
    if Self.drawings.contains(role) { return isStrict ? 7 : 3 }
    if role == .stale { return isStrict ? 7 : 3 }
    return isStrict ? 7 : 4.5
  }

  @Test(arguments: colored, [ColorDepth.palette, .trueColor])
  func everyRoleCanBeReadOnItsBackground(name: String, depth: ColorDepth) throws {
    let theme = try #require(Theme.named(name))
    for role in Role.allCases {
      let pair = Shown(theme.look(of: role, depth: depth))
      let contrast = pair.foreground.contrast(with: pair.background)
      #expect(contrast >= bound(role, theme: name), "\(role): \(contrast)")
    }
  }

  @Test func blackOnWhiteIsTwentyOneToOne() {
    let black = RGB(red: 0, green: 0, blue: 0)
    let white = RGB(red: 255, green: 255, blue: 255)
    #expect(abs(black.contrast(with: white) - 21) < 0.001)
    #expect(RGB(red: 119, green: 119, blue: 119).contrast(with: white) < 4.5)
    #expect(RGB(red: 118, green: 118, blue: 118).contrast(with: white) > 4.5)
  }

  /// On a terminal with few colours the hues are its own: black, white and grey have to be far apart at least.
  @Test(arguments: colored, [ColorDepth.eight, .sixteen])
  func whatIsNormalIsGreyWhereThereAreFewColours(name: String, depth: ColorDepth) throws {
    let theme = try #require(Theme.named(name))
    let states: [Role] = [
      .critical, .drySoon, .warning, .notice, .lost, .banner, .gaugeCritical,
    ]
    for role in Role.allCases {
      let look = theme.look(of: role, depth: depth)
      if !states.contains(role) {
        #expect([nil, 0, 7, 8, 15].contains(look.foreground), "\(role)")
      } else if look.background != 0, look.background != nil, look.foreground != 0 {
        // Yellow and cyan cannot be read on white.
        #expect(![3, 6, 11, 14].contains(look.foreground), "\(role)")
      } else {
        // Nor can blue on black.
        #expect(look.foreground != 4, "\(role)")
      }
      let isDark = look.background == 0
      #expect(!(isDark && look.foreground == 0), "\(role)")
    }
  }
}

/// What a look shows; a terminal's own colours are taken to be light grey on black.
struct Shown {
  var foreground: RGB
  var background: RGB

  init(_ look: Look) {
    foreground = Self.color(look.foreground) ?? RGB(red: 229, green: 229, blue: 229)
    background = Self.color(look.background) ?? RGB(red: 0, green: 0, blue: 0)
  }

  private static func color(_ number: Int?) -> RGB? {
    number.map { number in
      number < Look.exact
        ? RGB(index: number)
        : RGB(red: number >> 16 & 0xFF, green: number >> 8 & 0xFF, blue: number & 0xFF)
    }
  }
}

extension RGB {
  /// WCAG 2: of the two luminances, each with 0.05 of stray light.
  func contrast(with other: RGB) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  private var luminance: Double {
    let light = linear
    return 0.2126 * light.red + 0.7152 * light.green + 0.0722 * light.blue
  }
}
