import System
public import Terminal
public import Themes

/// The terminal, drawn on with ncurses.
///
/// Nothing here blocks: what a slow terminal does not take waits, and then the newest canvas follows. ncurses keeps
/// its state in C globals, so the main thread makes and uses the one screen. Open it before other threads start,
/// since it sets the locale, and `close` it before the process ends.
public final class CursesScreen {
  /// What `show` did with a canvas.
  public enum Shown: Equatable, Sendable {
    /// All of it is with the terminal, or it was there already.
    case sent
    /// The terminal has not taken all; `flush` when it can be written to.
    case pending
  }

  /// What the terminal sent.
  public struct Input: Equatable, Sendable {
    public var keys: [Key] = []
    /// The terminal is gone: save, and end without output.
    public var isHungUp = false
  }

  /// The characters to draw with.
  public let glyphs: Glyphs
  /// Why another type of terminal is spoken to than was named; nil where it is the one that was.
  public let standIn: String?
  /// What could not be had as asked for, one sentence each, for the status page.
  public let degradations: [String]
  /// The window's title; ASCII only, shown with the next frame where the terminal has one.
  public var title = ""
  /// Whether the terminal is to mark what is pasted; otherwise it comes as if it were typed.
  public var marksPaste = false
  /// Whether the terminal is to report clicks and the wheel, and to leave marking of text to Shift.
  public var reportsMouse = false

  let terminal: TerminalDescriptor
  let window: CursesWindow
  private(set) var outer: OuterTerminal
  private let control: TerminalControl
  private let environment: Environment
  /// The type of terminal that was asked for.
  private let askedName: String
  let isInline: Bool
  private var decoder: KeyDecoder
  private var inputBuffer = [UInt8](repeating: 0, count: 4096)
  private var lastInput: Int64 = 0
  private var output = FrameOutput()
  /// The newest canvas, while the terminal has not taken the one before.
  private var next: Canvas?
  private(set) var last: Canvas?
  /// What the terminal was told last of ``title``, ``marksPaste`` and ``reportsMouse``.
  private var sent = (title: "", marksPaste: false, reportsMouse: false)
  /// What goes before the first frame.
  private var opening: [UInt8] = []
  private var reports: [UInt8] = []
  private(set) var isActive = false

  /// Takes over the terminal.
  ///
  /// - Throws: ``ScreenError``; then the terminal is untouched.
  public init(_ options: ScreenOptions) throws(ScreenError) {
    environment = options.environment
    do {
      terminal = try TerminalDescriptor(path: options.device)
    } catch {
      throw .noTerminal(error.reason)
    }
    let name = options.terminal ?? environment["TERM"] ?? ""
    let setup = ScreenSetup(options, name: name)
    window = try CursesWindow(setup, size: Self.size(of: terminal, environment))
    glyphs = setup.glyphs
    standIn = setup.standIn(opened: window.terminal)
    degradations = setup.degradations(opened: window.terminal, depth: window.depth)
    decoder = KeyDecoder(sequences: KeySequences.ofTerminal())
    askedName = name
    outer = OuterTerminal(name: name, alert: options.alert, environment: environment)
    isInline = options.inlineRows != nil
    control = TerminalControl(
      hasTitle: TerminalKind.hasTitle(name),
      reportsFocus: outer.alerts && outer.takesCommands,
      isInline: isInline,
    )
    try takeOver()
  }

  deinit { close() }

  /// Changes how the operator is called when something happens.
  public func setAlert(_ alert: ScreenOptions.Alert) {
    outer = OuterTerminal(name: askedName, alert: alert, environment: environment)
  }

  /// Columns and rows to draw on.
  public var size: (width: Int, height: Int) { (window.width, window.height) }
  /// How many colours are used.
  public var depth: ColorDepth { window.depth }
  /// The type of terminal that is spoken to, which may stand in for another.
  public var terminalName: String { window.terminal }
  public var figures: ScreenFigures { output.figures }
  /// For poll: readable when keys came.
  public var descriptor: Int32 { terminal.descriptor }
  /// Whether to poll for writing and to call ``flush()`` then.
  public var wantsWrite: Bool { !output.isClear && isActive }
  /// Bytes that the terminal's device has taken and not sent on, as far as it tells.
  public var queuedBytes: Int { isActive ? terminal.unsentBytes : 0 }
  /// Whether the terminal is gone.
  public var isHungUp: Bool { output.isHungUp }

  /// When to call ``readKeys()`` even if nothing came, in monotonic nanoseconds; nil for never.
  ///
  /// Until then an escape may turn out to be the start of another key.
  public var inputDeadline: Int64? {
    decoder.patienceMilliseconds.map { lastInput + Int64($0) * 1_000_000 }
  }

  /// Shows `canvas`, now or as soon as the terminal has taken what waits for it.
  ///
  /// At most one canvas waits: a newer one takes its place and the older is counted as skipped.
  @discardableResult
  public func show(_ canvas: Canvas) -> Shown {
    if next != nil { output.countSkipped() }
    next = canvas
    return flush()
  }

  /// Sends more of what waits; call it when the descriptor can be written to.
  @discardableResult
  public func flush() -> Shown {
    guard isActive else { return .pending }
    output.flush(to: terminal)
    guard output.isClear, let canvas = next else { return output.isClear ? .sent : .pending }
    next = nil
    last = canvas
    let frame = window.frame(canvas)
    let title =
      (title == sent.title ? [] : control.title(title))
      + (marksPaste == sent.marksPaste ? [] : control.paste(isMarked: marksPaste))
      + (reportsMouse == sent.reportsMouse ? [] : control.mouse(isReported: reportsMouse))
    sent = (self.title, marksPaste, reportsMouse)
    if !frame.isEmpty {
      // The title comes last: what enters the screen may keep the old one first.
      output.send(frame: opening + control.synchronized(reports + frame) + title, to: terminal)
      (opening, reports) = ([], [])
    } else if !title.isEmpty {
      output.send(title, to: terminal)
    }
    return output.isClear ? .sent : .pending
  }

  /// Sends what is not part of a frame; false where too much waits already.
  func send(aside bytes: [UInt8]) -> Bool {
    guard isActive, output.unsent.count < 65_536 else { return false }
    output.send(bytes, to: terminal)
    return true
  }

  /// All keys that came since the last call.
  public func readKeys() -> Input {
    var input = Input()
    guard isActive else { return input }
    // A paste may be long: the rest of it is still readable after 64 kB.
    reading: for _ in 0..<16 {
      switch terminal.read(into: &inputBuffer) {
      case .bytes(let count):
        lastInput = monotonicNanoseconds()
        input.keys += decoder.decode(inputBuffer[..<count])
      case .wouldBlock: break reading
      case .hangup:
        output.setHungUp()
        break reading
      }
    }
    if let deadline = inputDeadline, monotonicNanoseconds() >= deadline {
      input.keys += decoder.expire()
    }
    input.isHungUp = output.isHungUp
    return input
  }

  /// Asks the terminal for its size; true if it changed.
  ///
  /// The next canvas is to have the new one.
  public func updateSize() -> Bool {
    let size = Self.size(of: terminal, environment)
    guard size != (window.width, window.terminalHeight) else { return false }
    window.resize(width: size.width, height: size.height)
    return true
  }

  /// Clears the terminal and draws everything again, as something else wrote on it.
  public func redraw() {
    window.repaint()
    if next == nil { next = last }
    flush()
  }

  /// Changes the colours; the next canvas to be shown has them.
  public func setTheme(_ theme: Theme) { window.setTheme(theme) }

  /// Uses sixteen colours at most, or again all there are; everything is drawn again then.
  public func limitColors(_ isLimited: Bool) {
    window.limitDepth(isLimited ? .sixteen : nil)
  }

  /// Counts a frame that was not even composed, as the terminal had not taken the one before.
  public func skipFrame() { output.countSkipped() }

  /// Sends bytes that change nothing.
  public func breakSilence() {
    _ = send(aside: TerminalStrings.bytes("civis") ?? TerminalStrings.bytes("sgr0") ?? [])
  }

  /// What libraries wrote to standard error while the screen was open; at most 64 kB are kept.
  public func takeStrayOutput() -> [UInt8] { terminal.takeStrayOutput() }

  /// Gives the terminal back, as before the process stops itself.
  public func suspend() { giveBack(withinMilliseconds: 500) }

  /// Closes a screen that is about to be gone: nothing more is said, and nobody waits for it.
  public func abandon() {
    giveBack(withinMilliseconds: 50)
    next = nil
    output.setHungUp()
  }

  private func giveBack(withinMilliseconds limit: Int32) {
    guard isActive else { return }
    isActive = false
    output.drop()
    window.suspend()
    terminal.restore(withinMilliseconds: limit)
  }

  /// Takes the terminal over again and draws everything; false if the job is in the background.
  public func resume() -> Bool {
    if isActive { return true }
    guard terminal.isForeground else { return false }
    do { try takeOver() } catch { return false }
    _ = updateSize()
    redraw()
    return true
  }

  /// Puts the terminal back as it was.
  ///
  /// Calling it again does nothing.
  public func close() {
    suspend()
    next = nil
  }

  private func takeOver() throws(ScreenError) {
    do {
      try terminal.makeRaw(restoring: control.restoring)
    } catch {
      throw .noTerminal(error.reason)
    }
    isActive = true
    let room =
      isInline ? TerminalControl.room(rows: window.height, height: window.terminalHeight) : []
    (opening, reports) = (control.opening + room, control.reports)
    sent = ("", false, false)
  }

  /// The terminal's word, then that of the environment, then 80x24.
  private static func size(
    of terminal: TerminalDescriptor,
    _ environment: Environment,
  ) -> (width: Int, height: Int) {
    let size =
      terminal.size
      ?? (Int(environment["COLUMNS"] ?? "") ?? 80, Int(environment["LINES"] ?? "") ?? 24)
    return (
      min(max(1, size.width), Canvas.maximumWidth), min(max(1, size.height), Canvas.maximumHeight)
    )
  }
}
