import Dashboard
import Terminal

/// Words of a line that stay together; their parts may have different roles.
struct Piece {
  struct Run {
    var text: String
    var role: Role
    var flags: CellFlags
  }

  private(set) var runs: [Run]
  /// What is left out first where there is no room: the highest.
  var rank: Int
  /// What a click on it means; nil for what is only to be read.
  private(set) var target: PointerTarget?

  init(_ text: String, _ role: Role = .text, flags: CellFlags = [], rank: Int = 0) {
    runs = [Run(text: text, role: role, flags: flags)]
    self.rank = rank
  }

  /// The piece with more text after it.
  func adding(_ text: String, _ role: Role = .text, flags: CellFlags = []) -> Piece {
    var piece = self
    piece.runs.append(Run(text: text, role: role, flags: flags))
    return piece
  }

  /// The piece as one that can be clicked.
  func meaning(_ target: PointerTarget?) -> Piece {
    var piece = self
    piece.target = target
    return piece
  }

  /// All of its words.
  var text: String { runs.map(\.text).joined() }

  /// Columns it takes.
  var width: Int { runs.reduce(0) { $0 + TextWidth.of($1.text) } }
}

extension Canvas {
  /// Draws `left` from the left edge of `row` and `right` up to its right edge, `gap` columns
  /// between two pieces.
  ///
  /// Pieces that have no room are left out, those of the highest rank first; the last one that
  /// remains is cut.
  ///
  /// - Returns: Where those stand that can be clicked.
  @discardableResult
  mutating func draw(
    _ left: [Piece],
    _ right: [Piece] = [],
    in row: Rect,
    gap: Int = 2,
    glyphs: Glyphs
  ) -> [Spot] {
    var left = left
    var right = right
    while left.count + right.count > 1, Self.width(left + right, gap: gap) > row.width {
      let worst = (left + right).map(\.rank).max() ?? 0
      if let place = left.lastIndex(where: { $0.rank == worst }) {
        left.remove(at: place)
      } else if let place = right.firstIndex(where: { $0.rank == worst }) {
        right.remove(at: place)
      }
    }
    let start = row.right - Self.width(right, gap: gap)
    return draw(left, x: row.x, in: row, gap: gap, glyphs)
      + draw(right, x: start, in: row, gap: gap, glyphs)
  }

  private static func width(_ pieces: [Piece], gap: Int) -> Int {
    pieces.reduce(0) { $0 + $1.width } + max(0, pieces.count - 1) * gap
  }

  private mutating func draw(
    _ pieces: [Piece],
    x: Int,
    in row: Rect,
    gap: Int,
    _ glyphs: Glyphs
  ) -> [Spot] {
    var x = max(x, row.x)
    var spots: [Spot] = []
    for piece in pieces {
      let start = x
      for run in piece.runs {
        x += writeTruncated(
          run.text,
          x: x,
          y: row.y,
          width: row.right - x,
          in: row,
          glyphs: glyphs,
          role: run.role,
          flags: run.flags
        )
      }
      if let target = piece.target {
        spots.append(Spot(Rect(x: start, y: row.y, width: x - start, height: 1), target))
      }
      x += gap
    }
    return spots
  }
}
