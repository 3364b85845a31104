/// A level on a scale of 0 to 1, with the limit that is marked on it.
public struct Gauge: Equatable, Sendable {
  /// How full it is, clamped to 0...1; nil when not known.
  public var fraction: Double?
  /// Where the limit is on the scale; nil for none.
  public var mark: Double?
  /// The role of the filled part: one colour for each gauge.
  ///
  /// `critical` is drawn as `gaugeCritical`, since its ground would fill the rest of a column.
  public var role: Role

  public init(fraction: Double?, mark: Double? = nil, role: Role = .gaugeFill) {
    self.fraction = fraction
    self.mark = mark
    self.role = role
  }
}

extension Canvas {
  /// Draws `gauge` in the first row of `area`, to the eighth of a column, rounded down.
  ///
  /// The mark is seen through the filled part, as a line in reverse.
  public mutating func draw(_ gauge: Gauge, in area: Rect) {
    let columns = area.row(0).width
    guard columns > 0 else { return }
    let eighths = Int(clampedFraction(gauge.fraction) * Double(columns * 8) + 1e-9)
    let fill = gauge.role == .critical ? Role.gaugeCritical : gauge.role
    for column in 0..<columns {
      let filled = min(max(0, eighths - column * 8), 8)
      let scalar = filled == 0 ? glyphs.gaugeEmpty : glyphs.eighths[filled - 1]
      let role = filled == 0 ? Role.gaugeEmpty : fill
      put(scalar, x: area.x + column, y: area.y, role: role)
    }
    guard let mark = gauge.mark, mark.isFinite, (0...1).contains(mark) else { return }
    let column = min(Int(mark * Double(columns)), columns - 1)
    // A cell that is filled in part shows how full it is rather than the mark.
    switch eighths - column * 8 {
    case ...0: put(glyphs.gaugeMark, x: area.x + column, y: area.y, role: .gaugeMark)
    case 8...: put(glyphs.gaugeMark, x: area.x + column, y: area.y, role: fill, flags: .reverse)
    default: break
    }
  }

  private func clampedFraction(_ fraction: Double?) -> Double {
    guard let fraction, fraction.isFinite else { return 0 }
    return min(max(fraction, 0), 1)
  }

  /// Draws `values` as columns of a chart that fills `area`, oldest first; the newest is at the
  /// right edge, and older ones than fit are left out.
  ///
  /// One row of height is a sparkline. A nil is a gap. With braille glyphs each column holds two
  /// values, otherwise one.
  ///
  /// - Parameters:
  ///   - values: Oldest first, in equal steps of time.
  ///   - range: The values at the bottom and at the top; nil for those of `values`.
  ///   - area: Where the chart is drawn.
  ///   - role: The role of the columns.
  public mutating func chart(
    _ values: [Double?],
    range: ClosedRange<Double>? = nil,
    in area: Rect,
    role: Role = .chartFill,
  ) {
    guard !area.isEmpty, area.width <= Self.maximumWidth, area.height <= Self.maximumHeight,
      let scale = ChartScale(values, range: range)
    else { return }
    let perColumn = glyphs.valuesPerColumn
    let steps = area.height * (glyphs.usesBraille ? 4 : 8)
    let shown = values.suffix(area.width * perColumn).map { scale.height(of: $0, steps: steps) }
    let missing = area.width * perColumn - shown.count
    let heights = Array(repeating: 0, count: missing) + shown
    for column in 0..<area.width {
      for row in 0..<area.height {
        let below = area.height - 1 - row
        let scalar =
          glyphs.usesBraille
          ? Self.braille(heights[column * 2] - below * 4, heights[column * 2 + 1] - below * 4)
          : Self.bar(heights[column] - below * 8, glyphs)
        if let scalar { put(scalar, x: area.x + column, y: area.y + row, role: role) }
      }
    }
  }

  private static func bar(_ height: Int, _ glyphs: Glyphs) -> Unicode.Scalar? {
    height <= 0 ? nil : glyphs.bars[min(height, 8) - 1]
  }

  /// A braille pattern with the given number of dots, from the bottom, at its left and right.
  private static func braille(_ left: Int, _ right: Int) -> Unicode.Scalar? {
    let leftDots: [UInt32] = [0, 0x40, 0x44, 0x46, 0x47]
    let rightDots: [UInt32] = [0, 0x80, 0xA0, 0xB0, 0xB8]
    let dots = leftDots[min(max(0, left), 4)] | rightDots[min(max(0, right), 4)]
    return dots == 0 ? nil : Unicode.Scalar(0x2800 + dots)
  }
}

/// The range of a chart's values, and how high each is drawn.
private struct ChartScale {
  let lower: Double
  let span: Double

  /// Nil when there is nothing to draw.
  init?(_ values: [Double?], range: ClosedRange<Double>?) {
    let known = values.lazy.compactMap(\.self).filter(\.isFinite)
    guard let least = known.min(), let most = known.max() else { return nil }
    lower = range?.lowerBound ?? least
    span = (range?.upperBound ?? most) - lower
  }

  /// From 1, so that the lowest value is seen, to `steps`; 0 for a gap.
  func height(of value: Double?, steps: Int) -> Int {
    guard let value, value.isFinite else { return 0 }
    guard span.isFinite, span > 0 else { return 1 }
    let fraction = min(max((value - lower) / span, 0), 1)
    return 1 + Int(fraction * Double(steps - 1) + 0.5)
  }
}
