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

extension Picture {
  /// Draws `left` from the left edge of `row` and `right` up to its right edge, `gap` columns
  /// between two pieces.
  ///
  /// Pieces that have no room are left out, those of the highest rank first; the last one that
  /// remains is cut.
  mutating func draw(_ left: [Piece], _ right: [Piece] = [], in row: Rect, gap: Int = 2) {
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
    draw(left, from: row.x, in: row, gap: gap)
    draw(right, from: row.right - Self.width(right, gap: gap), in: row, gap: gap)
  }

  private static func width(_ pieces: [Piece], gap: Int) -> Int {
    pieces.reduce(0) { $0 + $1.width } + max(0, pieces.count - 1) * gap
  }

  private mutating func draw(_ pieces: [Piece], from x: Int, in row: Rect, gap: Int) {
    var rest = row.split(left: x - row.x).rest
    for piece in pieces {
      let start = rest
      for run in piece.runs {
        let columns = canvas.writeTruncated(run.text, in: rest, role: run.role, flags: run.flags)
        rest = rest.split(left: columns).rest
      }
      if let target = piece.target { spots.add(start.split(left: rest.x - start.x).left, target) }
      rest = rest.split(left: gap).rest
    }
  }
}
