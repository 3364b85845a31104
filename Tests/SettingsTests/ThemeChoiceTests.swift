import Settings
import Testing

struct ThemeChoiceTests {
  private let environment = ["XDG_CONFIG_HOME": "/home/ann/.config"]

  @Test func theUsersThemesAreInAFolderBesideTheSettings() throws {
    var start = Start(words: "--theme mine", environment: environment)
    start.texts["/home/ann/.config/egtop/themes/mine.yaml"] = "broken: ["
    let theme = try start.settings().theme
    #expect(theme.name == "mine" && theme.isChosen && theme.path == nil)
    #expect(theme.folder == "/home/ann/.config/egtop/themes")
  }

  @Test func withoutAWordAboutItNoThemeIsChosen() throws {
    let theme = try Start(environment: ["HOME": "/home/ann"]).settings().theme
    #expect(theme.name == "iron" && !theme.isChosen)
    #expect(theme.folder == "/home/ann/.config/egtop/themes")
  }

  @Test(arguments: ["./mine.yaml", "/x/mine", "mine.yml", "mine.yaml"])
  func aThemeCanBeGivenByItsPath(path: String) throws {
    var start = Start(words: "--theme \(path)")
    start.texts[path] = "name: mine"
    #expect(try start.settings().theme.path == path)
  }

  @Test func aPathInAFileIsRelativeToIt() throws {
    var start = Start(config: "screen: {theme: mine.yaml}\n")
    start.texts["/etc/mine.yaml"] = ""
    #expect(try start.settings().theme.path == "/etc/mine.yaml")
  }

  @Test(arguments: [
    ("tirtan", "did you mean tritan?"), ("zebra", "in /home/ann/.config/egtop/themes"),
    ("../zebra", "cannot open ../zebra"), (".", "or a file"),
  ])
  func aThemeThatIsNowhereIsRefused(name: String, words: String) {
    let failure = Start(words: "--theme \(name)", environment: environment).failure()
    #expect(failure.hasPrefix("--theme: ") && failure.contains(words), "\(failure)")
  }
}
