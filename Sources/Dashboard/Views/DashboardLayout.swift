public import Terminal

/// Where everything is on a screen of a given size: the only place that knows.
public struct DashboardLayout: Equatable, Sendable {
  public enum Style: Equatable, Sendable {
    /// Panes in frames: from 100 columns and 30 rows.
    case boxed
    /// Panes under a rule, to save columns and rows: from 40 columns and 10 rows.
    case ruled
    /// The header and a bare list: whatever is smaller.
    case minimal
  }

  public struct Place: Equatable, Sendable {
    public var pane: PaneID
    /// All of the pane, with its frame or rule.
    public var area: Rect
  }

  /// What is left of the screen for the panes of a view.
  struct Body {
    let area: Rect
    let style: Style
    /// Whether there is room for a column of regions beside the fleet.
    let isWide: Bool
  }

  public let style: Style
  public let header: Rect
  /// The strip of regions, or the line that names the generator of the detail view; empty where there
  /// is a pane of regions, or no room.
  public let strip: Rect
  /// The panes that have a place, in the order of ``ViewID/panes``.
  public let places: [Place]
  /// The line of key hints at the bottom; empty on very small screens.
  public let hints: Rect

  /// The layout of `view` on a `width` by `height` screen, with one pane alone if `zoomed` names it.
  public init(width: Int, height: Int, view: ViewID = .ops, zoomed: PaneID? = nil) {
    let screen = Rect(x: 0, y: 0, width: max(0, width), height: max(0, height))
    let isBoxed = screen.width >= 100 && screen.height >= 30
    let isRuled = !isBoxed && screen.width >= 40 && screen.height >= 10
    style = isBoxed ? .boxed : isRuled ? .ruled : .minimal
    let (header, below) = screen.split(top: style == .minimal ? 1 : 2)
    let hasHints = screen.height >= 6
    let (hints, body) = below.split(bottom: hasHints ? 1 : 0)
    self.header = header
    self.hints = hints
    let isWide = isBoxed && screen.width >= 160 && screen.height >= 40
    let row = view.row
    // Where the regions have a pane they need no strip.
    let hasRegions = isWide && zoomed == nil && row.panes.contains(.regions)
    let hasStrip =
      switch row.strip {
      case .nothing: false
      case .regions: !hasRegions && style != .minimal && screen.height >= 16
      case .generator: style != .minimal
      }
    let (strip, panes) = body.split(top: hasStrip ? 1 : 0)
    self.strip = strip
    if let zoomed {
      places = [Place(pane: zoomed, area: panes)]
      return
    }
    let areas = row.places(Body(area: panes, style: style, isWide: isWide))
    places = row.panes.compactMap { pane in
      areas[pane].flatMap { $0.isEmpty ? nil : Place(pane: pane, area: $0) }
    }
  }

  /// The place of `pane`; nil if it has none at this size.
  public func area(of pane: PaneID) -> Rect? { places.first { $0.pane == pane }?.area }

  /// What is left of a pane's area inside its frame or under its rule.
  public func inside(_ area: Rect) -> Rect {
    switch style {
    case .boxed: area.inset(columns: 1, rows: 1)
    case .ruled: area.split(top: 1).rest
    case .minimal: area
    }
  }

  /// How many rows a list has in `pane`: without frame, rule and names of columns.
  public func listRows(of pane: PaneID) -> Int {
    guard let area = area(of: pane) else { return 0 }
    return max(0, inside(area).height - pane.row.heading(self, area))
  }

  /// Whether alarms are shown in an area under the names of columns.
  public func hasAlarmTable(_ area: Rect) -> Bool { style == .boxed && area.width >= 100 }

  /// The pane beside `pane` on the side `direction`: of those that overlap it across that direction the
  /// one that is nearest, and of these the one that overlaps most; nil at the edge of the screen.
  public func neighbour(of pane: PaneID, _ direction: Direction) -> PaneID? {
    guard let from = area(of: pane) else { return nil }
    let found = places.compactMap { place -> (pane: PaneID, distance: Int, overlap: Int)? in
      let to = place.area
      let columns = min(from.right, to.right) - max(from.x, to.x)
      let rows = min(from.bottom, to.bottom) - max(from.y, to.y)
      let (distance, overlap) =
        switch direction {
        case .left: (from.x - to.right, rows)
        case .right: (to.x - from.right, rows)
        case .up: (from.y - to.bottom, columns)
        case .down: (to.y - from.bottom, columns)
        }
      return distance >= 0 && overlap > 0 ? (place.pane, distance, overlap) : nil
    }
    return found.min { ($0.distance, -$0.overlap) < ($1.distance, -$1.overlap) }?.pane
  }

  public enum Direction: Sendable {
    case left, down, up, right
  }
}
