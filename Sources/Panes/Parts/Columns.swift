import Terminal

/// The text of a cell, and how it looks.
typealias CellText = (text: String, role: Role)

/// How a column of a table stands among the others.
struct ColumnRow {
  var heading = ""
  /// Columns it takes, the gap before it included.
  var width: Int
  /// What is left out first where there is no room: the highest.
  var rank: Int
  var isNumber = false
}

protocol TableColumn {
  var row: ColumnRow { get }
  /// Whether it stands at the left, where there is no gap before a column.
  var isFirst: Bool { get }
}

/// Where a column of a table is.
struct ColumnPlace<Column> {
  var column: Column
  var x: Int
  /// Columns it may be drawn in, without the gap before it.
  var width: Int
  /// Whether its cells hold numbers, which stand at the right.
  var isNumber: Bool

  /// Its cell in a line of the table.
  func cell(in line: Rect) -> Rect {
    Rect(x: x, y: line.y, width: width, height: 1).intersection(line)
  }
}

extension Array where Element: TableColumn {
  /// Where those of the columns are that have room in `row`: the others are left out.
  ///
  /// - Parameters:
  ///   - row: The columns there are.
  ///   - width: How many columns one takes, with the gap before it.
  ///   - growth: How many more one takes of those that are spare.
  /// - Returns: Their places, from left to right.
  func placed(
    in row: Rect,
    width: (Element) -> Int,
    growth: (_ column: Element, _ width: Int, _ spare: Int) -> Int
  ) -> [ColumnPlace<Element>] {
    var chosen = self
    var spare = row.width - chosen.reduce(0) { $0 + width($1) }
    while spare < 0, chosen.count > 1,
      let worst = chosen.indices.max(by: { chosen[$0].row.rank < chosen[$1].row.rank })
    {
      spare += width(chosen.remove(at: worst))
    }
    spare = Swift.max(0, spare)
    var x = row.x
    return chosen.map { column in
      var columns = width(column)
      let more = Swift.max(0, growth(column, columns, spare))
      columns += more
      spare -= more
      let gap = column.isFirst ? 0 : 2
      defer { x += columns }
      let (width, row) = (Swift.max(0, columns - gap), column.row)
      return ColumnPlace(column: column, x: x + gap, width: width, isNumber: row.isNumber)
    }
  }
}
