public import Maps
public import Model

/// The fleet on the map: which part of the world is seen, and who is where in it.
public struct FleetMap: Sendable {
  /// What is seen of the world; empty as long as the map has no place on the screen.
  public internal(set) var window = MapWindow()
  /// Whether the window holds the whole fleet, until the operator moves it.
  public internal(set) var isFitted = true

  var chart = MapChart()
  /// Whether the window shall be fitted to the fleet before the next frame.
  var needsFit = true
  /// Whether everyone's place shall be found again before the next frame.
  var isOld = true
  /// How many lay outside of the window when it was fitted: beyond what a map can show.
  var outsideAtFit = 0
  /// Whether nobody in sight had a position then.
  var hadNobody = true

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
    return chart.worst(in: chart.cell(column, row)).map {
      Cell(severity: $0.severity, count: $0.count, generator: $0.generator)
    }
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
    return (
      chart.count(in: chart.outside),
      abnormal.reduce(0) { $0 + chart.count(in: chart.outside, $1) }
    )
  }

  /// How many have no position.
  public var unplaced: Int { chart.count(in: chart.unplaced) }
}

extension Generator {
  /// Where it is by its newest values; nil if they do not say.
  var mapPoint: MapPoint? {
    let reading = reading
    guard let latitude = reading.latitude ?? enriched.latitude,
      let longitude = reading.longitude ?? enriched.longitude
    else { return nil }
    return MapPoint(latitude: latitude, longitude: longitude)
  }
}
