import Dashboard
import Model
import Terminal

extension Picture {
  /// One line of regions with their keys, counts and worst marks; those shown are in reverse.
  mutating func drawStrip(in area: Rect) {
    guard !area.isEmpty else { return }
    let row = margin(area).row(0)
    let all = state.regionsByName
    var x = row.x
    for (number, region) in ([nil] + all).enumerated() {
      let words = words(of: region, number: number)
      let worst = counts(of: region).worst
      let piece = worst > .stale ? words : words.adding(" ").adding(worst.mark, worst.countRole)
      if number > 0 {
        let more = "+\(all.count + 1 - number)"
        guard x + 3 + piece.width <= row.right - (number == all.count ? 0 : more.count + 3) else {
          let others = Piece(more, .label).meaning(.key(.character("r")))
          return draw([others], in: row.split(left: x + 2 - row.x).rest)
        }
        canvas.put(glyphs.separator, x: x + 1, y: row.y, in: row, role: .frame)
        x += 3
      }
      let place = row.split(left: x - row.x).rest.split(left: piece.width).left
      draw([piece.meaning(.region(region))], in: place)
      // The mark keeps its colour.
      if isChosen(region) { canvas.restyle(place.split(left: words.width).left, role: .selection) }
      x += piece.width
    }
  }

  /// Its key, its name, and how many it has.
  private func words(of region: RegionIndex?, number: Int) -> Piece {
    Piece(number < 10 ? "\(number) " : "", .key).adding(glyphs.cut(name(of: region), to: 14))
      .adding(" \(counts(of: region).total)", .label)
  }

  /// The counts of a region; nil stands for all of them.
  func counts(of region: RegionIndex?) -> ConditionCounts {
    region.map { state.fleet.regionCounts[Int($0)] } ?? state.fleet.counts
  }

  func name(of region: RegionIndex?) -> String {
    region.map { state.fleet.regions[Int($0)] } ?? "All"
  }

  /// Whether a region is among those that are shown by name; nil stands for all of them.
  func isChosen(_ region: RegionIndex?) -> Bool {
    guard let region else { return state.regions.isEmpty }
    let name = state.fleet.regions[Int(region)].lowercased()
    return state.regions.contains { $0.lowercased() == name }
  }
}
