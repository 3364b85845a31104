import CNcurses
import Glibc
import System
import Terminal
import Themes

/// ncurses drawing into a file in memory: canvases in, the bytes of a frame out.
///
/// ncurses sends a frame as dozens of small writes; taken from memory it leaves as one. ncurses keeps its state
/// in C globals: one thread, and one window at a time.
final class CursesWindow {
  /// The type of terminal in use.
  let terminal: String
  let depth: ColorDepth
  private(set) var width: Int
  /// Of what is drawn on, which inline is less than the terminal's.
  private(set) var height: Int
  private(set) var terminalHeight: Int

  private let screen: OpaquePointer
  private var window: UnsafeMutablePointer<WINDOW>
  /// How many rows at the bottom are drawn on at most; nil for the whole alternate screen.
  private var inlineRows: Int?
  private let file: UnsafeMutablePointer<FILE>
  private let memory: Int32
  private var looks: CursesLooks
  private var theme: Theme
  private var mostDepth: ColorDepth?
  /// What the window holds; nil when all has to be drawn.
  private var drawn: Canvas?
  private var line: [cchar_t] = []
  private var isResuming = false
  /// Whether ncurses has yet to enter the terminal.
  private var isEntering = true

  /// Opens the first of the terminals that are candidates that is known and can move its cursor.
  ///
  /// - Throws: `ScreenError` when there is none.
  init(_ setup: ScreenSetup, size: (width: Int, height: Int)) throws(ScreenError) {
    guard let memory = try? openMemoryFile(named: "screen"), let file = fdopen(memory, "r+") else {
      throw .noTerminal("no memory for frames")
    }
    guard let (screen, name) = Self.open(setup.candidates, file), let window = CNcurses_window()
    else {
      fclose(file)
      throw .unknownTerminal(setup.candidates.first ?? "")
    }
    guard TerminalStrings.bytes("cup") != nil else {
      endwin()
      delscreen(screen)
      fclose(file)
      throw .tooSimple(name)
    }
    (self.memory, self.file, self.screen, self.window) = (memory, file, screen, window)
    (terminal, width, height, terminalHeight) = (name, size.width, size.height, size.height)
    inlineRows = setup.options.inlineRows
    theme = setup.options.theme
    depth = CursesLooks.start(wanted: setup.depth, isTrueColored: setup.isTrueColored)
    looks = CursesLooks(theme: theme, depth: depth)
    prepare(window)
    resize(width: width, height: height)
  }

  deinit {
    endwin()
    delscreen(screen)
    fclose(file)
  }

  /// The first of `terminals` that is known, without a signal handler of ncurses.
  private static func open(
    _ terminals: [String],
    _ file: UnsafeMutablePointer<FILE>,
  ) -> (OpaquePointer, String)? {
    for name in terminals {
      if let screen = CNcurses_open(name, file) { return (screen, name) }
    }
    return nil
  }

  private func prepare(_ window: UnsafeMutablePointer<WINDOW>) {
    looks.setBackground(of: window)
    // Keys come from elsewhere: looking for them would leave frames half drawn.
    typeahead(-1)
    keypad(window, true)
    curs_set(0)
    leaveok(window, true)
    // Rows above an inline window are not ours to scroll.
    idlok(window, inlineRows == nil)
    scrollok(window, false)
  }

  /// Draws with fewer colours than there are; nil for all.
  func limitDepth(_ most: ColorDepth?) {
    guard most != mostDepth else { return }
    mostDepth = most
    setTheme(theme)
  }

  func setTheme(_ theme: Theme) {
    self.theme = theme
    looks = CursesLooks(theme: theme, depth: min(depth, mostDepth ?? depth))
    looks.setBackground(of: window)
    // ncurses would not see that one of its numbers stands for another colour now.
    repaint()
  }

  func resize(width: Int, height: Int) {
    self.width = min(max(1, width), Canvas.maximumWidth)
    terminalHeight = min(max(1, height), Canvas.maximumHeight)
    self.height = min(inlineRows ?? terminalHeight, terminalHeight)
    resizeterm(Int32(terminalHeight), Int32(self.width))
    if inlineRows != nil { placeAtBottom() }
    repaint()
  }

  /// A window of the last rows, in place of the one of all rows or of the one before.
  private func placeAtBottom() {
    let top = Int32(terminalHeight - height)
    guard let placed = newwin(Int32(height), Int32(width), top, 0) else { return }
    if window != CNcurses_window() { delwin(window) }
    window = placed
    prepare(window)
  }

  /// The next frame clears the terminal and draws everything; inline it draws all of its rows.
  func repaint() {
    drawn = nil
    if inlineRows == nil { CNcurses_repaint() } else { CNcurses_redraw(window) }
  }

  /// Draws from now on on the normal screen, all of its rows; for the time after ``suspend()``.
  func leaveAlternateScreen() {
    inlineRows = terminalHeight
    idlok(window, false)
    repaint()
  }

  /// The bytes that bring the terminal to show `canvas`; none if it does already.
  func frame(_ canvas: Canvas) -> [UInt8] {
    guard drawn != canvas else { return [] }
    if drawn == nil || drawn?.width != canvas.width || drawn?.height != canvas.height {
      drawn = nil
      werase(window)
    }
    draw(canvas.cells, stride: canvas.width, rows: min(height, canvas.height))
    drawn = canvas
    wnoutrefresh(window)
    doupdate()
    var bytes = takeBytes()
    if isResuming || isEntering {
      // What ncurses sends unasked: when it comes back it resets the palette, though we never change it and the user
      // may have, and clears the screen; and always it enters the alternate one.
      if isResuming { bytes = TerminalStrings.without("oc", in: bytes) }
      if inlineRows != nil {
        bytes = TerminalStrings.without("smcup", in: bytes)
        // The rows that are drawn on are blank by now.
        bytes = TerminalStrings.without("clear", but: "home", in: bytes)
      }
    }
    (isResuming, isEntering) = (false, false)
    return looks.exact.replacing(bytes)
  }

  /// What ncurses does at its end; the next frame brings everything back.
  func suspend() {
    endwin()
    _ = takeBytes()
    drawn = nil
    isResuming = true
  }

  /// Hands ncurses the part of each row that differs from what it holds.
  private func draw(_ cells: [Cell], stride: Int, rows: Int) {
    let columns = min(width, stride)
    let old = drawn?.cells
    for y in 0..<rows {
      let start = y * stride
      guard let changed = Self.changes(cells, since: old, in: start..<(start + columns)) else {
        continue
      }
      line.removeAll(keepingCapacity: true)
      for index in changed where cells[index].width > 0 {
        append(cells[index], isCut: index + Int(cells[index].width) > start + columns)
      }
      mvwadd_wchnstr(window, Int32(y), Int32(changed.lowerBound - start), line, Int32(line.count))
    }
  }

  /// From the first cell that changed to the last, never from the middle of a wide character.
  private static func changes(
    _ cells: [Cell],
    since old: [Cell]?,
    in row: Range<Int>,
  ) -> Range<Int>? {
    guard let old else { return row.isEmpty ? nil : row }
    guard var first = row.first(where: { cells[$0] != old[$0] }),
      let last = row.last(where: { cells[$0] != old[$0] })
    else { return nil }
    if cells[first].width == 0, first > row.lowerBound { first -= 1 }
    return first..<(last + 1)
  }

  private func append(_ cell: Cell, isCut: Bool) {
    let (attributes, pair) = looks[cell]
    let columns = isCut ? 1 : Int(cell.width)
    var scalar = isCut ? " " : cell.scalar
    if !scalar.isASCII, CNcurses_width(wchar_t(scalar.value)) != Int32(columns) { scalar = "?" }
    let copies = scalar.isASCII ? columns : 1
    for _ in 0..<copies {
      var character = cchar_t()
      CNcurses_set(&character, wchar_t(scalar.value), attributes, pair)
      line.append(character)
    }
  }

  private func takeBytes() -> [UInt8] {
    fflush(file)
    let count = Int(lseek(memory, 0, SEEK_END))
    guard count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    let taken = bytes.withUnsafeMutableBytes { pread(memory, $0.baseAddress, $0.count, 0) }
    ftruncate(memory, 0)
    lseek(memory, 0, SEEK_SET)
    return taken == count ? bytes : Array(bytes.prefix(max(0, taken)))
  }
}
