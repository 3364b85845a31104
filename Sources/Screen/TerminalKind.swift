/// What the name of a terminal says about it.
enum TerminalKind {
  /// The types to try for `name`, best first.
  static func candidates(for name: String) -> [String] {
    let lower = name.lowercased()
    var names = name.isEmpty ? [] : [name]
    if lower.hasPrefix("screen") || lower.hasPrefix("tmux") {
      names += ["screen-256color", "screen"]
    }
    names += ["xterm-256color", "xterm", "vt100"]
    return names
  }

  private static let titled = [
    "xterm", "rxvt", "tmux", "alacritty", "kitty", "foot", "ghostty", "wezterm", "contour",
    "mintty", "konsole", "vte", "gnome", "putty", "iterm", "st-",
  ]

  /// Whether OSC 2 sets the title of its window, as far as the name tells.
  static func hasTitle(_ name: String) -> Bool {
    let lower = name.lowercased()
    return titled.contains { lower.hasPrefix($0) } || lower == "st"
  }

  /// Whether its font is known to lack the characters of `Glyphs.unicode`.
  static func isPoorInGlyphs(_ name: String) -> Bool {
    name == "linux" || name.hasPrefix("linux-")
  }
}
