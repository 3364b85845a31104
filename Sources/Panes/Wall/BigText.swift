import Terminal

/// A text to be read across a room: every point of ``BigFont`` is this many half rows high.
///
/// At scale 1 a point is a column by half a row, at scale 2 two columns by a row. Half rows take
/// characters that ASCII does not have: without them odd scales are those below, and scale 0 is a
/// plain text.
struct BigText {
  let text: String
  let scale: Int

  /// The largest scale up to `most` at which `text` fits `area`.
  init(_ text: String, in area: Rect, most: Int, glyphs: Glyphs) {
    self.text = text
    let points = BigFont.width(of: text)
    let fitting = glyphs.bigScales(upTo: BigFont.has(text) ? most : 0).first {
      points * $0 <= area.width && Self.height($0) <= area.height
    }
    scale = fitting ?? 0
  }

  /// Rows that a text takes at a scale.
  static func height(_ scale: Int) -> Int { (scale * BigFont.height + 1) / 2 }

  var width: Int { scale == 0 ? TextWidth.of(text) : BigFont.width(of: text) * scale }
  var height: Int { scale == 0 ? 1 : Self.height(scale) }
}

extension Glyphs {
  /// The upper and the lower half of a cell; what ASCII has instead is not used.
  fileprivate static let upperHalf: Unicode.Scalar = "▀"
  fileprivate static let lowerHalf: Unicode.Scalar = "▄"

  /// The full cell: the last of ``eighths``.
  fileprivate var fullCell: Unicode.Scalar { eighths.last ?? "#" }

  /// The scales at which large texts can be drawn, the largest first; odd ones need blocks and their halves.
  func bigScales(upTo most: Int) -> [Int] {
    (0...max(0, most)).reversed().filter { $0 > 0 && (fullCell == "█" || $0 % 2 == 0) }
  }
}

extension Canvas {
  /// Draws `text` in the left upper corner of `area`, clipped to it; what `isFaint` is made of dots.
  mutating func draw(_ text: BigText, in area: Rect, role: Role, isFaint: Bool = false) {
    guard text.scale > 0 else {
      return _ = write(text.text, in: area, role: role, flags: .bold)
    }
    var left = area.x
    for character in text.text {
      let rows = BigFont.rows(of: character).map { $0.map { $0 == "#" } }
      let width = rows.first?.count ?? 0
      for row in 0..<text.height {
        let (upper, lower) = (2 * row / text.scale, (2 * row + 1) / text.scale)
        for column in 0..<width * text.scale {
          let isUpper = Self.hasPoint(rows, column / text.scale, upper)
          let isLower = Self.hasPoint(rows, column / text.scale, lower)
          guard isUpper || isLower else { continue }
          let half = isUpper ? Glyphs.upperHalf : Glyphs.lowerHalf
          let full = isFaint ? glyphs.gaugeEmpty : glyphs.fullCell
          let scalar = isUpper && isLower || isFaint ? full : half
          put(scalar, x: left + column, y: area.y + row, in: area, role: role)
        }
      }
      left += (width + 1) * text.scale
    }
  }

  private static func hasPoint(_ rows: [[Bool]], _ column: Int, _ row: Int) -> Bool {
    rows.indices.contains(row) && rows[row].indices.contains(column) && rows[row][column]
  }
}
