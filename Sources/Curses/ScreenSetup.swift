import System
import Terminal
import Themes

/// What was asked for against what this terminal, locale and environment allow.
struct ScreenSetup {
  let locale: ScreenLocale
  let glyphs: Glyphs
  /// The most colours to use; nil for all the terminal has.
  let depth: ColorDepth?
  /// Whether the terminal is known to show any red, green and blue, whatever its description says.
  let isTrueColored: Bool
  private let name: String
  let options: ScreenOptions

  init(_ options: ScreenOptions, name: String) {
    self.options = options
    self.name = name
    let wantsUnicode = options.glyphs == .unicode || options.glyphs == .braille
    locale = ScreenLocale.set(options.environment, wantsUnicode: wantsUnicode)
    glyphs = Self.glyphs(options.glyphs, isUTF8: locale.isUTF8, name: name)
    isTrueColored = TerminalKind.isTrueColored(name, options.environment)
    depth = Self.depth(options.color, hasNoColor: options.environment["NO_COLOR"] != nil)
  }

  /// The types of terminal to try, best first.
  var candidates: [String] { name == "dumb" ? [name] : TerminalKind.candidates(for: name) }

  static func glyphs(_ wanted: ScreenOptions.GlyphSet, isUTF8: Bool, name: String) -> Glyphs {
    guard isUTF8 else { return .ascii }
    return switch wanted {
    case .auto: TerminalKind.isPoorInGlyphs(name) ? .ascii : .unicode
    case .unicode: .unicode
    case .braille: .braille
    case .ascii: .ascii
    }
  }

  static func depth(_ wanted: ScreenOptions.Color, hasNoColor: Bool) -> ColorDepth? {
    switch wanted {
    case .auto: hasNoColor ? .mono : nil
    case .never: .mono
    case .eight: .eight
    case .sixteen: .sixteen
    case .palette: .palette
    case .trueColor: .trueColor
    }
  }

  /// Why `opened` is not the type that was named; nil where it is.
  func standIn(opened: String) -> String? {
    guard opened != name, TerminalKind.directBase(name) == nil else { return nil }
    let shown = String(name.unicodeScalars.filter { (0x21..<0x7F).contains($0.value) }.prefix(40))
    return shown.isEmpty
      ? "TERM is not set: the terminal is treated as \(opened)"
      : "terminal \(shown) is unknown on this machine: treated as \(opened)"
  }

  /// One sentence for each thing that is less than it might be.
  func degradations(opened: String, depth: ColorDepth) -> [String] {
    var notes: [String] = []
    if let note = standIn(opened: opened) { notes.append(note) }
    if let note = locale.note { notes.append(note) }
    if glyphs == .ascii, locale.isUTF8, options.glyphs == .auto {
      notes.append("the font of \(name) lacks block characters: ASCII is drawn")
    }
    if self.depth == .mono, options.color == .auto {
      notes.append("NO_COLOR is set: attributes instead of colours")
    } else if depth < (self.depth ?? .eight) {
      notes.append("\(opened) has \(depth == .mono ? "no" : "only \(depth.rawValue)") colours")
    }
    return notes
  }
}
