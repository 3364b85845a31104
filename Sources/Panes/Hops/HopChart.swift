import Wording
import Dashboard
import Model
import Terminal

/// The half hour of a hop, made to fit a chart.
struct HopTrend {
  /// Oldest first, each the highest of its steps; nil for a gap.
  let values: [Double?]
  /// What is at the top of the chart.
  let top: Double
  /// What the hop is late from; nil where that is not a matter of its own figure.
  let limit: Double?
  /// How far back it goes.
  let seconds: Int

  init(_ hop: HopFigures, _ state: borrowing DashboardState, points: Int) {
    let now = state.now.monotonic
    // As far back as there is something to show, so that the chart is filled early.
    let history = state.fleet.hopHistory
    let wanted = history.length(at: now)
    let most = max(1, HopHistory.slots / points)
    let step = [1, 2, 3, 4, 6, 8, 12, 16, 24].first { $0 >= most || points * $0 >= wanted } ?? most
    let row = hop.id.row
    let measure = row.trend
    let count = min(points, HopHistory.slots / step)
    values = history.peaks(measure, of: hop.id, count: count, step: step, until: now)
    seconds = count * step * Int(HopHistory.slotLength / 1_000_000_000)
    let peak = values.compactMap { $0 }.max() ?? 0
    let late =
      switch measure {
      case .seconds: row.lateAfter(state.fleet.policy)
      case .records: Double.infinity
      }
    // What is far below the limit is shown on a scale of its own, but noise is not blown up.
    let scale = Self.round(max(peak * 1.25, measure == .seconds ? 1 : 100))
    limit = scale * 3 >= late ? late : nil
    top = max(scale, limit ?? 0)
  }

  /// The next of 1, 2, 5, 10, 20, … that is not less, so that the scale seldom moves.
  private static func round(_ value: Double) -> Double {
    guard value.isFinite, value < 1e15 else { return 1e15 }
    var size = 1.0
    while size * 10 < value { size *= 10 }
    return [1, 2, 5].map { $0 * size }.first { $0 >= value } ?? 10 * size
  }

  /// The value of `amount` on the scale, for people.
  static func label(_ amount: Double, of hop: HopID) -> String {
    switch hop.row.trend {
    case .seconds: Figures.delay(amount)
    case .records: Figures.compact(amount)
    }
  }
}

extension Picture {
  /// The trend of a hop; nothing while nothing is known.
  @discardableResult
  mutating func drawTrend(of hop: HopFigures, in area: Rect) -> HopTrend? {
    guard !area.isEmpty else { return nil }
    let trend = trend(of: hop, columns: area.width)
    canvas.chart(trend.values, range: 0...trend.top, in: area, role: trendRole(of: hop))
    return trend
  }

  /// The trend of a hop with its scale and its limit, over a line of time.
  mutating func drawChart(of hop: HopFigures, in area: Rect) {
    let (axis, body) = area.split(bottom: area.height >= 2 ? 1 : 0)
    guard let trend = drawTrend(of: hop, in: body), !axis.isEmpty else { return }
    drawAxis(in: axis)
    if trend.values.allSatisfy({ $0 == nil }) {
      canvas.write("no trend yet", in: body, role: .label)
    } else {
      drawScale(trend, of: hop, in: body)
    }
  }

  private func trend(of hop: HopFigures, columns: Int) -> HopTrend {
    HopTrend(hop, state, points: max(1, columns * glyphs.valuesPerColumn))
  }

  private func trendRole(of hop: HopFigures) -> Role {
    switch hop.state {
    case .ok, .unknown: .chartFill
    case .warning: .warning
    case .critical: .gaugeCritical
    }
  }

  /// A dashed line at the limit with its figure, or the figure at the top; the chart stays in front.
  private mutating func drawScale(_ trend: HopTrend, of hop: HopFigures, in body: Rect) {
    let value = trend.limit ?? trend.top
    let share = trend.top > 0 ? min(1, value / trend.top) : 1
    let row = body.y + min(body.height - 1, Int((1 - share) * Double(body.height)))
    let label = HopTrend.label(value, of: hop.id)
    let line = trend.limit == nil ? 0 : max(0, body.width - label.count - 1)
    let drawn = label + " " + String(repeating: Character(glyphs.dashed), count: line)
    for (column, scalar) in drawn.unicodeScalars.enumerated()
    where column != label.count && canvas[body.x + column, row].scalar == " " {
      let role: Role = column < label.count ? .label : .frame
      canvas.put(scalar, x: body.x + column, y: row, in: body, role: role)
    }
  }

  /// How far back a chart of the width of `row` goes.
  mutating func drawAxis(in row: Rect) {
    guard row.width >= 10, let hop = state.hops.first else { return }
    let minutes = trend(of: hop, columns: row.width).seconds / 60
    canvas.write("-\(minutes)m", in: row, role: .label)
    canvas.writeRight("now", in: row, role: .label)
  }
}
