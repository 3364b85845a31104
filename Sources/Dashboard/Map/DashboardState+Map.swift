import Maps
import Model
import Terminal

/// The map: kept while it is on the screen, and moved by keys.
extension DashboardState {
  // MARK: - Who is where

  /// Brings the map up to date; nothing is done while nobody sees it.
  mutating func prepareMap() {
    let area = layout.mapArea
    guard !area.isEmpty else {
      map.isOld = true
      return
    }
    let isResized = map.window.columns != area.width || map.window.rows != area.height
    if isResized {
      map.window = map.window.resized(columns: area.width, rows: area.height)
      map.isOld = true
      if map.isFitted { map.needsFit = true }
    }
    if map.needsFit { return fitMap() }
    guard map.isOld || map.chart.generators != fleet.count else { return }
    findPlaces()
    if isFitOutgrown { fitMap() }
  }

  /// Finds the places of generators that changed.
  mutating func updateMap(_ changed: [GeneratorIndex]) {
    guard !map.isOld, map.chart.generators == fleet.count else { return }
    for generator in changed { putOnMap(generator) }
    if isFitOutgrown { map.needsFit = true }
  }

  /// Whether somebody came from farther away, or as the first; that somebody goes changes nothing.
  private var isFitOutgrown: Bool {
    guard map.isFitted else { return false }
    let hasSomebody = map.unplaced < order.visible.count
    return map.outside.count > map.outsideAtFit || map.hadNobody && hasSomebody
  }

  private mutating func findPlaces() {
    map.isOld = false
    map.chart = MapChart(
      columns: map.window.columns,
      rows: map.window.rows,
      generators: fleet.count
    )
    // From the last to the first, since each goes before those that are there.
    for index in fleet.generators.indices.reversed() { putOnMap(GeneratorIndex(index)) }
  }

  private mutating func putOnMap(_ generator: GeneratorIndex) {
    let place = Int(generator)
    guard order.shows(generator) else { return map.chart.put(generator, in: nil, .normal) }
    let severity = fleet.generators.span[place].severity
    guard let point = fleet.generators.span[place].mapPoint else {
      return map.chart.put(generator, in: map.chart.unplaced, severity)
    }
    let cell = map.window.cell(of: point).map { map.chart.cell($0.column, $0.row) }
    map.chart.put(generator, in: cell ?? map.chart.outside, severity)
  }

  /// Shows all that are in sight; `abnormal only` changes with time and is passed over.
  private mutating func fitMap() {
    let (columns, rows) = (map.window.columns, map.window.rows)
    let bounds = boundsInSight
    map.window =
      bounds.map { MapWindow(fitting: $0, columns: columns, rows: rows) }
      ?? MapWindow(columns: columns, rows: rows)
    map.hadNobody = bounds == nil
    map.needsFit = false
    map.isFitted = true
    findPlaces()
    map.outsideAtFit = map.outside.count
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
    case .halfPageDown: panMap(east: 0.4, north: 0)
    case .halfPageUp: panMap(east: -0.4, north: 0)
    case .pageDown: panMap(east: 0, north: -0.4)
    case .pageUp: panMap(east: 0, north: 0.4)
    case .first: map.needsFit = true
    case .last: lookClosely()
    }
  }

  mutating func panMap(east: Double, north: Double) {
    map.window.pan(east: east, north: north)
    map.isFitted = false
    map.isOld = true
  }

  mutating func zoomMap(by factor: Double) {
    prepareMap()
    let seen = selection.flatMap { map.cell(of: $0) != nil ? mapPoint(of: $0) : nil }
    map.window.zoom(by: factor, around: seen)
    map.isFitted = false
    map.isOld = true
  }

  /// So near that what lies around the cursor can be told apart.
  private mutating func lookClosely() {
    guard let selection, let point = mapPoint(of: selection) else {
      return say("the cursor's generator has no position")
    }
    map.window.show(closely: point)
    map.isFitted = false
    map.isOld = true
  }

  func mapPoint(of generator: GeneratorIndex) -> MapPoint? {
    guard fleet.generators.indices.contains(Int(generator)) else { return nil }
    return fleet.generators[Int(generator)].mapPoint
  }

  /// Brings the generator under the cursor into sight after a key that moved it.
  mutating func followOnMap(_ before: GeneratorIndex?) {
    guard selection != before, !layout.mapArea.isEmpty, !map.needsFit, !map.window.isEmpty,
      let point = selection.flatMap({ mapPoint(of: $0) }), map.window.cell(of: point) == nil
    else { return }
    map.window.show(point)
    map.isFitted = false
    map.isOld = true
  }
}
