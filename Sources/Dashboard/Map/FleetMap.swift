public import Maps
public import Model

/// The fleet on the map: which part of the world is seen, and who is where in it.
public struct FleetMap: Sendable {
  /// What is seen of the world; empty as long as the map has no place on the screen.
  public private(set) var window = MapWindow()
  /// Whether the window holds the whole fleet, until the operator moves it.
  public private(set) var isFitted = true

  private(set) var chart = MapChart()
  /// Whether the window shall be fitted to the fleet before the next frame.
  var needsFit = true
  /// Whether everyone's place shall be found again before the next frame.
  var isOld = true
  /// How many lay outside of the window when it was fitted: beyond what a map can show.
  private var outsideAtFit = 0
  /// Whether nobody in sight had a position then.
  private var hadNobody = true

  /// What a cell of the map shows.
  public struct Cell: Equatable, Sendable {
    /// The worst in the cell, and how many are as bad.
    public var severity: Severity
    public var count: Int
    /// One of these.
    public var generator: GeneratorIndex
  }

  /// Who is in a cell of the window; nil for nobody.
  public subscript(column: Int, row: Int) -> Cell? {
    guard column >= 0, column < chart.columns, row >= 0, row < chart.rows else { return nil }
    return chart.worst(in: chart.cell(column, row))
  }

  /// The column and row of a generator; nil for one that is not seen.
  public func cell(of generator: GeneratorIndex) -> (column: Int, row: Int)? {
    chart.cell(of: generator).map { ($0 % max(1, chart.columns), $0 / max(1, chart.columns)) }
  }

  /// How many generators share a cell with this one, itself among them; 0 for one that is not seen.
  public func company(of generator: GeneratorIndex) -> Int {
    chart.cell(of: generator).map { chart.count(in: $0) } ?? 0
  }

  /// How many have a position that the window does not show, and how many of these are abnormal.
  public var outside: (count: Int, abnormal: Int) {
    let abnormal = Severity.allCases.filter(\.isAbnormal)
    let count = abnormal.reduce(0) { $0 + chart.count(in: chart.outside, $1) }
    return (chart.count(in: chart.outside), count)
  }

  /// How many have no position.
  public var unplaced: Int { chart.count(in: chart.unplaced) }

  // MARK: - Keeping it up to date

  /// Fits the map to its place on the screen; false, and it is old, if it has none.
  mutating func resize(columns: Int, rows: Int) -> Bool {
    guard columns > 0, rows > 0 else {
      isOld = true
      return false
    }
    if window.columns != columns || window.rows != rows {
      window = window.resized(columns: columns, rows: rows)
      isOld = true
      if isFitted { needsFit = true }
    }
    return true
  }

  /// Whether everyone's place has to be found anew.
  func isOutdated(generators: Int) -> Bool { isOld || chart.generators != generators }

  /// Whether somebody came from farther away, or as the first; that somebody goes changes nothing.
  func isFitOutgrown(visible: Int) -> Bool {
    guard isFitted else { return false }
    return outside.count > outsideAtFit || hadNobody && unplaced < visible
  }

  mutating func findPlaces(_ fleet: Fleet, _ order: FleetOrder) {
    isOld = false
    chart = MapChart(columns: window.columns, rows: window.rows, generators: fleet.count)
    // From the last to the first, since each goes before those that are there.
    for index in fleet.generators.indices.reversed() {
      put(GeneratorIndex(index), of: fleet, order)
    }
  }

  /// Puts generators where they belong now.
  mutating func put(_ generators: [GeneratorIndex], of fleet: Fleet, _ order: FleetOrder) {
    for generator in generators { put(generator, of: fleet, order) }
  }

  private mutating func put(_ generator: GeneratorIndex, of fleet: Fleet, _ order: FleetOrder) {
    let place = Int(generator)
    guard order.shows(generator) else { return chart.put(generator, in: nil, .normal) }
    let severity = fleet.generators.span[place].severity
    guard let point = fleet.generators.span[place].mapPoint else {
      return chart.put(generator, in: chart.unplaced, severity)
    }
    let cell = window.cell(of: point).map { chart.cell($0.column, $0.row) }
    chart.put(generator, in: cell ?? chart.outside, severity)
  }

  /// Lets the window hold these bounds, or the world if nobody has a position.
  mutating func fit(to bounds: MapBounds?) {
    let (columns, rows) = (window.columns, window.rows)
    window =
      bounds.map { MapWindow(fitting: $0, columns: columns, rows: rows) }
      ?? MapWindow(columns: columns, rows: rows)
    hadNobody = bounds == nil
    needsFit = false
    isFitted = true
  }

  /// Notes who lies outside of the window as it was fitted.
  mutating func noteFit() { outsideAtFit = outside.count }

  /// Moves the window as the operator wants it.
  mutating func moveWindow(_ move: (inout MapWindow) -> Void) {
    move(&window)
    isFitted = false
    isOld = true
  }
}

extension Generator {
  /// Where it is by its newest values; nil if they do not say.
  var mapPoint: MapPoint? {
    guard let latitude = reading.latitude ?? enriched.latitude,
      let longitude = reading.longitude ?? enriched.longitude
    else { return nil }
    return MapPoint(latitude: latitude, longitude: longitude)
  }
}
