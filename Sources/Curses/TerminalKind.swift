import System

/// What the name of a terminal says about it.
enum TerminalKind {
  /// The types to try for `name`, best first.
  static func candidates(for name: String) -> [String] {
    let lower = name.lowercased()
    // With a description of direct colours, ncurses takes the numbers of a palette for shades of blue.
    let direct = directBase(name)
    var names = direct.map { ["\($0)-256color"] } ?? (name.isEmpty ? [] : [name])
    // What the name adds to that of a family, such as its colours, may be all that is unknown.
    names += families.first { lower.hasPrefix($0.prefix) }?.types ?? []
    names += ["xterm-256color", "xterm", "vt100"]
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// What stands in for an unknown member of a family, best first; all others pass for xterm.
  private static let families: [(prefix: String, types: [String])] = [
    ("screen", ["screen-256color", "screen"]),
    ("tmux", ["tmux-256color", "tmux", "screen-256color", "screen"]),
    ("rxvt", ["rxvt-256color", "rxvt"]), ("putty", ["putty-256color", "putty"]),
    ("linux", ["linux"]), ("vte", ["vte-256color", "vte"]), ("vt", ["vt220", "vt100"]),
    ("ansi", ["ansi"]), ("cygwin", ["cygwin"]), ("sun", ["sun"]), ("konsole", ["konsole-256color"]),
  ]

  /// `xterm` of `xterm-direct`, `xterm-direct256` and the like; nil for other names.
  static func directBase(_ name: String) -> String? {
    name.firstRange(of: "-direct").map { String(name[..<$0.lowerBound]) }
  }

  private static let trueColored = [
    "alacritty", "contour", "foot", "ghostty", "iterm2", "kitty", "mintty", "wezterm",
    "xterm-ghostty", "xterm-kitty",
  ]

  /// Whether it shows any red, green and blue, as far as its name and its variables tell.
  ///
  /// Within tmux and screen `COLORTERM` is that of the terminal they were started in: theirs may show fewer.
  static func isTrueColored(_ name: String, _ environment: Environment) -> Bool {
    if directBase(name) != nil { return true }
    let lower = name.lowercased()
    if trueColored.contains(where: { lower == $0 || lower.hasPrefix($0 + "-") }) { return true }
    let isInside =
      lower.hasPrefix("tmux") || lower.hasPrefix("screen") || environment["TMUX"] != nil
      || environment["STY"] != nil
    return !isInside && ["truecolor", "24bit"].contains(environment["COLORTERM"]?.lowercased())
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
