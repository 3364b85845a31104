import Terminal

/// Where the panes are of the views that are no presets.
extension DashboardLayout {
  /// The regions above; below them when tanks will be empty, where there is room for it.
  static func overview(_ body: Rect, _ style: Style) -> [Place] {
    guard style == .boxed else {
      let (next, regions) = body.split(bottom: style == .ruled && body.height >= 16 ? 6 : 0)
      return [Place(pane: .overview, area: regions), Place(pane: .nextEmpty, area: next)]
    }
    let (lists, regions) = body.split(bottom: min(max(10, body.height / 3), 16))
    let isWide = lists.width >= 160
    let (bins, others) = lists.split(left: lists.width * (isWide ? 5 : 9) / (isWide ? 16 : 20))
    let (next, alarms) = others.split(left: isWide ? others.width / 2 : others.width)
    return [
      Place(pane: .overview, area: regions), Place(pane: .timeToEmpty, area: bins),
      Place(pane: .nextEmpty, area: next), Place(pane: .alarms, area: alarms),
    ]
  }

  /// The rows of the overview that are no regions: the names of the columns and the sums.
  static func overviewFurniture(_ style: Style) -> Int {
    switch style {
    case .boxed: 3
    case .ruled: 2
    case .minimal: 0
    }
  }
}

extension ViewID {
  /// Whether regions are chosen in the strip at the top.
  var hasStrip: Bool {
    switch self {
    case .ops, .alarms, .pipeline, .map, .detail: true
    case .wall, .overview, .log: false
    }
  }

  /// Whether it shows sums over the fleet.
  var hasSummary: Bool {
    switch self {
    case .wall, .overview: true
    case .ops, .alarms, .pipeline, .map, .detail, .log: false
    }
  }
}
