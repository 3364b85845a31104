import Terminal

/// The help that lies over the panes: how far it is scrolled, and what is looked for in it.
public struct HelpPage: Codable, Equatable, Sendable {
  /// The first line shown, from 0.
  public var scroll = 0
  /// Only lines that have this in their keys or words are shown; empty for all.
  public var text = ""
  /// Whether letters go into ``text``.
  public var isTyping = false

  /// The longest text to look for, in characters.
  static let longest = 40

  public init() {}
}

extension DashboardState {
  /// `/` begins to search, Enter keeps what was found, Esc goes back to all.
  mutating func searchHelp(_ key: Key, _ page: HelpPage) -> [Effect]? {
    var page = page
    switch key {
    case .character("/") where !page.isTyping:
      page.isTyping = true
    case .escape where page.isTyping || !page.text.isEmpty:
      page = HelpPage()
    case .enter where page.isTyping:
      page.isTyping = false
    case .backspace where page.isTyping:
      page.text = String(page.text.dropLast())
    case .control("u") where page.isTyping:
      page.text = ""
    case .character(let character) where page.isTyping:
      if page.text.count < HelpPage.longest { page.text.append(character) }
    default:
      return nil
    }
    page.scroll = 0
    views.overlay = .help(page)
    return []
  }
}
