import Model

/// Which lines of the list of the fleet are on the screen.
public struct FleetWindow: Equatable, Sendable {
  /// So many lines at the top stay where they are: what is pinned.
  public var fixed: Int
  /// The lines below them.
  public var scrolled: Range<Int>
  /// The line of the cursor.
  public var cursor: Int?

  /// All lines that are seen, from the top.
  public var lines: [Int] { Array(0..<fixed) + Array(scrolled) }
}

extension DashboardState {
  /// What a list of `rows` shows of the fleet: the cursor stays in its row as long as it can.
  public func fleetWindow(rows: Int) -> FleetWindow {
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

  /// The line of the generator under the cursor.
  var cursorLine: Int? {
    selection.flatMap { order.place(of: $0) }.flatMap { lines.line(of: $0) }
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
  mutating func putCursor(on line: Int) {
    guard let place = lines.stop(at: line) else { return }
    let rows = max(1, layout.listRows(of: .fleet))
    let window = fleetWindow(rows: rows)
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
}
