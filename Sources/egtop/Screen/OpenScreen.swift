import Dashboard
import Curses
import Settings
import System
import Themes

/// The screen, and what chooses its theme.
typealias OpenScreen = (screen: CursesScreen, themes: ThemeChooser)

/// Takes over the terminal, in the colours that were asked for.
///
/// - Parameters:
///   - all: what the screen is to be, among the rest.
///   - chosen: the name of the theme of a recording, or of the last time, for when none was asked for.
/// - Returns: the screen and its themes.
/// - Throws: `ScreenError` when the terminal cannot be drawn on.
func openScreen(_ all: Settings, chosen: String?) throws -> OpenScreen {
  let settings = all.screen
  let themes = ThemeChooser(all.theme)
  let wanted = all.theme.isChosen ? nil : chosen
  guard let theme = themes.begin(with: wanted) else {
    throw InvocationError(description: "the default theme is missing")
  }
  var options = ScreenOptions(theme: theme)
  options.terminal = settings.terminal
  options.color = ScreenOptions.Color(rawValue: settings.color.rawValue) ?? .auto
  options.glyphs = ScreenOptions.GlyphSet(rawValue: settings.glyphs.rawValue) ?? .auto
  options.alert = ScreenOptions.Alert(rawValue: all.terminal.alert.rawValue) ?? .auto
  options.inlineRows = all.terminal.inlineRows
  let screen = try CursesScreen(options)
  themes.depth = screen.depth.words
  return (screen, themes)
}

extension DashboardOptions {
  /// The state begins with the theme of the screen; what is wrong with it is told by the first event, which has a time.
  mutating func begin(with themes: ThemeChooser) {
    theme = themes.name
    self.themes = themes.report()
    self.themes?.problem = nil
  }
}

extension CursesScreen {
  /// Says, once the screen is closed, which type of terminal stood in for one that is not known.
  func tellStandIn() {
    guard let standIn, !isHungUp else { return }
    writeText("egtop: \(standIn)\n", toError: true)
  }
}
