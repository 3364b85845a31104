extension Canvas {
  /// Writes `text` in `width` columns; when it is longer, an ellipsis ends it.
  ///
  /// - Returns: The columns written, at most `width`.
  @discardableResult
  public mutating func writeTruncated(
    _ text: String,
    x: Int,
    y: Int,
    width: Int,
    in area: Rect? = nil,
    glyphs: Glyphs = .unicode,
    role: Role = .text,
    flags: CellFlags = [],
  ) -> Int {
    let shown = TextWidth.truncate(text, to: width, ellipsis: glyphs.ellipsis)
    return write(shown, x: x, y: y, in: area, role: role, flags: flags)
  }

  /// Writes `text` so that it ends before column `right`; its left part is clipped by `area`.
  ///
  /// - Returns: The columns the text takes.
  @discardableResult
  public mutating func writeRight(
    _ text: String,
    right: Int,
    y: Int,
    in area: Rect? = nil,
    role: Role = .text,
    flags: CellFlags = [],
  ) -> Int {
    let columns = TextWidth.of(text)
    return write(
      text,
      x: Rect.clamp(right) - columns,
      y: y,
      in: area,
      role: role,
      flags: flags
    )
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
    glyphs: Glyphs = .unicode,
    role: Role? = nil,
  ) {
    guard area.width >= 2, area.height >= 2 else { return }
    let frame = role ?? (isFocused ? .frameFocused : .frame)
    let right = area.right - 1
    let bottom = area.bottom - 1
    let middle = area.inset()
    for y in [area.y, bottom] {
      fill(
        Rect(x: middle.x, y: y, width: middle.width, height: 1),
        with: glyphs.horizontal,
        role: frame
      )
    }
    for x in [area.x, right] {
      fill(
        Rect(x: x, y: middle.y, width: 1, height: middle.height),
        with: glyphs.vertical,
        role: frame
      )
    }
    put(glyphs.topLeft, x: area.x, y: area.y, role: frame)
    put(glyphs.topRight, x: right, y: area.y, role: frame)
    put(glyphs.bottomLeft, x: area.x, y: bottom, role: frame)
    put(glyphs.bottomRight, x: right, y: bottom, role: frame)
    caption(area.row(0), title: title, note: note, isFocused: isFocused, glyphs: glyphs)
  }

  /// Draws a line across the first row of `area`, with a title at its left and a note at its right.
  public mutating func rule(
    _ area: Rect,
    title: String = "",
    note: String = "",
    isFocused: Bool = false,
    glyphs: Glyphs = .unicode,
  ) {
    let line = area.row(0)
    fill(line, with: glyphs.horizontal, role: isFocused ? .frameFocused : .frame)
    caption(line, title: title, note: note, isFocused: isFocused, glyphs: glyphs)
  }

  /// Title and note in a line of a frame: two columns of line before, after, and between them.
  private mutating func caption(
    _ line: Rect,
    title: String,
    note: String,
    isFocused: Bool,
    glyphs: Glyphs,
  ) {
    let inner = line.inset(columns: 2, rows: 0)
    let shown = TextWidth.truncate(title, to: inner.width - 2, ellipsis: glyphs.ellipsis)
    var used = 0
    if !shown.isEmpty {
      used = write(
        " \(shown) ",
        x: inner.x,
        y: line.y,
        in: inner,
        role: isFocused ? .titleFocused : .title
      )
    }
    let columns = TextWidth.of(note) + 2
    guard !note.isEmpty, used + columns < inner.width else { return }
    writeRight(" \(note) ", right: inner.right, y: line.y, in: inner, role: .label)
  }

  /// Draws a scroll bar in the first column of `area` for rows `shown` of `count`.
  ///
  /// Nothing is drawn when all rows are shown.
  public mutating func scrollBar(
    _ area: Rect,
    shown: Range<Int>,
    count: Int,
    glyphs: Glyphs = .unicode,
    role: Role = .frame,
  ) {
    guard count > shown.count, count > 0, area.height > 0 else { return }
    let scale = Double(area.height) / Double(count)
    let length = min(max(1, Int(Double(shown.count) * scale)), area.height)
    let start = min(max(0, Int(Double(shown.lowerBound) * scale)), area.height - length)
    for row in 0..<area.height {
      let isThumb = (start..<(start + length)).contains(row)
      put(
        isThumb ? glyphs.scrollThumb : glyphs.scrollTrack,
        x: area.x,
        y: area.y + row,
        in: area,
        role: role,
      )
    }
  }
}
