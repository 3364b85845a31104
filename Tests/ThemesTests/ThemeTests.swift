import Terminal
import Testing
import YAML

@testable import Themes

struct ThemeTests {
  @Test(arguments: Theme.names)
  func everyThemeInTheProgramIsWhole(name: String) throws {
    let theme = try #require(Theme.named(name))
    #expect(theme.name == name)
    #expect(!theme.about.isEmpty && theme.about.count <= 40)
  }

  @Test func otherNamesAreNoTheme() {
    #expect(Theme.named("neon") == nil)
  }

  @Test(arguments: Theme.names, ColorDepth.allCases)
  func statesCanBeToldApart(name: String, depth: ColorDepth) throws {
    let theme = try #require(Theme.named(name))
    let roles: [Role] = [.text, .critical, .drySoon, .warning, .notice, .lost, .stale]
    let looks = Set(roles.map { theme.look(of: $0, depth: depth) })
    #expect(looks.count == roles.count)
  }

  @Test(arguments: Theme.names, ColorDepth.allCases)
  func nothingIsDrawnInTheColourOfItsBackground(name: String, depth: ColorDepth) throws {
    let theme = try #require(Theme.named(name))
    for role in Role.allCases {
      let look = theme.look(of: role, depth: depth)
      #expect(look.foreground == nil || look.foreground != look.background, "\(role)")
      let limit = depth == .trueColor ? 2 * Look.exact : depth.rawValue
      #expect((look.foreground ?? 0) < max(limit, 1) && (look.background ?? 0) < max(limit, 1))
    }
  }

  @Test func ironHasTheColoursOfTheDesign() throws {
    let iron = try #require(Theme.named("iron"))
    let critical = iron.look(of: .critical, depth: .palette)
    #expect(critical == Look(foreground: 231, background: 160, attributes: .bold))
    #expect(iron.look(of: .critical, depth: .sixteen).background == 1)
    #expect(iron.look(of: .critical, depth: .eight).foreground == 7)
    #expect(iron.look(of: .warning, depth: .eight).foreground == 3)
    #expect(iron.look(of: .notice, depth: .eight).foreground == 6)
    #expect(iron.look(of: .lost, depth: .eight).foreground == 5)
    #expect(iron.look(of: .label, depth: .sixteen).foreground == 8)
    #expect(iron.look(of: .label, depth: .eight) == Look(attributes: .dim))
  }

  /// Cyan is the hue of modes; bold, it stands for blue where that cannot be read: as one of eight colours on black.
  @Test(arguments: Theme.names.filter { $0 != "mono" })
  func whatIsDrySoonIsBlue(name: String) throws {
    let theme = try #require(Theme.named(name))
    #expect(theme[.drySoon].foreground.components?.nearestHue == 4)
    #expect(theme[.notice].foreground.components?.nearestHue != 4)
    let isLight = theme.background.components.map { $0.luma > 150 } ?? false
    #expect(theme.look(of: .drySoon, depth: .sixteen).foreground == (isLight ? 4 : 12))
    let eight = theme.look(of: .drySoon, depth: .eight)
    #expect(eight.foreground == (isLight ? 4 : 6) && eight.attributes == .bold)
  }

  @Test func ironUsesNoGreen() throws {
    let iron = try #require(Theme.named("iron"))
    for role in Role.allCases {
      let color = iron[role].foreground.components
      #expect(color.map { $0.isGrey || $0.nearestHue != 2 } ?? true)
    }
  }
}

struct ThemeColorTests {
  @Test(arguments: [
    ("default", ThemeColor.standard), ("0", .index(0)), ("255", .index(255)),
    ("#ff8000", .rgb(red: 255, green: 128, blue: 0)),
  ])
  func readsColours(text: String, color: ThemeColor) {
    #expect(ThemeColor(text) == color)
  }

  @Test(arguments: ["", "256", "-1", "red", "#fff", "#+12345", "#gggggg", "#éabc5"])
  func refusesOtherTexts(text: String) {
    #expect(ThemeColor(text) == nil)
  }

  @Test(arguments: [(255, 0, 0, 196), (0, 0, 0, 16), (255, 255, 255, 231), (130, 130, 130, 244)])
  func findsTheNearestOf256(red: Int, green: Int, blue: Int, index: Int) {
    #expect(RGB(red: red, green: green, blue: blue).nearestOf256 == index)
  }

  @Test(arguments: [(160, 1), (220, 3), (130, 3), (80, 6), (30, 6), (176, 5), (28, 2), (21, 4)])
  func keepsTheHue(index: Int, basic: Int) {
    #expect(RGB(index: index).nearestHue == basic)
  }
}

struct ThemeFileTests {
  @Test(arguments: [
    ("name: x\ncolour: 3\n", 2, 1, "colour"),
    ("name: x\nroles:\n  txt: {}\n", 3, 3, "txt"),
    ("name: x\nroles:\n  text: {foreground: pink}\n", 3, 22, "pink"),
    ("name: x\nroles:\n  text: {attributes: [bold, blink]}\n", 3, 29, "blink"),
    ("name: x\nroles:\n  text: {fore: 1}\n", 3, 10, "fore"),
    ("name: x\nroles:\n  text: {}\n", 2, 1, "label"),
    ("name: x\n", 1, 1, "roles"), ("base: irn\n", 1, 7, "irn"),
    ("roles: [", 1, 9, ""),
  ])
  func saysWhereAMistakeIs(text: String, line: Int, column: Int, word: String) throws {
    let error = #expect(throws: YAMLError.self) { try Theme.parse(text) }
    #expect(error?.line == line || word.isEmpty)
    #expect(error?.column == column || word.isEmpty)
    #expect(error?.message.contains(word) ?? false || word.isEmpty)
  }

  @Test func aThemeFromBeforeThereWasDrySoonStillHoldsGood() throws {
    let roles = Role.allCases.filter { $0 != .drySoon }.map { role in
      "  \(role.name): {foreground: \(100 + role.rawValue)}\n"
    }
    let theme = try Theme.parse("name: mine\nroles:\n" + roles.joined())
    #expect(theme[.drySoon] == theme[.notice])
  }

  @Test func whatABaseSaysNeedNotBeSaidAgain() throws {
    let text = "base: paper\nroles:\n  warning: {foreground: \"#102030\"}\n"
    let theme = try Theme.parse(text, named: "mine")
    let paper = try #require(Theme.named("paper"))
    #expect(theme.name == "mine" && theme.background == paper.background)
    #expect(theme[.warning].foreground == .rgb(red: 16, green: 32, blue: 48))
    for role in Role.allCases where role != .warning { #expect(theme[role] == paper[role]) }
  }
}
