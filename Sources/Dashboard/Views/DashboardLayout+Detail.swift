import Terminal

/// Where the panes of the detail view are.
extension DashboardLayout {
  /// The fuel beside the values of now; below them what changed, the way of the last record, the messages.
  static func detail(_ view: Body) -> [Place] {
    let body = view.area
    return switch view.style {
    case .boxed: boxedDetail(body)
    case .ruled: ruledDetail(body)
    case .minimal: [Place(pane: .detailNow, area: body)]
    }
  }

  private static func boxedDetail(_ body: Rect) -> [Place] {
    let (record, upper) = body.split(bottom: min(max(7, body.height * 3 / 10), 13))
    let (left, right) = upper.split(left: upper.width * 11 / 20)
    if body.height >= 48 { return tallDetail(record, left, right) }
    let trendRows = 7
    let presenceRows = min(max(5, left.height - 11 - trendRows), 8)
    let (presence, curves) = left.split(bottom: presenceRows)
    let (trends, fuel) = curves.split(bottom: trendRows)
    let (path, now) = right.split(bottom: min(10, right.height / 2))
    return [
      Place(pane: .detailFuel, area: fuel), Place(pane: .detailNow, area: now),
      Place(pane: .detailTrends, area: trends), Place(pane: .detailPresence, area: presence),
      Place(pane: .detailRecord, area: record), Place(pane: .detailPath, area: path),
    ]
  }

  private static func tallDetail(_ record: Rect, _ left: Rect, _ right: Rect) -> [Place] {
    let (trends, fuel) = left.split(bottom: 11)
    let (now, rest) = right.split(top: 17)
    let (path, presence) = rest.split(bottom: 10)
    return [
      Place(pane: .detailFuel, area: fuel), Place(pane: .detailNow, area: now),
      Place(pane: .detailTrends, area: trends), Place(pane: .detailPresence, area: presence),
      Place(pane: .detailRecord, area: record), Place(pane: .detailPath, area: path),
    ]
  }

  private static func ruledDetail(_ body: Rect) -> [Place] {
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
      Place(pane: .detailFuel, area: fuel), Place(pane: .detailNow, area: now),
      Place(pane: .detailTrends, area: trends), Place(pane: .detailPresence, area: presence),
      Place(pane: .detailPath, area: path),
    ]
  }
}
