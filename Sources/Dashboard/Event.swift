public import Model
public import Terminal

/// Everything the state ever sees, with the time it happened: the only way it changes.
///
/// A plain value that can be written down. The same events in the same order give the same state
/// and the same screens, which is what a recording and its replay are.
public struct Event: Codable, Equatable, Sendable {
  public enum Kind: Codable, Equatable, Sendable {
    case key(Key)
    /// The terminal has this many columns and rows.
    case resize(width: Int, height: Int)
    case feed(FeedEvent)
    /// A second passed.
    case tick
    /// A frame is about to be drawn: lists are sorted and figures are worked out for it.
    case frame
    case screen(ScreenFigures)
    /// A sentence of the run loop's own, such as why a recording ended.
    case note(String)
    /// The list of themes was read, or a theme was: on request, or since its file changed.
    case theme(ThemeReport)
    /// The program was stopped by the shell and goes on.
    case resumed
  }

  public var stamp: Stamp
  public var kind: Kind

  public init(_ kind: Kind, at stamp: Stamp) {
    self.stamp = stamp
    self.kind = kind
  }
}

/// What the run loop shall do for the state, which itself touches nothing.
public enum Effect: Equatable, Sendable {
  case quit
  /// Quit, and leave what the screen shows where the shell goes on.
  case quitLeavingFrame
  /// Hand the terminal back to the shell (Ctrl-z).
  case suspend
  /// Draw every cell anew (Ctrl-l).
  case redraw
  /// Try all connections now.
  case reconnect
  /// Keep this for the next time; nobody waits for it.
  case remember(RememberedView)
  /// Tell which themes there are now.
  case listThemes
  /// Change the colours to those of the theme of that name.
  case useTheme(String)
  /// Ask the feeds for the messages of this generator, and of no other; nil for none.
  case watch(GeneratorIndex?)
  /// Put a text into the clipboard of the operator's terminal.
  case copy(String)
  /// The same with all that is known of a generator, as JSON.
  case copyRecord(GeneratorIndex)
  /// Ring, and tell it outside of the window unless the operator is looking at it.
  case call(String, isSeen: Bool)
}
