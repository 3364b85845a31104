public import System
public import Themes

/// How the screen is to be opened.
public struct ScreenOptions: Sendable {
  /// How many colours are used, at most those the terminal has.
  public enum Color: String, CaseIterable, Sendable {
    /// Those of the terminal, as its description, its name and `COLORTERM` tell; none if `NO_COLOR` is set.
    case auto
    /// Attributes only.
    case never
    case eight = "8"
    case sixteen = "16"
    case palette = "256"
    /// Any red, green and blue.
    case trueColor = "truecolor"
  }

  /// Which characters drawings are made of.
  public enum GlyphSet: String, CaseIterable, Sendable {
    /// Unicode where locale and terminal allow it.
    case auto
    case unicode
    case braille
    case ascii
  }

  /// How the operator is called when something happens.
  public enum Alert: String, CaseIterable, Sendable {
    /// What the terminal is known for, and the bell; nothing where it is known for neither.
    case auto
    case off
    case bell
    case osc9
    case osc777
    case osc99
  }

  public var theme: Theme
  /// The terminal's type in place of `TERM`.
  public var terminal: String?
  /// The terminal's path; nil for the one the process was started on.
  public var device: String?
  public var color = Color.auto
  public var glyphs = GlyphSet.auto
  public var alert = Alert.auto
  /// Draw on this many rows at the bottom of the normal screen, and leave them there at the end.
  public var inlineRows: Int?
  /// Looked at for `TERM`, `COLORTERM`, `TMUX`, `STY`, `NO_COLOR`, `LC_ALL`, `LC_CTYPE`, `LANG`, and what terminals say
  /// of themselves.
  public var environment = Environment.current()
}

extension ScreenOptions {
  public init(theme: Theme) { self.init(theme: theme, terminal: nil) }
}

/// Why the screen cannot be opened.
public enum ScreenError: Error, Equatable, CustomStringConvertible {
  /// There is no terminal to draw on, as in a pipe or a cron job.
  case noTerminal(String)
  /// The terminal cannot move its cursor, as with `TERM=dumb`.
  case tooSimple(String)
  /// Neither the terminal's type nor any that stands in for it is described on this machine.
  case unknownTerminal(String)

  public var description: String {
    switch self {
    case .noTerminal(let reason): "there is no terminal to draw on: \(reason); --plain needs none"
    case .tooSimple(let name): "the terminal \"\(name)\" cannot move its cursor"
    case .unknownTerminal(let name):
      "the terminal \"\(name)\" is not known here, nor is xterm-256color or vt100"
    }
  }
}

/// What the screen sent.
public struct ScreenFigures: Equatable, Sendable {
  /// Frames composed and handed to the terminal.
  public var frames = 0
  /// Frames that were replaced by a newer one while the terminal took nothing.
  public var skippedFrames = 0
  /// Bytes of the newest frame.
  public var lastFrameBytes = 0
  /// Bytes the terminal has taken.
  public var totalBytes = 0
  /// Bytes the terminal has not taken yet.
  public var pendingBytes = 0
  /// Calls of `write(2)` that sent something.
  public var writes = 0
}
