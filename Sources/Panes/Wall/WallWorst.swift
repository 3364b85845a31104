import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The five worst generators, as large as they fit.
  func drawWorst(in area: Rect, on canvas: inout Canvas) {
    guard area.height >= 1 else { return }
    let worst = state.fleetSummary.worst.filter { state.fleet.generators.indices.contains(Int($0)) }
    guard !worst.isEmpty else { return drawAllWell(in: area, on: &canvas) }
    let (caption, list) = area.split(top: area.height >= 6 ? 1 : 0)
    canvas.write("THE WORST", x: caption.x, y: caption.y, in: caption, role: .label)
    let shown = worst.prefix(5)
    let step = max(1, list.height / 5)
    // One size for all: what stands in a column can be compared.
    let most = step == 3 ? 1 : min(8, (step - 1) * 2 / BigFont.height)
    let scale = shown.reduce(most) {
      min($0, largestScale(of: $1, in: list, most: $0))
    }
    for (place, generator) in shown.enumerated() {
      let row = Rect(x: list.x, y: list.y + place * step, width: list.width, height: step)
        .intersection(list)
      if scale > 0 {
        drawLarge(generator, scale: scale, in: row, on: &canvas)
      } else {
        drawPlain(generator, in: row.row(0), on: &canvas)
      }
    }
  }

  private func drawAllWell(in area: Rect, on canvas: inout Canvas) {
    guard state.fleet.count > 0 else {
      return explain(["no generator heard from yet"], in: area, on: &canvas)
    }
    let text = BigText(
      "nothing abnormal",
      width: area.width,
      height: area.height,
      most: 3,
      glyphs: glyphs
    )
    canvas.draw(
      text,
      x: area.x + max(0, (area.width - text.width) / 2),
      y: area.y + max(0, (area.height - text.height) / 2),
      in: area,
      glyphs: glyphs,
      role: .text
    )
  }

  /// The words of a generator on the wall.
  private struct Words {
    var mark: String
    var id: String
    var percent: String
    var time: String

    var all: [String] { [mark, id, percent, time] }
  }

  private func words(of index: GeneratorIndex) -> Words {
    let generator = state.fleet.generators[Int(index)]
    return Words(
      mark: generator.conditions.mark,
      id: state.fleet.ids[Int(index)],
      percent: generator.fuelPercent.map { Figures.number($0.rounded()) + "%" } ?? "?",
      time: Figures.timeToEmpty(generator.timeToEmpty(at: state.now.monotonic))
    )
  }

  /// The largest scale at which a generator fits beside a gauge of sixteen columns; 0 for plain text.
  private func largestScale(of index: GeneratorIndex, in list: Rect, most: Int) -> Int {
    let words = words(of: index)
    guard words.all.allSatisfy({ BigFont.has($0) }) else { return 0 }
    let points =
      Self.markPoints + Self.percentPoints + Self.timePoints + BigFont.width(of: words.id) + 12
    return stride(from: most, to: 0, by: -1).first { scale in
      (glyphs.hasHalfRows || scale % 2 == 0) && points * scale + 16 <= list.width
    } ?? 0
  }

  /// Points that the widest mark, percentage and time take: `!1`, `100%`, `99h59m`.
  private static let markPoints = BigFont.width(of: "!1")
  private static let percentPoints = BigFont.width(of: "100%")
  private static let timePoints = BigFont.width(of: "99h59m")

  private func drawLarge(
    _ index: GeneratorIndex,
    scale: Int,
    in row: Rect,
    on canvas: inout Canvas
  ) {
    let generator = state.fleet.generators[Int(index)]
    let words = words(of: index)
    let height = (scale * BigFont.height + 1) / 2
    let isCurrent = state.isCurrent(generator)
    let mark = generator.conditions.role.withoutGround
    let alarm = generator.conditions.alarmRole(about: .fuel)?.withoutGround
    func draw(_ text: String, x: Int, _ role: Role) {
      let big = BigText(text, width: row.width, height: height, most: scale, glyphs: glyphs)
      canvas.draw(big, x: x, y: row.y, in: row, glyphs: glyphs, role: role)
    }
    draw(words.mark, x: row.x, mark == .stale ? .text : mark)
    let idX = row.x + (Self.markPoints + 4) * scale
    draw(words.id, x: idX, .text)
    let timeX = row.right - BigFont.width(of: words.time) * scale
    draw(words.time, x: timeX, isCurrent ? .text : .stale)
    let percentEnd = row.right - (Self.timePoints + 4) * scale
    draw(
      words.percent,
      x: percentEnd - BigFont.width(of: words.percent) * scale,
      isCurrent ? alarm ?? .text : .stale
    )
    let gaugeX = idX + (idPoints + 4) * scale
    let gaugeEnd = percentEnd - (Self.percentPoints + 2) * scale
    for line in 0..<max(1, height - scale % 2) {
      let area = Rect(x: gaugeX, y: row.y + line, width: gaugeEnd - gaugeX, height: 1)
      drawFuelGauge(of: index, in: area.intersection(row), on: &canvas)
    }
    guard row.height > height else { return }
    drawSite(
      index,
      in: Rect(x: idX, y: row.y + height, width: row.right - idX, height: 1),
      on: &canvas
    )
  }

  /// Points of the widest id on the wall.
  private var idPoints: Int {
    state.fleetSummary.worst.prefix(5).filter { state.fleet.ids.indices.contains(Int($0)) }
      .reduce(0) { max($0, BigFont.width(of: state.fleet.ids[Int($1)])) }
  }

  private func drawPlain(_ index: GeneratorIndex, in line: Rect, on canvas: inout Canvas) {
    let generator = state.fleet.generators[Int(index)]
    let role: Role = state.isCurrent(generator) ? .text : .stale
    drawMark(generator.conditions, in: line.split(left: 3).left, on: &canvas)
    let words = words(of: index)
    let right = Piece(pad(words.percent, 5), role).adding("  ").adding(pad(words.time, 6), role)
    let (figures, names) = line.split(left: 4).rest.split(right: right.width + 1)
    canvas.draw([], [right], in: figures, glyphs: glyphs)
    let (gauge, name) = names.split(right: names.width >= 24 ? names.width / 3 : 0)
    drawFuelGauge(of: index, in: gauge, on: &canvas)
    drawNames(index, in: name.split(right: gauge.isEmpty ? 0 : 2).rest, on: &canvas)
  }

  /// How full the tank of a generator is, with the mark of refuelling.
  func drawFuelGauge(of index: GeneratorIndex, in area: Rect, on canvas: inout Canvas) {
    let generator = state.fleet.generators[Int(index)]
    guard let percent = generator.fuelPercent else { return }
    let isCurrent = state.isCurrent(generator)
    let alarm = generator.conditions.alarmRole(about: .fuel)
    let gauge = Gauge(
      fraction: percent / 100,
      mark: state.fleet.policy.refuelMark / generator.tank,
      role: isCurrent ? alarm ?? .gaugeFill : .stale
    )
    canvas.draw(gauge, in: area, glyphs: glyphs)
  }
}
