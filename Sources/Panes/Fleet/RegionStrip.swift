import Dashboard
import Model
import Terminal

extension Picture {
  /// One line of regions with their keys, counts and worst marks; those shown are in reverse.
  func drawStrip(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let row = state.layout.style == .boxed ? area.inset(columns: 1, rows: 0).row(0) : area.row(0)
    let all = state.fleet.regionsByName()
    var x = row.x
    x += draw(region: nil, number: 0, x: x, in: row, on: &canvas)
    for (place, region) in all.enumerated() {
      let rest = all.count - place
      let more = "+\(rest)"
      let isLast = rest == 1
      let piece = piece(region: region, number: place + 1)
      guard x + 3 + piece.width <= row.right - (isLast ? 0 : more.count + 3) else {
        let columns = canvas.write(more, x: x + 2, y: row.y, in: row, role: .label)
        let place = Rect(x: x + 2, y: row.y, width: columns, height: 1)
        spots.add(place, .key(.character("r")))
        return
      }
      canvas.put(glyphs.separator, x: x + 1, y: row.y, in: row, role: .frame)
      x += 3 + draw(region: region, number: place + 1, x: x + 3, in: row, on: &canvas)
    }
  }

  private func draw(
    region: RegionIndex?,
    number: Int,
    x: Int,
    in row: Rect,
    on canvas: inout Canvas
  ) -> Int {
    let piece = piece(region: region, number: number)
    let place = Rect(x: x, y: row.y, width: min(piece.width, row.right - x), height: 1)
    canvas.draw([piece.piece], in: place, glyphs: glyphs)
    spots.add(place, .region(region))
    if isChosen(region) {
      // The mark keeps its colour.
      let words = place.split(left: piece.width - piece.markWidth).left
      canvas.restyle(words, role: .selection)
    }
    return piece.width
  }

  /// Whether a region is among those that are shown by name; nil stands for all of them.
  func isChosen(_ region: RegionIndex?) -> Bool {
    guard let region else { return state.regions.isEmpty }
    let name = state.fleet.regions[Int(region)].lowercased()
    return state.regions.contains { $0.lowercased() == name }
  }

  private func piece(
    region: RegionIndex?,
    number: Int
  ) -> (piece: Piece, width: Int, markWidth: Int) {
    let counts = region.map { state.fleet.regionCounts[Int($0)] } ?? state.fleet.counts
    let name = region.map { state.fleet.regions[Int($0)] } ?? "All"
    let shown = TextWidth.truncate(name, to: 14, ellipsis: glyphs.ellipsis)
    let key = number < 10 ? "\(number) " : ""
    var piece = Piece(key, .key).adding(shown).adding(" \(counts.total)", .label)
    var markWidth = 0
    if counts.worst <= .stale {
      let role: Role = counts.worst == .stale ? .text : counts.worst.role
      piece = piece.adding(" ").adding(counts.worst.mark, role)
      markWidth = counts.worst.mark.count + 1
    }
    return (piece, piece.width, markWidth)
  }
}
