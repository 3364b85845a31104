import Maps
import Model

/// The cursor on the map: from generator to generator.
extension DashboardState {
  /// Goes to the nearest generator in a direction, of which one number is 1 or -1; where there is
  /// none, the map moves that way.
  mutating func goOnMap(_ columns: Int, _ rows: Int) {
    let seen = selection.flatMap { map.cell(of: $0) }
    let start = seen ?? (map.window.columns / 2, map.window.rows / 2)
    var best: (cell: Int, way: Int)?
    for row in 0..<map.chart.rows {
      for column in 0..<map.chart.columns {
        // A cell is twice as high as it is wide.
        let (right, down) = (column - start.column, 2 * (row - start.row))
        let along = columns * right + rows * down
        let across = abs(columns * down + rows * right)
        guard along > 0, across <= 2 * along else { continue }
        let cell = map.chart.cell(column, row)
        let way = along + 2 * across
        if way < best?.way ?? .max, map.chart.worst(in: cell) != nil { best = (cell, way) }
      }
    }
    guard let generator = best.flatMap({ map.chart.worst(in: $0.cell)?.generator }) else {
      return map.moveWindow { $0.pan(east: Double(columns) * 0.25, north: Double(-rows) * 0.25) }
    }
    goOnMap(to: generator)
  }

  /// Goes to the next or the one before of the generators in the cursor's cell, the worst first.
  mutating func goInPlace(_ step: Int) {
    prepareMap()
    guard let selection, let cell = map.chart.cell(of: selection) else {
      return say("the cursor's generator is not on the map")
    }
    let all = map.chart.generators(in: cell)
    guard all.count > 1 else { return say("there is no other generator here") }
    let place = all.firstIndex(of: selection) ?? 0
    goOnMap(to: all[(place + step + all.count) % all.count])
  }

  private mutating func goOnMap(to generator: GeneratorIndex) {
    if guest != generator { dismissGuest() }
    list.putCursor(firmlyOn: generator, rows: fleetRows)
  }
}
