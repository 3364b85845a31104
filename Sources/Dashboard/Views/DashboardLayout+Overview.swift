import Terminal

/// Where the panes of the overview are.
extension DashboardLayout {
  /// The regions above; below them when tanks will be empty, where there is room for it.
  static func overview(_ view: Body) -> [Place] {
    let (body, style) = (view.area, view.style)
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
