extension Canvas {
  /// Writes `text` from the left edge of the first row of `row`, clipped to it.
  ///
  /// - Returns: The columns the text takes, counting those that were cut off.
  @discardableResult
  public mutating func write(
    _ text: String,
    in row: Rect,
    role: Role = .text,
    flags: CellFlags = [],
  ) -> Int {
    write(text, x: row.x, y: row.y, in: row, role: role, flags: flags)
  }

  /// Writes `text` in `row`; when it is longer, an ellipsis ends it.
  ///
  /// - Returns: The columns written.
  @discardableResult
  public mutating func writeTruncated(
    _ text: String,
    in row: Rect,
    role: Role = .text,
    flags: CellFlags = [],
  ) -> Int {
    write(glyphs.cut(text, to: row.width), in: row, role: role, flags: flags)
  }

  /// Writes `text` so that it ends at the right edge of `row`, by which its left part is clipped.
  public mutating func writeRight(
    _ text: String,
    in row: Rect,
    role: Role = .text,
    flags: CellFlags = [],
  ) {
    write(text, x: row.right - TextWidth.of(text), y: row.y, in: row, role: role, flags: flags)
  }

  /// Writes the text of a table's cell, cut to its width: a number at its right edge.
  public mutating func write(_ text: String, in cell: Rect, isNumber: Bool, role: Role) {
    guard isNumber else { return _ = writeTruncated(text, in: cell, role: role) }
    writeRight(glyphs.cut(text, to: cell.width), in: cell, role: role)
  }

  /// Draws a frame around `area` with a title at its left and a note at its right.
  ///
  /// Where both do not fit, the note is left out; a title that is too long is cut. The inside is
  /// left as it is.
  public mutating func box(
    _ area: Rect,
    title: String = "",
    note: String = "",
    isFocused: Bool = false,
  ) {
    guard area.width >= 2, area.height >= 2 else { return }
    let role: Role = isFocused ? .frameFocused : .frame
    let (right, bottom) = (area.right - 1, area.bottom - 1)
    let seen = area.intersection(bounds)
    for x in seen.columns {
      put(glyphs.horizontal, x: x, y: area.y, role: role)
      put(glyphs.horizontal, x: x, y: bottom, role: role)
    }
    for y in seen.rows {
      put(glyphs.vertical, x: area.x, y: y, role: role)
      put(glyphs.vertical, x: right, y: y, role: role)
    }
    put(glyphs.topLeft, x: area.x, y: area.y, role: role)
    put(glyphs.topRight, x: right, y: area.y, role: role)
    put(glyphs.bottomLeft, x: area.x, y: bottom, role: role)
    put(glyphs.bottomRight, x: right, y: bottom, role: role)
    caption(area.row(0), title: title, note: note, isFocused: isFocused)
  }

  /// Draws a line across the first row of `area`, with a title at its left and a note at its right.
  public mutating func rule(
    _ area: Rect,
    title: String = "",
    note: String = "",
    isFocused: Bool = false,
  ) {
    let line = area.row(0)
    fill(line, with: glyphs.horizontal, role: isFocused ? .frameFocused : .frame)
    caption(line, title: title, note: note, isFocused: isFocused)
  }

  /// Title and note in a line of a frame: two columns of line before, after, and between them.
  private mutating func caption(_ line: Rect, title: String, note: String, isFocused: Bool) {
    let inner = line.inset(columns: 2, rows: 0)
    let shown = glyphs.cut(title, to: inner.width - 2)
    var used = 0
    if !shown.isEmpty {
      used = write(" \(shown) ", in: inner, role: isFocused ? .titleFocused : .title)
    }
    let columns = TextWidth.of(note) + 2
    guard !note.isEmpty, used + columns < inner.width else { return }
    writeRight(" \(note) ", in: inner, role: .label)
  }

  /// Draws a scroll bar in the first column of `area` for rows `shown` of `count`.
  ///
  /// Nothing is drawn when all rows are shown.
  public mutating func scrollBar(_ area: Rect, shown: Range<Int>, count: Int, role: Role = .frame) {
    guard count > shown.count, count > 0, area.height > 0 else { return }
    let scale = Double(area.height) / Double(count)
    let length = min(max(1, Int(Double(shown.count) * scale)), area.height)
    let start = min(max(0, Int(Double(shown.lowerBound) * scale)), area.height - length)
    for row in 0..<area.height {
      let isThumb = (start..<(start + length)).contains(row)
      let scalar = isThumb ? glyphs.scrollThumb : glyphs.scrollTrack
      put(scalar, x: area.x, y: area.y + row, in: area, role: role)
    }
  }
}
