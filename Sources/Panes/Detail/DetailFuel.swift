import Wording
import Dashboard
import Model
import Terminal

/// What is foreseen of a tank.
struct FuelForecast {
  var fuel: Double
  /// Units a second.
  var burn: Double
  /// Seconds from now until it is empty, and between which they lie in 19 of 20 cases.
  var seconds: Double
  var range: (least: Double, most: Double)?

  /// Nil while nothing is foreseen, or the tank is empty.
  init?(_ subject: FleetRow, at now: Int64) {
    guard let fuel = subject.reading.fuel, fuel > 0, let burn = subject.generator.trend.burn,
      burn > 0, let seconds = subject.generator.timeToEmpty(at: now)
    else { return nil }
    self.fuel = fuel
    self.burn = burn
    self.seconds = seconds
    guard let burns = subject.generator.trend.burnRange, burns.lowerBound > 0 else { return }
    let passed = fuel / burn - seconds
    range = (max(0, fuel / burns.upperBound - passed), max(0, fuel / burns.lowerBound - passed))
  }
}

extension Picture {
  /// The fuel of the last hour, and where it goes.
  mutating func drawFuelCurve(_ subject: FleetRow, in area: Rect) {
    let forecast = FuelForecast(subject, at: state.now.monotonic)
    let title = fuelTitle(subject, forecast, width: area.width - 6)
    let body = margin(frame(.detailFuel, area, title: title))
    guard body.height >= 3, body.width >= 20 else { return }
    let values = slots(.fuel, of: subject)
    guard values.contains(where: { $0 != nil }) else {
      let isUnheard = subject.generator.freshness == .never && subject.reading.isEmpty
      let reason = isUnheard ? "never heard" : "no fuel reading in the last hour"
      return explain([reason], in: body)
    }
    let most = values.lazy.compactMap(\.self).max() ?? 0
    let (tank, mark) = (subject.generator.tank, subject.generator.refuelMark)
    let plot = FuelPlot(tank, most: most, mark: mark, lasting: forecast?.seconds, in: body)
    drawLevels(plot, subject, in: body)
    let curve = plot.scale.spread(values, perColumn: glyphs.valuesPerColumn)
    let past = plot.area.split(left: plot.scale.past).left
    canvas.chart(curve, range: 0...plot.top, in: past, role: subject.chartRole)
    drawMark(plot, subject)
    drawForecast(plot, forecast)
    drawRefuellings(plot, subject)
    let kept = drawEmptyTime(plot, forecast)
    drawAxis(plot.scale, in: plot.axis, keeping: kept)
  }

  /// Fuel, burn, and when it is empty, as far as there is room.
  private func fuelTitle(_ subject: FleetRow, _ forecast: FuelForecast?, width: Int) -> String {
    let countsInPercent = state.fleet.unit(of: subject.index) == "%"
    let share = countsInPercent ? nil : subject.generator.fuelPercent
    let percent = share.map { " \(Figures.percent($0))" } ?? ""
    let amount = subject.reading.fuel.map { fuel($0, of: subject) } ?? "?"
    var parts = ["FUEL \(amount)\(percent)"]
    if let forecast {
      let sign = subject.generator.trend.isByModel ? "~" : ""
      parts.append("burns \(sign)\(burn(forecast.burn, state.fleet.unit(of: subject.index)))")
      let time = clock(state.now.wall &+ Int64(seconds: forecast.seconds))
      parts.append("empties \(time)\(uncertainty(forecast))")
    } else if let fuel = subject.reading.fuel, fuel <= 0 {
      parts.append("empty")
    } else if subject.reading.fuel != nil {
      let isUnknown = state.fleet.isRunning(subject.index) == true
      parts.append(isUnknown ? "burn not known yet" : "fuel is not falling")
    }
    if let doubt = doubt(subject) { parts.append(doubt) }
    while parts.count > 1, TextWidth.of(parts.joined(separator: glyphs.dot)) > width {
      parts.remove(at: parts.count > 2 ? 1 : parts.count - 1)
    }
    return parts.joined(separator: glyphs.dot)
  }

  /// `1.4 L/min`, or for less than 0.1 a minute by the hour.
  private func burn(_ perSecond: Double, _ unit: String) -> String {
    let perMinute = perSecond * 60
    let isSlow = perMinute < 0.95
    let number = Figures.number(isSlow ? perMinute * 60 : perMinute, places: 1)
    return "\(number)\(unit.isEmpty ? "" : " \(unit)")\(isSlow ? "/h" : "/min")"
  }

  /// ` +-3 min`: half of what lies between the earliest and the latest time.
  private func uncertainty(_ forecast: FuelForecast) -> String {
    guard let range = forecast.range else { return "" }
    let half = max(forecast.seconds - range.least, range.most - forecast.seconds) / 60
    guard half.isFinite, half < 6_000 else { return " at the earliest" }
    let sign = glyphs.isASCII ? "+-" : "±"
    if half < 1 { return " \(sign)1 min" }
    return half < 90 ? " \(sign)\(Int(half.rounded(.up))) min" : " \(sign)\(Int(half / 60)) h"
  }

  /// The levels at the left: units, and percent of the tank.
  private mutating func drawLevels(_ plot: FuelPlot, _ subject: FleetRow, in body: Rect) {
    let (line, labels) = body.split(left: plot.labels).left.split(right: 1)
    for (level, row) in plot.levels {
      let percent = level / subject.generator.tank * 100
      let text = Figures.number(level)
      let shown = plot.labels >= 12 ? "\(text) \(pad(Figures.number(percent) + "%", 4))" : text
      canvas.writeRight(shown, in: labels.row(row), role: .label)
    }
    canvas.fill(line.split(top: plot.area.height).top, with: glyphs.vertical, role: .gaugeEmpty)
  }

  /// The mark below which fuel is wanted, as a line with its value, seen through the curve.
  private mutating func drawMark(_ plot: FuelPlot, _ subject: FleetRow) {
    guard let row = plot.row(of: plot.mark), plot.mark > 0 else { return }
    let y = plot.area.y + row
    for x in plot.area.columns {
      let cell = canvas[x, y]
      let isFilled = cell.scalar == glyphs.bars[7] || cell.scalar == "\u{28FF}"
      guard isFilled || cell.scalar == " " else { continue }
      // In plain characters the line is seen in the curve as it is.
      let flags: CellFlags = isFilled && !glyphs.isASCII ? .reverse : []
      let role = isFilled ? cell.role : .gaugeMark
      canvas.put(glyphs.dashed, x: x, y: y, in: plot.area, role: role, flags: flags)
    }
    let text = " refuel below \(fuel(plot.mark, of: subject)) "
    guard TextWidth.of(text) + 8 < plot.area.width else { return }
    // At the right, where only the forecast is; else at the left.
    canvas.writeRight(text, in: plot.area.row(row), role: .label)
  }

  /// Dots from now on to where the tank is empty.
  private mutating func drawForecast(_ plot: FuelPlot, _ forecast: FuelForecast?) {
    guard let forecast else { return }
    let first = plot.area.x + plot.scale.past
    var before: Int?
    for x in first..<max(first, plot.area.right) {
      let seconds = (Double(x - first) + 0.5) * plot.scale.secondsPerColumn
      guard seconds <= forecast.seconds else { break }
      let left = forecast.burn * (forecast.seconds - seconds)
      guard let row = plot.row(of: left) else { continue }
      // Steep falls leave no holes.
      for y in min(before.map { $0 + 1 } ?? row, row)...row {
        canvas.put(glyphs.dotted, x: x, y: plot.area.y + y, in: plot.area, role: .chartLine)
      }
      before = row
    }
    guard let range = forecast.range else { return }
    let bottom = plot.area.bottom - 1
    let ends = (plot.scale.column(range.least), plot.scale.column(range.most))
    for x in max(first, ends.0)..<max(first, ends.0, min(plot.area.right, ends.1 + 1))
    where canvas[x, bottom].scalar == " " || canvas[x, bottom].scalar == glyphs.dashed {
      canvas.put(glyphs.horizontal, x: x, y: bottom, in: plot.area, role: .label)
    }
  }

  /// The time at which the tank is empty, under the point where it is.
  ///
  /// - Returns: The columns it takes.
  private mutating func drawEmptyTime(_ plot: FuelPlot, _ forecast: FuelForecast?) -> Range<Int> {
    guard let forecast else { return 0..<0 }
    let x = plot.scale.column(forecast.seconds)
    guard x < plot.area.right else {
      let y = plot.area.y + (plot.row(of: plot.leftAtEnd(forecast)) ?? 0)
      let arrow = glyphs.arrowRight
      canvas.put(arrow, x: plot.area.right - 1, y: y, in: plot.area, role: .chartLine)
      return 0..<0
    }
    let text = clock(state.now.wall &+ Int64(seconds: forecast.seconds))
    let start = min(max(plot.axis.x, x - 2), plot.axis.right - TextWidth.of(text))
    let nowEnd = plot.scale.x + plot.scale.past
    guard start > nowEnd else { return 0..<0 }
    canvas.write(text, x: start, y: plot.axis.y, in: plot.axis, role: .text, flags: .bold)
    return start - 1..<start + TextWidth.of(text) + 1
  }

  /// A refuelling: what it added, above the column in which it was seen.
  private mutating func drawRefuellings(_ plot: FuelPlot, _ subject: FleetRow) {
    for event in state.fleet.ownEvents[subject.index] where event.kind == .refuelled {
      let seconds = event.stamp.monotonic.seconds(since: state.now.monotonic)
      let x = plot.scale.column(seconds)
      guard plot.area.columns.contains(x) else { continue }
      let text = "+\(event.amount.map { Figures.exact($0) } ?? "")"
      let start = min(x, plot.area.right - TextWidth.of(text))
      canvas.write(text, x: start, y: plot.area.y, in: plot.area, role: .accent, flags: .bold)
    }
  }
}

extension Glyphs {
  /// Whether these are of the plain character set.
  var isASCII: Bool { bars[7].isASCII }
  /// A point of a line that is foreseen.
  var dotted: Unicode.Scalar { isASCII ? "." : "·" }
}
