import Model
import Terminal

extension DashboardState {
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
    list.hold(until: present.monotonic &+ Self.hold)
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
    if let overlay { return turnWheel(direction, over: overlay) }
    switch target {
    case .pane(let pane), .row(let pane, _): scroll(pane, by: direction * Self.notch)
    case .generator, .heading, .sign, .column: scroll(.fleet, by: direction * Self.notch)
    case .nothing, .region, .key, .choice, nil: break
    }
    return []
  }

  /// Over an overlay: text is scrolled, and in a menu the cursor moves.
  private mutating func turnWheel(_ direction: Int, over overlay: Overlay) -> [Effect] {
    var effects: [Effect] = []
    for _ in 0..<(overlay.row.isLong ? Self.notch : 1) {
      effects += press(direction < 0 ? .up : .down)
    }
    return effects
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
