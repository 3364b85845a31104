public import Terminal

/// The view with the map, and what is where in its pane.
extension DashboardLayout {
  /// The map over the whole body; where there is room, a list of the fleet beside it.
  static func map(_ view: Body) -> [Place] {
    let body = view.area
    guard view.style == .boxed, body.width >= 120 else { return [Place(pane: .map, area: body)] }
    let (fleet, map) = body.split(right: min(64, body.width * 3 / 10 + 4))
    return [Place(pane: .map, area: map), Place(pane: .fleet, area: fleet)]
  }

  /// The map itself, without the frame of its pane; empty where it has no place.
  public var mapArea: Rect { mapParts.area }

  /// The line of the cursor's generator at the bottom of the map's pane; empty where it has no place.
  public var mapLine: Rect { mapParts.line }

  private var mapParts: (area: Rect, line: Rect) {
    let none = Rect(x: 0, y: 0, width: 0, height: 0)
    guard let area = area(of: .map) else { return (none, none) }
    // What a canvas does not show is not kept either.
    let most = Rect(x: 0, y: 0, width: Canvas.maximumWidth, height: Canvas.maximumHeight)
    let inside = inside(area).intersection(most)
    let parts = inside.split(bottom: inside.height >= 3 ? 1 : 0)
    return (parts.rest, style == .boxed ? parts.bottom.inset(columns: 1, rows: 0) : parts.bottom)
  }
}
