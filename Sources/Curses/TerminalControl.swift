/// The few sequences that ncurses lacks, and how the open terminal is put back.
struct TerminalControl {
  /// Whether the terminal understands `ESC [` sequences at all.
  let isANSI: Bool
  private let hasTitle: Bool
  /// What goes before the first frame.
  let opening: [UInt8]
  /// What goes into the first frame: reports that the terminal is asked for.
  let reports: [UInt8]
  /// What brings the terminal back, whatever it was sent before.
  let restoring: [UInt8]

  /// For the terminal that ncurses has open.
  ///
  /// - Parameters:
  ///   - hasTitle: Whether its window has a title.
  ///   - reportsFocus: Whether to ask for reports of its window coming to the front.
  ///   - isInline: Whether what is drawn stays when the program ends, and the shell goes on below it.
  init(hasTitle: Bool, reportsFocus: Bool = false, isInline: Bool = false) {
    func bytes(_ capability: String) -> [UInt8] { TerminalStrings.bytes(capability) ?? [] }
    isANSI = bytes("cup").starts(with: [0x1B, 0x5B])
    self.hasTitle = hasTitle && isANSI
    // XTWINOPS 22 and 23 keep the window's title, where the terminal's description does not do it already.
    let savesTitle =
      self.hasTitle && !String(decoding: bytes("smcup"), as: UTF8.self).contains("[22;")
    opening = savesTitle ? Array("\u{1B}[22;2t".utf8) : []
    reports = reportsFocus && isANSI ? Array("\u{1B}[?1004h".utf8) : []
    var text: [UInt8] = []
    if isANSI {
      // CAN ends a sequence that was cut off. Then: synchronized update, mouse, focus and paste reports off; no
      // scroll region, no insert mode, wrapping on, whatever a frame that was cut off had set.
      text = Array("\u{18}\u{1B}[?2026l\u{1B}[?1000;1002;1003;1006;1004;2004l".utf8)
      text += Array("\u{1B}[r\u{1B}[4l\u{1B}[?7h".utf8)
      if savesTitle { text += Array("\u{1B}[23;2t".utf8) }
    }
    text += bytes("rmkx") + bytes("sgr0") + bytes("op") + bytes("cnorm")
    let leave = bytes("rmcup")
    if isInline {
      // A row beyond the last one is the last one.
      restoring = text + (TerminalStrings.place(row: 998, column: 0) ?? []) + Array("\r\n".utf8)
    } else {
      restoring = text + (leave.isEmpty ? bytes("clear") : leave)
    }
  }

  /// A frame that the terminal shows all at once (mode 2026), if it knows how.
  func synchronized(_ frame: [UInt8]) -> [UInt8] {
    guard isANSI else { return frame }
    return Array("\u{1B}[?2026h".utf8) + frame + Array("\u{1B}[?2026l".utf8)
  }

  /// The bytes that make room for `rows` rows at the bottom of a screen of `height`.
  ///
  /// The cursor is where a program left it, and what stands above it scrolls up as far as needed.
  static func room(rows: Int, height: Int) -> [UInt8] {
    let feeds = [UInt8](repeating: 0x0A, count: max(0, rows - 1))
    let place = TerminalStrings.place(row: height - rows, column: 0) ?? []
    return [0x0D] + feeds + place + (TerminalStrings.bytes("ed") ?? [])
  }

  /// The bytes that ask the terminal to mark what is pasted, or to stop it (mode 2004).
  func paste(isMarked: Bool) -> [UInt8] {
    isANSI ? Array("\u{1B}[?2004\(isMarked ? "h" : "l")".utf8) : []
  }

  /// The bytes that ask the terminal for reports of the mouse, or for no more of them.
  func mouse(isReported: Bool) -> [UInt8] {
    isANSI ? isReported ? MouseSequences.on : MouseSequences.off : []
  }

  /// The bytes that set the window's title: none where it has none.
  func title(_ title: String) -> [UInt8] {
    guard hasTitle else { return [] }
    // Only what cannot end or start a sequence.
    let text = title.utf8.filter { (0x20..<0x7F).contains($0) }.prefix(100)
    return Array("\u{1B}]2;".utf8) + text + [0x07]
  }
}
