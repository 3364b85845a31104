/// A grid of cells: the picture of the terminal that panes draw on.
///
/// Every function clips: to the rectangle it is given and to the canvas.
public struct Canvas: Equatable, Sendable {
  /// Larger terminals are drawn on in part.
  public static let maximumWidth = 1000
  public static let maximumHeight = 500

  public let width: Int
  public let height: Int
  /// The characters that drawings on it are made of.
  public let glyphs: Glyphs

  /// All cells, row by row from the top left.
  public private(set) var cells: [Cell]

  /// A blank canvas; sizes are clamped to 0 and the maximum.
  public init(width: Int, height: Int, glyphs: Glyphs = .unicode) {
    self.glyphs = glyphs
    self.width = min(max(0, width), Self.maximumWidth)
    self.height = min(max(0, height), Self.maximumHeight)
    cells = Array(repeating: Cell(), count: self.width * self.height)
  }

  /// The whole canvas.
  public var bounds: Rect { Rect(x: 0, y: 0, width: width, height: height) }

  /// The cell in column `x` of row `y`; a blank one outside the canvas.
  public subscript(x: Int, y: Int) -> Cell {
    guard contains(x, y) else { return Cell() }
    return cells[y * width + x]
  }

  /// Puts another character wherever one stands, as wide as it.
  public mutating func replace(_ scalar: Unicode.Scalar, with other: Unicode.Scalar) {
    for place in cells.indices where cells[place].scalar == scalar { cells[place].scalar = other }
  }

  private func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && x < width && y >= 0 && y < height
  }

  /// Puts a scalar of one column; nothing outside of `area`.
  public mutating func put(
    _ scalar: Unicode.Scalar,
    x: Int,
    y: Int,
    in area: Rect? = nil,
    role: Role = .text,
    flags: CellFlags = [],
  ) {
    guard area?.contains(x: x, y: y) ?? true else { return }
    place(Cell(scalar: scalar, role: role, flags: flags), x, y)
  }

  /// Puts `cell`, and blanks the other half of a wide character of which it covers one half.
  private mutating func place(_ cell: Cell, _ x: Int, _ y: Int) {
    guard contains(x, y) else { return }
    let index = y * width + x
    let old = cells[index].width
    if old != 1 {
      let other = old == 0 ? index - 1 : index + 1
      if cells.indices.contains(other), cells[other].width != 1 {
        cells[other].scalar = " "
        cells[other].width = 1
      }
    }
    cells[index] = cell
  }

  /// Writes `text` rightwards from column `x` of row `y`, clipped to `area`.
  ///
  /// A wide character that the edge of `area` cuts in half leaves a space. Marks that combine
  /// with the character before them and invisible characters are dropped, control characters
  /// become `?`.
  ///
  /// - Returns: The columns the text takes, counting those that were cut off.
  @discardableResult
  public mutating func write(
    _ text: String,
    x: Int,
    y: Int,
    in area: Rect? = nil,
    role: Role = .text,
    flags: CellFlags = [],
  ) -> Int {
    let visible = (area ?? bounds).intersection(bounds)
    guard visible.rows.contains(y) else { return TextWidth.of(text) }
    let start = Rect.clamp(x)
    var column = start
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
      let columns = scalar.value < 0x300 ? 1 : TextWidth.of(scalar)
      if columns == 0 { continue }
      let cell = Cell(scalar: isControl ? "?" : scalar, role: role, flags: flags)
      if columns == 1 {
        if visible.columns.contains(column) { place(cell, column, y) }
      } else {
        writeWide(cell, x: column, y: y, in: visible)
      }
      column += columns
    }
    return column - start
  }

  private mutating func writeWide(_ cell: Cell, x: Int, y: Int, in visible: Rect) {
    let isLeftSeen = visible.columns.contains(x)
    let isRightSeen = visible.columns.contains(x + 1)
    let blank = Cell(scalar: " ", role: cell.role, flags: cell.flags)
    if isLeftSeen { place(blank, x, y) }
    if isRightSeen { place(blank, x + 1, y) }
    guard isLeftSeen, isRightSeen else { return }
    let index = y * width + x
    cells[index].scalar = cell.scalar
    cells[index].width = 2
    cells[index + 1].width = 0
  }

  /// Fills `area` with a scalar of one column; blanks it, so that an overlay can be drawn over what is there.
  public mutating func fill(
    _ area: Rect,
    with scalar: Unicode.Scalar = " ",
    role: Role = .text,
    flags: CellFlags = [],
  ) {
    let visible = area.intersection(bounds)
    let cell = Cell(scalar: scalar, role: role, flags: flags)
    for y in visible.rows {
      for x in visible.columns { place(cell, x, y) }
    }
  }

  /// Gives the cells of `area` another role and adds flags, leaving their characters.
  ///
  /// - Parameters:
  ///   - area: The cells to change.
  ///   - role: The new role, or nil to keep each cell's own.
  ///   - flags: Added to those the cells have.
  public mutating func restyle(_ area: Rect, role: Role? = nil, adding flags: CellFlags = []) {
    let visible = area.intersection(bounds)
    for y in visible.rows {
      for index in (y * width + visible.x)..<(y * width + visible.right) {
        if let role { cells[index].role = role }
        cells[index].flags.formUnion(flags)
      }
    }
  }
}

extension Canvas {
  /// The rows as text, each `width` columns wide.
  public var text: [String] {
    rows { row in
      String(String.UnicodeScalarView(row.lazy.filter { $0.width != 0 }.map(\.scalar)))
    }
  }

  /// The rows as one ``Role/code`` for each cell.
  public var roles: [String] { rows { String($0.map(\.role.code)) } }

  private func rows(_ describe: (ArraySlice<Cell>) -> String) -> [String] {
    (0..<height).map { describe(cells[($0 * width)..<(($0 + 1) * width)]) }
  }
}
