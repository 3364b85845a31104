import Dashboard
import Model
import Terminal

extension Picture {
  /// The generators that the operator marked, each with its region.
  func drawMarked(in area: Rect, on canvas: inout Canvas) {
    let inside = frame(.marked, area, title: PaneID.marked.title, on: &canvas)
    let all = state.marked.sorted()
    guard !all.isEmpty else { return explain(["nothing is marked"], in: inside, on: &canvas) }
    for (row, line) in window(of: .marked, rows: inside.height, count: all.count).enumerated() {
      let place = Int(all[line])
      let region = state.fleet.regions[Int(state.fleet.generators[place].region)]
      let piece = Piece(state.fleet.ids[place], .text).adding("  \(region)", .label)
      canvas.draw([piece], in: inside.row(row), glyphs: glyphs)
      highlight(.marked, line: line, row: inside.row(row), on: &canvas)
    }
  }
}
