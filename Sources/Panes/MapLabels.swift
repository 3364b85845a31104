import Dashboard
import Model
import Terminal

extension Picture {
  /// Names the cursor's generator and, where there is room, the abnormal ones: the worst first, and
  /// none over another or over a generator.
  func drawLabels(of signs: [MapSign], in area: Rect, on canvas: inout Canvas) {
    var taken = TakenCells(area)
    for sign in signs { taken.take(sign.column, sign.row, columns: 1) }
    let most = state.width >= 120 ? area.height / 2 : 0
    let abnormal = signs.filter { $0.severity.isAbnormal && !$0.isSelected }
      .sorted { ($0.severity, $0.generator) < ($1.severity, $1.generator) }
    for sign in signs.filter(\.isSelected) + abnormal.prefix(most) {
      let text = label(of: sign)
      guard let place = taken.place(for: text, beside: sign) else { continue }
      taken.take(place.column - 1, place.row, columns: TextWidth.of(text) + 2)
      draw(text, of: sign, x: area.x + place.column, y: area.y + place.row, in: area, on: &canvas)
    }
  }

  /// The priority of an alarm, which has no room in its cell, the id, and how many others are as bad.
  private func label(of sign: MapSign) -> String {
    let id = state.fleet.ids[Int(sign.generator)]
    let shown = TextWidth.truncate(id, to: 16, ellipsis: glyphs.ellipsis)
    return sign.count > 1 ? "\(shown) +\(sign.count - 1)" : shown
  }

  private func draw(
    _ text: String,
    of sign: MapSign,
    x: Int,
    y: Int,
    in area: Rect,
    on canvas: inout Canvas
  ) {
    let isFocused = state.focus == .map && state.overlay == nil
    let role: Role = sign.isSelected && isFocused ? .selection : .text
    canvas.write(" \(text) ", x: x - 1, y: y, in: area)
    canvas.write(text, x: x, y: y, in: area, role: role, flags: sign.isSelected ? .bold : [])
  }
}

/// Which cells of a map hold a sign or a name already.
private struct TakenCells {
  let area: Rect
  private var cells: [Bool]

  init(_ area: Rect) {
    self.area = area
    cells = Array(repeating: false, count: area.width * area.height)
  }

  mutating func take(_ column: Int, _ row: Int, columns: Int) {
    guard row >= 0, row < area.height else { return }
    for place in column..<(column + columns) where place >= 0 && place < area.width {
      cells[row * area.width + place] = true
    }
  }

  private func isFree(_ column: Int, _ row: Int, columns: Int) -> Bool {
    guard row >= 0, row < area.height, column >= 0, column + columns <= area.width else {
      return false
    }
    return !cells[(row * area.width + column)..<(row * area.width + column + columns)].contains(true)
  }

  /// Where a name fits: at the right of its sign, at the left, below or above.
  func place(for text: String, beside sign: MapSign) -> (column: Int, row: Int)? {
    let width = TextWidth.of(text)
    let middle = sign.column - width / 2
    let places = [
      (sign.column + 2, sign.row), (sign.column - 1 - width, sign.row), (middle, sign.row + 1),
      (middle, sign.row - 1),
    ]
    return places.first { isFree($0.0, $0.1, columns: width) }
  }
}
