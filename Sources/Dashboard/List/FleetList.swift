import Model

/// The list of the fleet: its order and its lines, what the operator picked out of it, and the cursor.
///
/// The cursor is on a generator, not on a row; a generator that filter or regions hide is in the list as long as it is
/// pinned, or a guest.
struct FleetList: Sendable {
  /// What has to be done to the order before the next frame, from little to much.
  enum OrderNeed: Comparable {
    case nothing, filter, sort
  }

  /// What is done to the order for a frame.
  struct OrderWork: Equatable {
    /// Whether all are sorted anew.
    var sortsAll = false
    /// Those that are moved to their places, if not all are sorted.
    var moved: [GeneratorIndex] = []
    /// Those that are shown from now on if they are to be, without moving any: they changed while the order is held.
    var revealed: [GeneratorIndex] = []
    /// Whether all are looked at whether they are shown.
    var filtersAll = false
  }

  var order = FleetOrder()
  /// As lines, with headings of groups.
  private(set) var lines = FleetLines()
  private(set) var need = OrderNeed.sort
  /// Whether time alone may have changed what the filter lets through.
  private var isFilterOld = false
  /// Changed while the order was held, to be moved when the hold ends.
  private var waiting: [GeneratorIndex] = []
  /// Until when the order is held after a key: monotonic nanoseconds.
  var heldUntil: Int64?

  /// Which generators are let through.
  var filter = FleetFilter()
  /// What was looked for by its letters.
  var search: Search?
  /// How many columns behind the id give way to those on the right.
  var columnScroll = 0

  /// Generators that the operator marked.
  var marked: Set<GeneratorIndex> = []
  /// Generators that stay at the top, whatever the order, the filter and the regions.
  private(set) var pinned: Set<GeneratorIndex> = []
  /// Ids of pins of the last time that were not heard of yet.
  private(set) var awaitedPins: Set<String> = []
  /// A generator that filter or regions hide, shown while the cursor is on it.
  var guest: GeneratorIndex?
  /// Of which groups only the heading is shown.
  private(set) var collapsed: Set<FleetGroup.Kind> = []

  /// The generator under the cursor.
  private(set) var selection: GeneratorIndex?
  /// Which row of the pane the cursor keeps to, from 0.
  var cursorRow = 0
  /// Whether the cursor sits on the first row and stays there, whoever comes to the top.
  var isAtTop = true
  /// The cursor's last line.
  private var lastLine = 0

  init(awaitedPins: Set<String> = []) { self.awaitedPins = awaitedPins }

  // MARK: - The order

  /// Asks for work on the order before the next frame.
  mutating func ask(for need: OrderNeed) { self.need = max(self.need, need) }

  /// Notes that time has passed, by which the filter may let others through.
  mutating func noteTime() { isFilterOld = true }

  /// Whether the order is held.
  func isHeld(at now: Int64) -> Bool { heldUntil.map { now < $0 } ?? false }

  /// What is to be done now that some generators have changed; while the order is held nothing moves, but nobody new is
  /// missing, and what the operator asks for happens at once.
  mutating func takeWork(_ changed: [GeneratorIndex], of count: Int, at now: Int64) -> OrderWork {
    let need = need
    self.need = .nothing
    let isHeld = isHeld(at: now) && order.visible.count > 0
    var work = OrderWork()
    if need == .sort {
      waiting = []
      work.sortsAll = true
    } else if isHeld {
      work.revealed = changed
      waiting.append(contentsOf: changed)
      if waiting.count > 2 * count { waiting = Array(Set(waiting)).sorted() }
    } else {
      work.moved = waiting.isEmpty ? changed : Array(Set(waiting + changed)).sorted()
      waiting = []
    }
    if need == .filter || isFilterOld && !isHeld {
      isFilterOld = false
      work.filtersAll = true
    }
    return work
  }

  /// Works out the lines from the order.
  mutating func updateLines(isGrouped: Bool) {
    let groups = order.groups(isGrouped: isGrouped)
    lines = FleetLines(groups, collapsed: collapsed, hasHeadings: isGrouped)
  }

  // MARK: - Marks and pins

  /// Lets a generator stay at the top, or no longer; false if there are as many as there can be.
  mutating func togglePin(_ generator: GeneratorIndex) -> Bool {
    if pinned.remove(generator) != nil { return true }
    guard pinned.count < ViewChoices.mostPins else { return false }
    pinned.insert(generator)
    return true
  }

  /// Pins those of the last time that have come: `ids` are those of the newest generators of `count`.
  mutating func findPins(_ ids: [String], of count: Int) {
    guard !awaitedPins.isEmpty else { return }
    let first = count - ids.count
    for (place, id) in ids.enumerated() where awaitedPins.remove(id) != nil {
      pinned.insert(GeneratorIndex(first + place))
      ask(for: .sort)
    }
  }

  // MARK: - Groups

  /// The group of the generator under the cursor.
  var cursorGroup: FleetGroup? {
    selection.flatMap { order.place(of: $0) }.flatMap { lines.group(of: $0) }
  }

  /// Whether the cursor is on the heading of a folded group.
  var isOnHeading: Bool { cursorGroup?.isCollapsed ?? false }

  /// Folds the group of the cursor to its heading, or unfolds it; false if there is none.
  mutating func fold(rows: Int) -> Bool {
    guard let group = cursorGroup else { return false }
    collapsed.formSymmetricDifference([group.kind])
    updateLinesAroundCursor(rows: rows)
    return true
  }

  /// Folds all groups, or unfolds them if all are.
  mutating func foldAll(rows: Int) {
    collapsed = lines.kinds.allSatisfy { collapsed.contains($0) } ? [] : Set(lines.kinds)
    updateLinesAroundCursor(rows: rows)
  }

  /// Unfolds the group that a generator is in; false if it is not folded.
  mutating func unfold(_ generator: GeneratorIndex) -> Bool {
    guard let place = order.place(of: generator), let group = lines.group(of: place),
      group.isCollapsed
    else { return false }
    collapsed.remove(group.kind)
    return true
  }

  /// Lays the lines of a grouped list anew and leaves the cursor on its generator.
  private mutating func updateLinesAroundCursor(rows: Int) {
    updateLines(isGrouped: true)
    if let selection { putCursor(onGenerator: selection, rows: rows) }
  }

  // MARK: - The cursor

  /// The line of the generator under the cursor.
  var cursorLine: Int? { selection.flatMap { order.place(of: $0) }.flatMap { lines.line(of: $0) } }

  /// What of the list is seen in so many rows: the cursor stays in its row as long as it can.
  func window(rows: Int) -> FleetWindow {
    let count = lines.count
    guard rows > 0 else { return FleetWindow(fixed: 0, scrolled: 0..<0, cursor: nil) }
    // More pins than half the rows scroll like all others.
    let fixed = min(lines.pinned, rows / 2)
    var first = fixed
    let cursor = cursorLine
    if let cursor, cursor >= fixed {
      let row = min(max(fixed, cursorRow), rows - 1)
      first = min(max(fixed, cursor - (row - fixed)), max(fixed, count - (rows - fixed)))
    }
    let end = min(count, first + rows - fixed)
    return FleetWindow(fixed: min(fixed, count), scrolled: first..<max(first, end), cursor: cursor)
  }

  /// The first line from `line` on that the cursor can stand on, in either direction.
  func firstStop(from line: Int, step: Int) -> Int {
    var place = line
    while place >= 0, place < lines.count {
      if lines.stop(at: place) != nil { return place }
      place += step
    }
    // There is a generator behind each heading that is open.
    return min(max(0, line + (step < 0 ? 1 : -1)), max(0, lines.count - 1))
  }

  /// Puts the cursor on the generator of a line and scrolls no further than needed.
  mutating func putCursor(on line: Int, rows: Int) {
    guard let place = lines.stop(at: line) else { return }
    let rows = max(1, rows)
    let window = window(rows: rows)
    selection = order.visible[place]
    lastLine = line
    isAtTop = line == firstStop(from: 0, step: 1)
    guard line >= window.fixed else {
      cursorRow = line
      return
    }
    let row = window.fixed + line - window.scrolled.lowerBound
    // The heading above comes into sight with the first of its group.
    let hasHeading = line > window.fixed && lines.stop(at: line - 1) == nil
    cursorRow = min(max(window.fixed + (hasHeading ? 1 : 0), row), rows - 1)
  }

  /// Puts the cursor on a generator that is in the list.
  mutating func putCursor(onGenerator generator: GeneratorIndex, rows: Int) {
    guard let line = order.place(of: generator).flatMap({ lines.line(of: $0) }) else { return }
    putCursor(on: line, rows: rows)
    // On the heading of a folded group the cursor still means this generator.
    selection = generator
  }

  /// Puts the cursor on a generator that somebody means, whoever comes to the top now.
  mutating func putCursor(firmlyOn generator: GeneratorIndex, rows: Int) {
    putCursor(onGenerator: generator, rows: rows)
    isAtTop = false
  }

  mutating func moveCursor(_ motion: Motion, rows: Int) {
    guard !order.visible.isEmpty else { return }
    let line = cursorLine ?? 0
    let wanted = motion.target(from: line, rows: rows, count: lines.count)
    putCursor(on: firstStop(from: wanted, step: wanted < line ? -1 : 1), rows: rows)
  }

  /// Goes on to the next line, if there is one.
  mutating func moveCursorOn(rows: Int) {
    let line = cursorLine ?? 0
    if line + 1 < lines.count { putCursor(on: firstStop(from: line + 1, step: 1), rows: rows) }
  }

  /// Scrolls; the cursor stays on its line as long as that is seen.
  mutating func scroll(by step: Int, rows: Int) {
    let window = window(rows: rows)
    let shown = rows - window.fixed
    guard shown > 0, lines.count > rows else { return }
    let last = max(window.fixed, lines.count - shown)
    let first = min(max(window.fixed, window.scrolled.lowerBound + step), last)
    let cursor = min(max(cursorLine ?? first, first), first + shown - 1)
    let stop = firstStop(from: cursor, step: cursor == cursorLine || step < 0 ? -1 : 1)
    if stop != cursorLine { putCursor(on: stop, rows: rows) }
    cursorRow = min(max(window.fixed, window.fixed + stop - first), rows - 1)
    if first > window.fixed { isAtTop = false }
  }

  /// The cursor stays on its generator; on the first row it stays at the top; a generator that went out of sight leaves
  /// it to the one that took its row.
  mutating func updateCursor(hasFleet: Bool, rows: Int) {
    guard !order.visible.isEmpty else {
      if !hasFleet { selection = nil }
      return
    }
    let top = firstStop(from: 0, step: 1)
    if selection == nil || isAtTop && cursorLine != top {
      putCursor(on: top, rows: rows)
      isAtTop = true
    } else if let selection, order.place(of: selection) == nil {
      putCursor(on: firstStop(from: min(lastLine, lines.count - 1), step: -1), rows: rows)
    }
    noteLine()
  }

  /// Keeps in mind the line of the cursor, for when its generator goes out of sight.
  mutating func noteLine() {
    if let line = cursorLine { lastLine = line }
  }

  /// Lets go of who is not in a fleet of another moment.
  ///
  /// - Parameters:
  ///   - fleet: That of the other moment.
  ///   - lost: Who was under the cursor in the present.
  /// - Returns: The same, as it is from now on.
  mutating func fit(to fleet: Fleet, lost: GeneratorIndex?) -> GeneratorIndex? {
    if let guest, !fleet.has(guest) { self.guest = nil }
    if let gone = selection, !fleet.has(gone) {
      selection = nil
      return gone
    }
    if let lost, isAtTop, fleet.has(lost) {
      // The cursor was put at the top, and nobody has moved it since.
      (selection, isAtTop) = (lost, false)
      return nil
    }
    return lost
  }
}
