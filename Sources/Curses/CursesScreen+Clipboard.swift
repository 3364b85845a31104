import System
import Terminal

/// What reaches beyond the window: the bell, the clipboard, and what stays when the program has ended.
extension CursesScreen {
  /// Calls the operator by bell and, unless `isSeen`, by a notification of the terminal.
  public func call(_ text: String, isSeen: Bool) {
    _ = send(aside: outer.attention(text, isSeen: isSeen))
  }

  /// Puts `text` into the clipboard of the operator's terminal; false where that cannot be.
  ///
  /// Whether the terminal obeys is its own affair, and it does not say.
  public func copy(_ text: String) -> Bool {
    outer.copy(text).map { send(aside: $0) } ?? false
  }

  /// Closes the screen and leaves what it showed last on the normal screen, where it can be copied.
  public func closeLeavingFrame() {
    guard isActive, let canvas = last, !isInline, !isHungUp else { return close() }
    suspend()
    let after = TerminalControl(hasTitle: false, isInline: true)
    guard (try? terminal.makeRaw(restoring: after.restoring)) != nil else { return close() }
    window.leaveAlternateScreen()
    let height = window.terminalHeight
    let room = TerminalControl.room(rows: height, height: height)
    terminal.writeAll(room + window.frame(canvas), withinMilliseconds: 1000)
    terminal.restore()
    close()
  }
}
