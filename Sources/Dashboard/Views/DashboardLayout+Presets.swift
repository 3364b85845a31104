import Terminal

/// Where the panes of each preset are.
extension DashboardLayout {
  /// The fleet above; what happened and the pipeline below.
  static func ops(_ view: Body) -> [Place] {
    let body = view.area
    return switch view.style {
    case .boxed: view.isWide ? wideOps(body) : boxedOps(body)
    case .ruled: ruledOps(body)
    case .minimal: [Place(pane: .fleet, area: body)]
    }
  }

  /// The alarms over half of the screen; below them what happened, and the fleet they are about.
  static func alarms(_ view: Body) -> [Place] {
    let (body, style) = (view.area, view.style)
    let (alarms, rest) = body.split(top: style == .minimal ? body.height : (body.height + 1) / 2)
    guard style == .boxed else {
      let (events, fleet) = rest.split(top: rest.height < 8 ? 0 : rest.height / 2)
      return [
        Place(pane: .alarms, area: alarms), Place(pane: .events, area: events),
        Place(pane: .fleet, area: fleet),
      ]
    }
    let (events, fleet) = rest.split(left: rest.width * 9 / 20)
    return [
      Place(pane: .alarms, area: alarms), Place(pane: .events, area: events),
      Place(pane: .fleet, area: fleet),
    ]
  }

  /// The hops above with room for their trends; below them what happened, and the fleet.
  static func pipeline(_ view: Body) -> [Place] {
    let (body, style) = (view.area, view.style)
    let rows =
      switch style {
      case .boxed: max(11, body.height / 2)
      case .ruled: body.height < 12 ? body.height : max(7, body.height * 2 / 3)
      case .minimal: body.height
      }
    let (pipeline, rest) = body.split(top: rows)
    guard style == .boxed else {
      return [Place(pane: .pipeline, area: pipeline), Place(pane: .events, area: rest)]
    }
    let (events, fleet) = rest.split(left: rest.width * 9 / 20)
    return [
      Place(pane: .pipeline, area: pipeline), Place(pane: .events, area: events),
      Place(pane: .fleet, area: fleet),
    ]
  }

  private static func boxedOps(_ body: Rect) -> [Place] {
    let (pipeline, rest) = body.split(bottom: 7)
    let lower = min(max(7, rest.height / 3), 14)
    let (lists, fleet) = rest.split(bottom: lower)
    let (alarms, events) = lists.split(left: lists.width * 11 / 20)
    return [
      Place(pane: .fleet, area: fleet), Place(pane: .alarms, area: alarms),
      Place(pane: .events, area: events), Place(pane: .pipeline, area: pipeline),
    ]
  }

  private static func wideOps(_ body: Rect) -> [Place] {
    let (pipeline, rest) = body.split(bottom: 7)
    let (lists, upper) = rest.split(bottom: min(max(8, rest.height / 3), 18))
    let (regions, fleet) = upper.split(left: 46)
    let (alarms, events) = lists.split(left: lists.width / 2)
    return [
      Place(pane: .fleet, area: fleet), Place(pane: .alarms, area: alarms),
      Place(pane: .events, area: events), Place(pane: .pipeline, area: pipeline),
      Place(pane: .regions, area: regions),
    ]
  }

  private static func ruledOps(_ body: Rect) -> [Place] {
    // The fleet and its alarms come first; what has no room is a Tab and a zoom away.
    let pipelineRows = body.height >= 13 ? 2 : 0
    let eventRows = body.height >= 26 ? 5 : body.height >= 16 ? 3 : 0
    let alarmRows = body.height >= 26 ? 7 : body.height >= 22 ? 5 : body.height >= 11 ? 4 : 0
    let (pipeline, upper) = body.split(bottom: pipelineRows)
    let (events, middle) = upper.split(bottom: eventRows)
    let (alarms, fleet) = middle.split(bottom: alarmRows)
    return [
      Place(pane: .fleet, area: fleet), Place(pane: .alarms, area: alarms),
      Place(pane: .events, area: events), Place(pane: .pipeline, area: pipeline),
    ]
  }
}
