public import Model
public import Terminal

/// Everything the state ever sees, with the time it happened: the only way it changes.
///
/// A plain value that can be written down. The same events in the same order give the same state
/// and the same screens, which is what a recording and its replay are.
public struct Event: Codable, Equatable, Sendable {
  public enum Kind: Codable, Equatable, Sendable {
    case key(Key)
    /// A click or a turn of the wheel, and what it was over.
    case mouse(Pointing)
    /// The terminal has this many columns and rows.
    case resize(width: Int, height: Int)
    case feed(FeedEvent)
    /// A second passed.
    case tick
    /// A frame is about to be drawn: lists are sorted and figures are worked out for it.
    case frame
    /// A frame was drawn, in which the texts that scroll went so far; told where that has changed.
    case drawn([ScrolledText: Extent])
    case screen(ScreenFigures)
    /// A sentence of the run loop's own, such as why a recording ended.
    case note(String)
    /// The list of themes was read, or a theme was: on request, or since its file changed.
    case theme(ThemeReport)
    /// What comes in is being kept in a file, or no longer.
    case recording(RecordingReport)
    /// The program is about to be stopped by the shell.
    case suspended
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

/// Whether what comes in is being kept.
public struct RecordingReport: Codable, Equatable, Sendable {
  /// The name of the file, scrubbed; nil when nothing is kept.
  public var file: String?
  /// Why it ended or could not begin, scrubbed.
  public var problem: String?

  public init(file: String? = nil, problem: String? = nil) {
    self.file = file
    self.problem = problem
  }
}

/// What the run loop shall do for the state, which itself touches nothing.
public enum Effect: Equatable, Sendable {
  case quit
  /// Quit, and leave what the screen shows where the shell goes on.
  case quitLeavingFrame
  /// Hand the terminal back to the shell (Ctrl-z).
  case suspend
  /// Draw every cell again (Ctrl-l).
  case redraw
  /// Try all connections now.
  case reconnect
  /// Keep this for the next time; nobody waits for it.
  case remember(ViewChoices)
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
  /// Keep what is known of the fleet for the next time, without waiting for it to be due.
  case keepFleet
  /// Write the list as it is seen to a file, and tell by a note what became of it.
  case export(ExportOrder)
  /// Keep what comes in from now on in a new file of that name, or end that.
  case record(String?)
  /// Change a setting of the run loop's own: see ``RunSetting``.
  case set(name: String, value: String)
  /// Ask the terminal for the mouse, or leave it to the terminal.
  case useMouse(Bool)
  /// Ring, and tell it outside of the window unless the operator is looking at it.
  case call(String, isSeen: Bool)
}
