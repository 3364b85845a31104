import Dashboard
import Model
import Terminal

/// A word or a figure under its caption, on the wall.
struct WallTile {
  var caption: String
  var text: String
  var role: Role
  /// Whether it may be smaller than the others, where there is no room.
  var isMinor = false
  /// Whether it is there but tells of nothing, such as a count of 0.
  var isFaint = false
}

/// Tiles side by side, as large as they fit.
struct WallTiles {
  let tiles: [(tile: WallTile, text: BigText)]
  private static let gap = 3

  /// - Parameters:
  ///   - tiles: From left to right.
  ///   - most: The largest scale.
  ///   - area: The room there is; a row of it is the captions'.
  ///   - glyphs: The characters of the terminal.
  init(_ tiles: [WallTile], most: Int, in area: Rect, glyphs: Glyphs) {
    func fitted(_ scale: Int, _ minor: Int) -> [(tile: WallTile, text: BigText)] {
      tiles.map { tile in
        let room = area.split(top: 1).rest
        let most = tile.isMinor ? minor : scale
        return (tile, BigText(tile.text, in: room, most: most, glyphs: glyphs))
      }
    }
    for scale in stride(from: most, to: 0, by: -1) {
      for minor in stride(from: scale, through: scale / 2, by: -1) {
        let all = fitted(scale, minor)
        // One that is small because its own text is long does not make the others small.
        if Self.width(of: all) <= area.width, all.contains(where: { $0.text.scale == scale }) {
          self.tiles = all
          return
        }
      }
    }
    self.tiles = fitted(0, 0)
  }

  private static func width(of tiles: [(tile: WallTile, text: BigText)]) -> Int {
    tiles.reduce(0) { $0 + Self.width($1) } + gap * max(0, tiles.count - 1)
  }

  static func width(_ tile: (tile: WallTile, text: BigText)) -> Int {
    max(tile.text.width, min(TextWidth.of(tile.tile.caption), max(26, tile.text.width)))
  }

  /// Rows they take, with their captions.
  var height: Int { 1 + (tiles.map(\.text.height).max() ?? 0) }
}

extension Picture {
  /// Draws tiles over the width of `area`, the last one at its right edge.
  mutating func draw(_ wall: WallTiles, in area: Rect) {
    let tiles = wall.tiles
    let spare = max(0, area.width - tiles.reduce(0) { $0 + WallTiles.width($1) })
    let gap = tiles.count > 1 ? spare / (tiles.count - 1) : 0
    var rest = area
    for (place, entry) in tiles.enumerated() {
      let width = WallTiles.width(entry)
      let isLast = place + 1 == tiles.count
      if isLast, tiles.count > 1 { rest = rest.split(left: rest.width - width).rest }
      let caption = isLast ? rest : rest.split(left: width + max(0, gap - 1)).left
      canvas.writeTruncated(entry.tile.caption, in: caption, role: .label)
      let text = rest.split(top: 1).rest
      canvas.draw(entry.text, in: text, role: entry.tile.role, isFaint: entry.tile.isFaint)
      rest = rest.split(left: width + gap).rest
    }
  }
}
