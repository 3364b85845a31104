import Maps
import Model
import Terminal

/// The map: kept while it is on the screen, and moved by keys.
extension DashboardState {
  // MARK: - Who is where

  /// Brings the map up to date; nothing is done while nobody sees it.
  mutating func prepareMap() {
    let area = layout.mapArea
    guard map.resize(columns: area.width, rows: area.height) else { return }
    if map.needsFit { return fitMap() }
    guard map.isOutdated(generators: fleet.count) else { return }
    map.findPlaces(timeline.fleet, list.order)
    if map.isFitOutgrown(visible: order.visible.count) { fitMap() }
  }

  /// Finds the places of generators that changed.
  mutating func updateMap(_ changed: [GeneratorIndex]) {
    guard !map.isOutdated(generators: fleet.count) else { return }
    map.put(changed, of: timeline.fleet, list.order)
    if map.isFitOutgrown(visible: order.visible.count) { map.needsFit = true }
  }

  /// Shows all that are in sight; `abnormal only` changes with time and is passed over.
  private mutating func fitMap() {
    map.fit(to: boundsInSight)
    map.findPlaces(timeline.fleet, list.order)
    map.noteFit()
  }

  private var boundsInSight: MapBounds? {
    var points: [MapPoint] = []
    for place in fleet.generators.indices where isInSight(GeneratorIndex(place)) {
      if let point = fleet.generators.span[place].mapPoint { points.append(point) }
    }
    return MapBounds(points)
  }

  // MARK: - Keys

  /// Moves the cursor or the map.
  mutating func moveOnMap(_ motion: Motion) {
    prepareMap()
    switch motion {
    case .left: goOnMap(-1, 0)
    case .right: goOnMap(1, 0)
    case .up: goOnMap(0, -1)
    case .down: goOnMap(0, 1)
    case .halfPageDown: map.moveWindow { $0.pan(east: 0.4, north: 0) }
    case .halfPageUp: map.moveWindow { $0.pan(east: -0.4, north: 0) }
    case .pageDown: map.moveWindow { $0.pan(east: 0, north: -0.4) }
    case .pageUp: map.moveWindow { $0.pan(east: 0, north: 0.4) }
    case .first: map.needsFit = true
    case .last: lookClosely()
    }
  }

  mutating func zoomMap(by factor: Double) {
    let seen = selection.flatMap { map.cell(of: $0) != nil ? mapPoint(of: $0) : nil }
    map.moveWindow { $0.zoom(by: factor, around: seen) }
  }

  /// So near that what lies around the cursor can be told apart.
  private mutating func lookClosely() {
    guard let selection, let point = mapPoint(of: selection) else {
      return say("the cursor's generator has no position")
    }
    map.moveWindow { $0.show(closely: point) }
  }

  func mapPoint(of generator: GeneratorIndex) -> MapPoint? {
    fleet.has(generator) ? fleet.generators[Int(generator)].mapPoint : nil
  }

  /// Brings the generator under the cursor into sight after a key that moved it.
  mutating func bringIntoMap(from before: GeneratorIndex?) {
    guard selection != before, !layout.mapArea.isEmpty, !map.needsFit, !map.window.isEmpty,
      let point = selection.flatMap({ mapPoint(of: $0) }), map.window.cell(of: point) == nil
    else { return }
    map.moveWindow { $0.show(point) }
  }

  // MARK: - The cursor: from generator to generator

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
    goOnMap(to: all.next(step, after: selection))
  }

  private mutating func goOnMap(to generator: GeneratorIndex) {
    if guest != generator { dismissGuest() }
    list.putCursor(firmlyOn: generator, rows: fleetRows)
  }
}
