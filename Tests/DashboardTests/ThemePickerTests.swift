import Dashboard
import Terminal
import Testing

struct ThemePickerTests {
  private func driver(_ theme: String = "iron") -> Driver {
    Driver { options in
      options.theme = theme
      options.themes = Self.report()
    }
  }

  private static func report(problem: String? = nil, isReread: Bool = false) -> ThemeReport {
    var report = ThemeReport()
    report.entries = ["iron", "paper", "night"].map { ThemeEntry(name: $0, about: "") }
    report.problem = problem
    report.isReread = isReread
    return report
  }

  @Test func showsWhatIsUnderTheCursorAtOnce() {
    var driver = driver()
    driver.press(.character("C"), .character("j"), .down, .down, .character("k"))
    #expect(
      driver.effects == [
        .listThemes, .useTheme("paper"), .useTheme("night"), .useTheme("paper"),
      ]
    )
    #expect(driver.state.theme == "paper" && driver.state.overlay != nil)
    driver.press(.character("G"), .home)
    #expect(driver.effects.suffix(2) == [.useTheme("night"), .useTheme("iron")])
  }

  @Test func enterKeepsTheThemeAndSaysHowToKeepItForGood() {
    var driver = driver()
    driver.press(.character("C"), .character("j"), .enter)
    #expect(driver.state.theme == "paper" && driver.state.overlay == nil)
    #expect(driver.state.notice?.text.contains("screen.theme") == true)
  }

  @Test(arguments: [Key.escape, .character("q"), .character("C")])
  func otherWaysOutBringBackTheThemeThatWas(key: Key) {
    var driver = driver("paper")
    driver.press(.character("C"), .character("j"), key)
    #expect(driver.state.theme == "paper" && driver.state.overlay == nil)
    #expect(driver.effects == [.listThemes, .useTheme("night"), .useTheme("paper")])
  }

  @Test func otherKeysDoNothingBehindIt() {
    var driver = driver()
    driver.add(fuels: [100, 200])
    let selected = driver.selected
    driver.press(.character("C"), .character("1"), .character("/"), .character("?"), .tab)
    #expect(driver.state.overlay == .themePicker(before: "iron"))
    #expect(driver.state.prompt == nil && driver.selected == selected)
    driver.press(.control("l"), .control("z"))
    #expect(driver.effects.suffix(2) == [.redraw, .suspend])
  }

  @Test func aThemeThatIsNotInTheListIsLeftByTheFirstStep() {
    var driver = driver("gone")
    driver.press(.character("C"), .character("j"))
    #expect(driver.state.theme == "paper")
    var empty = Driver()
    empty.press(.character("C"), .character("j"), .character("G"), .escape)
    #expect(empty.effects == [.listThemes])
  }

  @Test func aProblemIsToldOnceAndStaysOnTheStatusPage() {
    var driver = driver()
    driver.apply(.theme(Self.report(problem: "mine.yaml:3:5: no")))
    #expect(driver.state.notice?.text == "mine.yaml:3:5: no")
    driver.wait(5)
    #expect(driver.state.notice == nil)
    driver.apply(.theme(Self.report(problem: "mine.yaml:3:5: no")))
    #expect(driver.state.notice == nil && driver.state.themes.problem != nil)
    driver.apply(.theme(Self.report(isReread: true)))
    #expect(driver.state.notice?.text == "theme iron has been reloaded")
    #expect(driver.state.themes.problem == nil)
  }
}
