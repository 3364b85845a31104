public import Terminal

/// Where the panes of each view are.
extension DashboardLayout {
  /// The fleet above; what happened and the pipeline below.
  static func ops(_ view: Body) -> [PaneID: Rect] {
    switch view.style {
    case .boxed: boxedOps(view)
    case .ruled: ruledOps(view.area)
    case .minimal: [.fleet: view.area]
    }
  }

  private static func boxedOps(_ view: Body) -> [PaneID: Rect] {
    let isWide = view.isWide
    let (pipeline, rest) = view.area.split(bottom: 7)
    let lower = isWide ? min(max(8, rest.height / 3), 18) : min(max(7, rest.height / 3), 14)
    let (lists, upper) = rest.split(bottom: lower)
    let (regions, fleet) = upper.split(left: isWide ? 46 : 0)
    let (alarms, events) = lists.split(left: lists.width * (isWide ? 10 : 11) / 20)
    return [
      .fleet: fleet, .alarms: alarms, .events: events, .pipeline: pipeline, .regions: regions,
    ]
  }

  private static func ruledOps(_ body: Rect) -> [PaneID: Rect] {
    // The fleet and its alarms come first; what has no room is a Tab and a zoom away.
    let pipelineRows = body.height >= 13 ? 2 : 0
    let eventRows = body.height >= 26 ? 5 : body.height >= 16 ? 3 : 0
    let alarmRows = body.height >= 26 ? 7 : body.height >= 22 ? 5 : body.height >= 11 ? 4 : 0
    let (pipeline, upper) = body.split(bottom: pipelineRows)
    let (events, middle) = upper.split(bottom: eventRows)
    let (alarms, fleet) = middle.split(bottom: alarmRows)
    return [.fleet: fleet, .alarms: alarms, .events: events, .pipeline: pipeline]
  }

  /// The alarms over half of the screen; below them what happened, and the fleet they are about.
  static func alarms(_ view: Body) -> [PaneID: Rect] {
    let (body, style) = (view.area, view.style)
    let (alarms, rest) = body.split(top: style == .minimal ? body.height : (body.height + 1) / 2)
    let (events, fleet): (Rect, Rect) =
      style == .boxed
      ? rest.split(left: rest.width * 9 / 20)
      : rest.split(top: rest.height < 8 ? 0 : rest.height / 2)
    return [.alarms: alarms, .events: events, .fleet: fleet]
  }

  /// The hops above with room for their trends; below them what happened, and the fleet.
  static func pipeline(_ view: Body) -> [PaneID: Rect] {
    let body = view.area
    let rows =
      switch view.style {
      case .boxed: max(11, body.height / 2)
      case .ruled: body.height < 12 ? body.height : max(7, body.height * 2 / 3)
      case .minimal: body.height
      }
    let (pipeline, rest) = body.split(top: rows)
    let (events, fleet) = rest.split(left: rest.width * (view.style == .boxed ? 9 : 20) / 20)
    return [.pipeline: pipeline, .events: events, .fleet: fleet]
  }

  /// The regions above; below them when tanks will be empty, where there is room for it.
  static func overview(_ view: Body) -> [PaneID: Rect] {
    let (body, style) = (view.area, view.style)
    guard style == .boxed else {
      let (next, regions) = body.split(bottom: style == .ruled && body.height >= 16 ? 6 : 0)
      return [.overview: regions, .nextEmpty: next]
    }
    let (lists, regions) = body.split(bottom: min(max(10, body.height / 3), 16))
    let isWide = lists.width >= 160
    let (bins, others) = lists.split(left: lists.width * (isWide ? 5 : 9) / (isWide ? 16 : 20))
    let (next, alarms) = others.split(left: isWide ? others.width / 2 : others.width)
    return [.overview: regions, .timeToEmpty: bins, .nextEmpty: next, .alarms: alarms]
  }

  /// The fuel beside the values of now; below them what changed, the way of the last record, the messages.
  static func detail(_ view: Body) -> [PaneID: Rect] {
    switch view.style {
    case .boxed: boxedDetail(view.area)
    case .ruled: ruledDetail(view.area)
    case .minimal: [.detailNow: view.area]
    }
  }

  private static func boxedDetail(_ body: Rect) -> [PaneID: Rect] {
    let isTall = body.height >= 48
    let (record, upper) = body.split(bottom: min(max(7, body.height * 3 / 10), 13))
    let (left, right) = upper.split(left: upper.width * 11 / 20)
    // What changed is where there is room for it: on the right of a tall screen, else on the left.
    let (below, curves) = left.split(bottom: isTall ? 0 : min(max(5, left.height - 18), 8))
    let (trends, fuel) = curves.split(bottom: isTall ? 11 : 7)
    let (now, rest) = right.split(top: isTall ? 17 : right.height - min(10, right.height / 2))
    let (path, between) = rest.split(bottom: 10)
    return [
      .detailFuel: fuel, .detailNow: now, .detailTrends: trends,
      .detailPresence: isTall ? between : below, .detailRecord: record, .detailPath: path,
    ]
  }

  private static func ruledDetail(_ body: Rect) -> [PaneID: Rect] {
    // The values first, then the curve, then the trends; the others are a Tab and a zoom away.
    let nowRows = body.height < 10 ? body.height : body.width >= 76 ? 6 : 7
    let trendRows = body.height >= 18 ? 6 : 0
    let presenceRows = body.height >= 34 ? 8 : 0
    let pathRows = body.height >= 44 ? 10 : 0
    let (path, aboveIt) = body.split(bottom: pathRows)
    let (presence, rest) = aboveIt.split(bottom: presenceRows)
    let (trends, upper) = rest.split(bottom: trendRows)
    let (now, fuel) = upper.split(bottom: nowRows)
    return [
      .detailFuel: fuel, .detailNow: now, .detailTrends: trends, .detailPresence: presence,
      .detailPath: path,
    ]
  }

  /// The map over the whole body; where there is room, a list of the fleet beside it.
  static func map(_ view: Body) -> [PaneID: Rect] {
    let body = view.area
    guard view.style == .boxed, body.width >= 120 else { return [.map: body] }
    let (fleet, map) = body.split(right: min(64, body.width * 3 / 10 + 4))
    return [.map: map, .fleet: fleet]
  }

  /// The generators of which raw and enriched differ; the hops that are at fault below them.
  static func differences(_ view: Body) -> [PaneID: Rect] {
    let hopRows = view.style == .boxed ? 7 : view.style == .ruled && view.area.height >= 13 ? 2 : 0
    let (pipeline, list) = view.area.split(bottom: hopRows)
    return [.differences: list, .pipeline: pipeline]
  }

  // MARK: - Inside of panes

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
