import Dashboard
import Model
import Terminal

extension Picture {
  /// Names the cursor's generator and, where there is room, the abnormal ones.
  ///
  /// The worst first, and none over another or over a generator; on a small screen others are
  /// counted and not named.
  mutating func drawLabels(of signs: [MapSign], in area: Rect, _ taken: TakenCells) {
    var taken = taken
    let abnormal = signs.filter { $0.severity.isAbnormal && !$0.isSelected }
      .sorted { ($0.severity, $0.generator) < ($1.severity, $1.generator) }
    for sign in signs.filter(\.isSelected) + abnormal.prefix(max(4, area.height / 2)) {
      let text = label(of: sign)
      guard !text.isEmpty, let place = taken.place(for: text, beside: sign) else { continue }
      taken.take(place.column - 1, place.row, columns: TextWidth.of(text) + 2)
      draw(text, of: sign, x: area.x + place.column, y: area.y + place.row, in: area)
    }
  }

  /// The id, and how many others in the cell are as bad.
  private func label(of sign: MapSign) -> String {
    let others = sign.count > 1 && sign.severity.isAbnormal ? "+\(sign.count - 1)" : ""
    guard sign.isSelected || state.width >= 120 else { return others }
    let id = state.fleet.ids[Int(sign.generator)]
    let shown = glyphs.cut(id, to: 16)
    return others.isEmpty ? shown : "\(shown) \(others)"
  }

  private mutating func draw(_ text: String, of sign: MapSign, x: Int, y: Int, in area: Rect) {
    // Without a piece of the coast touching it.
    canvas.write(" ", x: x - 1, y: y, in: area)
    canvas.write(" ", x: x + TextWidth.of(text), y: y, in: area)
    let role: Role = sign.isSelected && hasKeys(.map) ? .selection : .text
    canvas.write(text, x: x, y: y, in: area, role: role, flags: sign.isSelected ? .bold : [])
  }
}

/// Which cells of a map hold a sign or a name already.
struct TakenCells {
  private let columns: Int
  private let rows: Int
  private var cells: [Bool]

  init(_ area: Rect) {
    columns = area.width
    rows = area.height
    cells = Array(repeating: false, count: columns * rows)
  }

  /// Takes `columns` cells from `column` on, those of them that there are.
  mutating func take(_ column: Int, _ row: Int, columns width: Int) {
    guard row >= 0, row < rows else { return }
    for place in column..<(column + width) where place >= 0 && place < columns {
      cells[row * columns + place] = true
    }
  }

  /// Whether this many cells from `column` on are there and hold nothing.
  func isFree(_ column: Int, _ row: Int, columns width: Int) -> Bool {
    guard row >= 0, row < rows, column >= 0, column + width <= columns else { return false }
    return !cells[(row * columns + column)..<(row * columns + column + width)].contains(true)
  }

  /// Where a name fits: at the right of its sign, at the left, below or above.
  func place(for text: String, beside sign: MapSign) -> (column: Int, row: Int)? {
    let width = TextWidth.of(text)
    let middle = sign.column - width / 2
    let right = sign.column + max(1, sign.severity.mark.count) + 1
    let places = [
      (right, sign.row), (sign.column - 1 - width, sign.row), (middle, sign.row + 1),
      (middle, sign.row - 1),
    ]
    return places.first { column, row in
      guard column >= 0, column + width <= columns else { return false }
      let start = max(0, column - 1)
      return isFree(start, row, columns: min(columns, column + width + 1) - start)
    }
  }
}
