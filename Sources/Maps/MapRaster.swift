/// The outlines as seen through a window, as dots: two columns and four rows of them in each cell.
public struct MapRaster: Sendable {
  /// What is seen of the land in a cell.
  public struct Cell: Equatable, Sendable {
    /// The bits of a braille pattern: U+2800 plus this.
    public var dots: UInt8
    /// The most important line in the cell.
    public var kind: Outlines.Kind
  }

  public let window: MapWindow
  private var cells: [Cell]

  /// Draws `outlines` as seen through `window`; its cost grows with what is seen of them.
  public init(_ window: MapWindow, of outlines: Outlines = .world) {
    self.window = window
    cells = Array(repeating: Cell(dots: 0, kind: .state), count: window.columns * window.rows)
    guard !window.isEmpty else { return }
    for line in outlines.lines where isWorthwhile(line) {
      for turn in [-360.0, 0, 360] where isSeen(line, turn) {
        draw(line, of: outlines, turn)
      }
    }
  }

  /// What is seen in a cell; nil for nothing but land or water.
  public subscript(column: Int, row: Int) -> Cell? {
    guard column >= 0, column < window.columns, row >= 0, row < window.rows else { return nil }
    let cell = cells[row * window.columns + column]
    return cell.dots == 0 ? nil : cell
  }

  /// Points below this level change nothing that could be seen.
  private var level: UInt8 {
    switch window.scale {
    case ..<0.12: 0
    case ..<0.4: 1
    case ..<1.2: 2
    default: 3
    }
  }

  /// Borders go where they would fill the map, and so do islands of a dot.
  private func isWorthwhile(_ line: Outlines.Line) -> Bool {
    switch line.kind {
    case .state: return window.scale < 0.75
    case .border: return window.scale < 1.5
    case .coast:
      guard line.isClosed else { return true }
      let dots = Double(max(line.east - line.west, line.north - line.south)) / window.scale
      return dots > (window.scale < 0.6 ? 0.8 : 3)
    }
  }

  /// Where the window's edges are, from its centre; the world is drawn once at most.
  private var halfWidth: Double { min(180, Double(window.dotColumns) * window.scale / 2) }
  private var halfHeight: Double { Double(window.dotRows) * window.scale / 2 }

  private func isSeen(_ line: Outlines.Line, _ turn: Double) -> Bool {
    let x = window.centre.x - turn
    let y = window.centre.y
    return Double(line.west) < x + halfWidth && Double(line.east) > x - halfWidth
      && Double(line.south) < y + halfHeight && Double(line.north) > y - halfHeight
  }

  private mutating func draw(_ line: Outlines.Line, of outlines: Outlines, _ turn: Double) {
    let points = outlines.points.span.extracting(line.places)
    let level = level
    var pen = Pen(kind: line.kind, halfWidth: halfWidth / window.scale, window)
    for place in points.indices where points[place].level >= level {
      let point = points[place]
      let x = (Double(point.x) + turn - window.centre.x) / window.scale
      let y = (window.centre.y - Double(point.y)) / window.scale
      pen.move(to: (x, y)) { x, y in
        let bit = Self.bits[(y & 3) * 2 + (x & 1)]
        let cell = (y >> 2) * window.columns + x >> 1
        cells[cell].dots |= bit
        cells[cell].kind = min(cells[cell].kind, line.kind)
      }
    }
  }

  /// The bits of a braille pattern, row by row.
  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}

/// Draws lines as dots, those of borders with gaps.
private struct Pen {
  /// One dot in this many is drawn.
  let step: Int
  /// What is seen, in dots from the centre.
  let halfWidth: Double
  let halfHeight: Double
  let columns: Int
  let rows: Int
  private var at: (x: Double, y: Double)?
  /// Dots gone since the line began, so that its gaps are even.
  private var gone = 0.0

  init(kind: Outlines.Kind, halfWidth: Double, _ window: MapWindow) {
    step = kind == .coast ? 1 : kind == .border ? 2 : 3
    self.halfWidth = halfWidth
    columns = window.dotColumns
    rows = window.dotRows
    halfHeight = Double(rows) / 2
  }

  /// Draws from where the pen is to `point`, both in dots from the centre of the window.
  mutating func move(to point: (x: Double, y: Double), dot: (Int, Int) -> Void) {
    defer { at = point }
    guard let at else { return }
    let (dx, dy) = (point.x - at.x, point.y - at.y)
    let length = max(abs(dx), abs(dy))
    defer { gone += length }
    // The part of the way that is seen, by Liang and Barsky.
    var (from, to) = (0.0, 1.0)
    for (delta, start, half) in [(dx, at.x, halfWidth), (dy, at.y, halfHeight)] {
      guard delta != 0 else {
        if abs(start) > half { return }
        continue
      }
      let (first, second) = ((-half - start) / delta, (half - start) / delta)
      from = max(from, min(first, second))
      to = min(to, max(first, second))
    }
    guard from <= to else { return }
    let (begin, end) = ((from * length).rounded(.up), (to * length).rounded(.down))
    guard begin <= end else { return }
    let phase = Int((gone + begin).truncatingRemainder(dividingBy: Double(step * 1000)))
    for number in 0...Int(end - begin) where (phase + number) % step == 0 {
      let share = length > 0 ? (begin + Double(number)) / length : 0
      let x = Int((at.x + dx * share + Double(columns) / 2).rounded(.down))
      let y = Int((at.y + dy * share + Double(rows) / 2).rounded(.down))
      if x >= 0, x < columns, y >= 0, y < rows { dot(x, y) }
    }
  }
}
