import Wording
import Dashboard
import Model
import Terminal

/// A value over the last hour.
private struct Trend {
  var title: String
  /// One for each slot, oldest first; nil for a gap.
  var values: [Double?]
  /// What it is at this moment; nil if unknown.
  var now: Double?
  var unit = ""
  var decimals = 1
  /// Whether the chart begins at 0 rather than at the least value.
  var isFromZero = false

  var known: [Double] { values.compactMap(\.self) }

  /// The scale of its chart, of `steps` heights: the highest is left free, so that charts under each
  /// other stay apart.
  func range(steps: Int) -> ClosedRange<Double>? {
    guard let least = known.min(), let most = known.max() else { return nil }
    let lower = isFromZero ? min(0, least) : least
    let span = max(most - lower, abs(most) * 1e-6, 1e-9)
    return lower...(lower + span * Double(steps) / Double(max(1, steps - 1)))
  }
}

extension Picture {
  /// The values that are told, and the pace, over the last hour, with what they are now and were at least and
  /// at most.
  mutating func drawTrends(_ subject: FleetRow, in area: Rect) {
    let note = area.width >= 60 ? "last hour\(glyphs.dot)now, least, most" : "last hour"
    let body = margin(frame(.detailTrends, area, note: note))
    guard body.width >= 16, body.height >= 1 else { return }
    let trends = trends(subject)
    let hasAxis = body.height > trends.count
    let height = max(1, (body.height - (hasAxis ? 1 : 0)) / trends.count)
    let figures = body.width >= 60 ? 24 : 8
    let scale = TimeScale(body.split(left: 8).rest.split(right: figures).rest)
    for (place, trend) in trends.enumerated() where (place + 1) * height <= body.height {
      let rows = Rect(x: body.x, y: body.y + place * height, width: body.width, height: height)
      draw(trend, scale, subject, in: rows)
    }
    guard hasAxis else { return }
    let axis = body.row(min(body.height - 1, trends.count * height)).split(left: 8).rest
    drawAxis(scale, in: axis.split(left: scale.past + 1).left)
  }

  private func trends(_ subject: FleetRow) -> [Trend] {
    let counts = state.fleet.sampleCounts.values(
      of: subject.index,
      count: History.slots,
      until: state.now.monotonic
    )
    let rates = rates(counts, subject)
    let metrics =
      Metric.usual.filter { $0 != .fuel } + Metric.further.filter { $0.row.history != nil }
    return metrics.compactMap { trend($0, subject) } + [
      Trend(title: "rate", values: rates, now: rates.last ?? nil, unit: "/s", isFromZero: true)
    ]
  }

  /// Nil for what not every generator tells and this one did not in the last hour.
  private func trend(_ metric: Metric, _ subject: FleetRow) -> Trend? {
    let row = metric.row
    let trend = Trend(
      title: row.label,
      values: slots(metric, of: subject),
      now: subject.reading[metric],
      unit: row.unit == "%" ? "%" : "",
      decimals: row.decimals,
      isFromZero: row.isFromZero
    )
    return row.isUsual || !trend.known.isEmpty ? trend : nil
  }

  /// Samples a second, over as many slots as the generator's pace needs to show in each.
  private func rates(_ counts: [Int], _ subject: FleetRow) -> [Double?] {
    let slot = History.slotLength.seconds
    let pace = subject.generator.interval.seconds ?? state.fleet.policy.expectedInterval
    let reach = min(History.slots, max(1, Int(clamping: (pace / slot).rounded(.up))))
    // The slot that goes on is not whole yet.
    let whole = counts.dropLast()
    var rates: [Double?] = whole.indices.map { place in
      let window = whole[max(0, place - reach + 1)...place]
      let sum = window.reduce(0, +)
      return sum > 0 ? Double(sum) / (Double(window.count) * slot) : nil
    }
    rates.append(subject.isCurrent ? rates.last ?? nil : nil)
    return rates
  }

  private mutating func draw(_ trend: Trend, _ scale: TimeScale, _ row: FleetRow, in rows: Rect) {
    let figures = rows.width >= 60 ? 24 : 8
    let bottom = rows.row(rows.height - 1)
    canvas.write(trend.title, in: bottom, role: .label)
    let chart = Rect(x: scale.x, y: rows.y, width: scale.past, height: rows.height)
    let curve = scale.spread(trend.values, perColumn: glyphs.valuesPerColumn)
    let range = trend.range(steps: rows.height * (glyphs.usesBraille ? 4 : 8))
    canvas.chart(curve, range: range, in: chart, role: row.chartRole)
    let (now, rest) = bottom.split(right: figures).right.split(left: 8)
    let text = trend.now.map { number($0, trend) } ?? "?"
    canvas.writeRight(text, in: now, role: trend.now == nil ? .label : row.role)
    guard let least = trend.known.min(), let most = trend.known.max() else { return }
    canvas.writeRight(number(least, trend), in: rest.split(left: 8).left, role: .label)
    canvas.writeRight(number(most, trend), in: rest.split(left: 16).left, role: .label)
  }

  private func number(_ value: Double, _ trend: Trend) -> String {
    guard trend.title == "rate" else {
      return Figures.exact(value, most: trend.decimals) + trend.unit
    }
    // Few send more than once in a second: two decimals for those.
    guard value < 0.995 else { return Figures.rate(value) }
    let hundredths = Int(clamping: value * 100)
    return "0.\(hundredths < 10 ? "0" : "")\(hundredths)/s"
  }
}
