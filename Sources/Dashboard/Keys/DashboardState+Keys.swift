import Model
import Terminal

/// What keys and the mouse do.
extension DashboardState {
  /// A key goes to the prompt, else to the overlay, else to the table.
  mutating func press(_ key: Key) -> [Effect] {
    if let effects = noteReport(key) { return effects }
    list.heldUntil = present.monotonic &+ Self.hold
    if key == .control("c") {
      guard prompt != nil else { return [.quit] }
      closePrompt(keeping: false)
      return []
    }
    if prompt != nil { return type(key) }
    if let effects = pressInOverlay(key) { return effects }
    guard let command = keys.command(for: key) else {
      say("\(key) is not bound; \(keys.name(of: .help)) shows the keys")
      return []
    }
    return run(command)
  }

  /// Does what the key of a command does.
  mutating func run(_ command: Command) -> [Effect] {
    bringUpToDate()
    return command.row.key?.act(&self) ?? []
  }

  /// One step back: overlay, the past, zoom, a view that is no preset, what was found, a guest, filter,
  /// abnormal only, regions; false if there was nothing.
  mutating func goBack() -> Bool {
    if overlay != nil {
      views.overlay = nil
    } else if !timeline.isLive {
      goLive()
    } else if isZoomed {
      views.zoom(false)
    } else if let viewBehind {
      open(viewBehind)
    } else if search != nil {
      list.search = nil
    } else if guest != nil {
      dismissGuest()
    } else if !filter.isEmpty {
      setFilter(FleetFilter())
    } else if abnormalOnly {
      toggleAbnormalOnly()
    } else if !regions.isEmpty {
      setRegions([])
    } else {
      return false
    }
    return true
  }

  /// Asks for all connections at once; a recording has none.
  mutating func reconnect() -> [Effect] {
    say(options.replayed == nil ? "trying all connections now" : "a recording has no connections")
    return options.replayed == nil ? [.reconnect] : []
  }

  /// `reconnect` at the prompt.
  mutating func reconnect(_ line: CommandWords) throws(LineError) -> [Effect] {
    guard options.replayed == nil else {
      throw LineError("a recording has no connections", at: line.name)
    }
    return reconnect()
  }

  // MARK: - What the terminal reports, and what is copied

  /// Whether a text is being typed, into which something can be pasted.
  public var takesPaste: Bool { prompt != nil || overlay?.row.takesText == true }

  /// The generator under the cursor of the focused pane, else the one selected in the fleet.
  var generatorAtCursor: GeneratorIndex? {
    focus.row.generator(self, cursors[focus] ?? 0) ?? selection
  }

  /// What the terminal reports the way keys come; nil for a key.
  mutating func noteReport(_ key: Key) -> [Effect]? {
    switch key {
    case .focusIn: hasFocus = true
    case .focusOut: hasFocus = false
    case .paste(let text):
      guard takesPaste else {
        say("pasted text is taken only where a text is typed")
        return []
      }
      return insert(Self.line(text))
    // The run loop knows what it was over, and tells that.
    case .mouse: break
    default: return nil
    }
    return []
  }

  /// Only ever as text: what a key would do in an empty list is not done.
  private mutating func insert(_ line: String) -> [Effect] {
    if prompt == nil, case .regionPicker(var picker) = overlay {
      picker.find(picker.text + line)
      views.overlay = .regionPicker(picker)
      return []
    }
    return line.flatMap { type(.character($0)) }
  }

  /// A pasted text as one line: what ends lines becomes a space, and other controls are left out.
  private static func line(_ text: String) -> String {
    var line = ""
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars.prefix(1_000) {
      defer { before = scalar }
      switch scalar {
      case "\n" where before == "\r": break
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}": line.append(" ")
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Copies the id, or all that is known, of the generator under the cursor.
  mutating func copy(wholeRecord: Bool) -> [Effect] {
    guard let generator = generatorAtCursor, fleet.has(generator) else {
      say("there is nothing to copy")
      return []
    }
    let id = fleet.ids[Int(generator)]
    say("copied \(wholeRecord ? "the record of " : "")\(id), if the terminal allows it")
    return [wholeRecord ? .copyRecord(generator) : .copy(id)]
  }

  // MARK: - The mouse

  /// How many lines a notch of the wheel scrolls.
  private static let notch = 3

  /// Lets the mouse act here, or leaves it to the terminal.
  mutating func useMouse(_ isWanted: Bool) -> [Effect] {
    choices.usesMouse = isWanted
    lastClick = nil
    say(isWanted ? "mouse on: Shift-drag selects text" : "mouse off: the terminal has it again")
    return [.useMouse(isWanted)]
  }

  /// What the mouse did; a report that comes though it is off does nothing.
  mutating func point(_ pointing: Pointing) -> [Effect] {
    guard usesMouse else { return [] }
    list.heldUntil = present.monotonic &+ Self.hold
    bringUpToDate()
    switch pointing.report.action {
    case .wheelUp: return turnWheel(-1, over: pointing.target)
    case .wheelDown: return turnWheel(1, over: pointing.target)
    case .press: return click(pointing)
    }
  }

  /// The second of two clicks opens; where the first has put something else under the mouse, the
  /// second was not meant for that.
  private mutating func click(_ pointing: Pointing) -> [Effect] {
    guard let target = pointing.target else { return [] }
    guard let last = lastClick, last.isSoon(before: pointing, at: present.monotonic) else {
      lastClick = Click(pointing: pointing, at: present.monotonic)
      return click(target)
    }
    lastClick = nil
    return last.pointing.target == target ? clickTwice(target) : []
  }

  private mutating func click(_ target: PointerTarget) -> [Effect] {
    switch target {
    case .nothing:
      if prompt != nil { say("press Enter or Esc to end typing first") }
    case .pane(let pane): focus(on: pane)
    case .row(let pane, let line): point(at: line, of: pane)
    case .generator(let generator):
      focus(on: .fleet)
      list.putCursor(onGenerator: generator, rows: fleetRows)
    case .heading(let kind):
      focus(on: .fleet)
      if let line = lines.line(ofHeading: kind) {
        list.putCursor(on: list.firstStop(from: line, step: 1), rows: fleetRows)
      }
    case .sign(let kind):
      _ = click(.heading(kind))
      fold()
    case .column(let column):
      focus(on: .fleet)
      sort(by: column)
    case .region(let region): toggleRegion(region)
    case .key(let key): return press(key)
    case .choice(let line): return chooseInOverlay(line: line)
    }
    return []
  }

  private mutating func clickTwice(_ target: PointerTarget) -> [Effect] {
    switch target {
    case .row, .generator: return run(.open)
    case .heading:
      fold()
      return []
    case .choice:
      return overlay?.row.isTakenBySecondClick == true ? press(.enter) : click(target)
    case .column, .region, .key, .sign: return click(target)
    case .nothing, .pane: return []
    }
  }

  private mutating func focus(on pane: PaneID) {
    if layout.area(of: pane) != nil { views.focus(on: pane) }
  }

  /// Puts the cursor on a line of a list beside the fleet; a region is chosen by it.
  private mutating func point(at line: Int, of pane: PaneID) {
    focus(on: pane)
    guard line >= 0, line < pane.row.lines(self) else { return }
    views.putCursor(on: line, of: pane)
    let all = fleet.regionsByName()
    if pane == .regions, all.indices.contains(line) { toggleRegion(all[line]) }
  }

  // MARK: - The wheel

  private mutating func turnWheel(_ direction: Int, over target: PointerTarget?) -> [Effect] {
    if let overlay {
      // Text is scrolled, and in a menu the cursor moves.
      let steps = overlay.row.isLong ? Self.notch : 1
      return (0..<steps).flatMap { _ in press(direction < 0 ? .up : .down) }
    }
    switch target {
    case .pane(let pane), .row(let pane, _): scroll(pane, by: direction * Self.notch)
    case .generator, .heading, .sign, .column: scroll(.fleet, by: direction * Self.notch)
    case .nothing, .region, .key, .choice, nil: break
    }
    return []
  }

  /// Scrolls a list, whichever has the focus; its cursor stays on its line as long as that is seen.
  private mutating func scroll(_ pane: PaneID, by step: Int) {
    switch pane.row.cursor {
    case .generators: return list.scroll(by: step, rows: fleetRows)
    case .log: return log.move(to: min(max(0, log.line + step), log.count - 1))
    case .regions: return moveRegion(by: step)
    case .map: return
    case .lines: break
    }
    views.scroll(pane, by: step, count: pane.row.lines(self))
  }
}
