/// What part of the world a map of some columns and rows shows.
///
/// A cell is two dots wide and four high, as in a braille pattern; dots are about square.
public struct MapWindow: Equatable, Sendable {
  public private(set) var centre: MapPoint
  /// Degrees of the equator to a dot: finite and above 0.
  public private(set) var scale: Double
  public private(set) var columns: Int
  public private(set) var rows: Int

  /// Some 50 m to a dot: apart from each other, yet all of one town.
  static let finest = 0.000_5
  /// A fleet in one place is shown in what lies around it: this many degrees across.
  static let leastSpan = 8.0

  public init(columns: Int = 0, rows: Int = 0) {
    centre = MapPoint(x: 0, y: 20)
    scale = 1
    self.columns = max(0, columns)
    self.rows = max(0, rows)
    zoom(by: 1000)
  }

  public var isEmpty: Bool { columns == 0 || rows == 0 }
  public var dotColumns: Int { 2 * columns }
  public var dotRows: Int { 4 * rows }

  /// The window of this many columns and rows that shows `bounds` with something around.
  public init(fitting bounds: MapBounds, columns: Int, rows: Int) {
    self.init(columns: columns, rows: rows)
    centre = bounds.centre
    let (width, height) = (max(1, Double(dotColumns)), max(1, Double(dotRows)))
    // A mark at the edge needs room for its name, at most a third of the map.
    let fit = max(bounds.width / (width * 0.84), (bounds.north - bounds.south) / (height * 0.86))
    scale = max(fit, Self.leastSpan / min(width, height))
    hold()
  }

  /// The same part of the world on another number of columns and rows.
  public func resized(columns: Int, rows: Int) -> MapWindow {
    var window = self
    window.columns = max(0, columns)
    window.rows = max(0, rows)
    window.hold()
    return window
  }

  /// Shows `factor` times as many degrees; `point` stays where it is.
  public mutating func zoom(by factor: Double, around point: MapPoint? = nil) {
    guard factor.isFinite, factor > 0 else { return }
    let before = scale
    scale *= factor
    hold()
    if let point {
      let share = 1 - scale / before
      centre.x = MapPoint.wrapped(centre.x + centre.east(to: point) * share)
      centre.y += (point.y - centre.y) * share
      hold()
    }
  }

  /// Moves by shares of its own width and height, east and north.
  public mutating func pan(east: Double, north: Double) {
    centre.x = MapPoint.wrapped(centre.x + east * Double(dotColumns) * scale)
    centre.y += north * Double(dotRows) * scale
    hold()
  }

  /// Moves no further than needed so that `point` is seen, away from the edge.
  public mutating func show(_ point: MapPoint) {
    let halfWidth = Double(dotColumns) * scale * 0.42
    let halfHeight = Double(dotRows) * scale * 0.42
    let east = centre.east(to: point)
    let north = point.y - centre.y
    centre.x = MapPoint.wrapped(centre.x + east - min(max(east, -halfWidth), halfWidth))
    centre.y += north - min(max(north, -halfHeight), halfHeight)
    hold()
  }

  /// The column and row of the cell in which `point` lies; nil if it is not seen.
  public func cell(of point: MapPoint) -> (column: Int, row: Int)? {
    let x = centre.east(to: point) / scale / 2 + Double(columns) / 2
    let y = (centre.y - point.y) / scale / 4 + Double(rows) / 2
    guard x >= 0, x < Double(columns), y >= 0, y < Double(rows) else { return nil }
    return (Int(x), Int(y))
  }

  /// Shows what lies around `point`.
  public mutating func show(closely point: MapPoint) {
    centre = point
    scale = Self.leastSpan / 16 / Double(max(1, min(dotColumns, dotRows)))
    hold()
  }

  /// Keeps the scale within what is drawn, and the centre on the map.
  private mutating func hold() {
    // All of the world at most, whichever side of it has less room.
    let all = max(360 / max(1, Double(dotColumns)), 260 / max(1, Double(dotRows)))
    scale = min(max(scale, Self.finest), all)
    centre.y = min(max(centre.y, -170), 170)
  }
}
