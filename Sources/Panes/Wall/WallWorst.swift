import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The five worst generators, as large as they fit.
  mutating func drawWorst(in area: Rect) {
    guard area.height >= 1 else { return }
    let shown = state.fleetSummary.worst.compactMap { FleetRow(known: $0, state) }.prefix(5)
    guard !shown.isEmpty else { return drawAllWell(in: area) }
    let (caption, list) = area.split(top: area.height >= 6 ? 1 : 0)
    canvas.write("THE WORST", in: caption, role: .label)
    let step = max(1, list.height / 5)
    // One size for all: what stands in a column can be compared.
    let most = step == 3 ? 1 : min(8, (step - 1) * 2 / BigFont.height)
    let scale = shown.reduce(most) { min($0, largestScale(of: $1, in: list, most: $0)) }
    let idPoints = shown.reduce(0) { max($0, BigFont.width(of: $1.id)) }
    for (place, generator) in shown.enumerated() {
      let row = list.split(top: place * step).rest.split(top: step).top
      if scale > 0 {
        drawLarge(generator, scale: scale, idPoints: idPoints, in: row)
      } else {
        drawPlain(generator, in: row.row(0))
      }
    }
  }

  private mutating func drawAllWell(in area: Rect) {
    guard state.fleet.count > 0 else { return explain(["no generator heard from yet"], in: area) }
    let text = BigText("nothing abnormal", in: area, most: 3, glyphs: glyphs)
    canvas.draw(text, in: area.centred(width: text.width, height: text.height), role: .text)
  }

  /// The largest scale at which a generator fits beside a gauge of sixteen columns; 0 for plain text.
  private func largestScale(of row: FleetRow, in list: Rect, most: Int) -> Int {
    let words = [row.generator.conditions.mark, row.id, row.roundPercent, row.empty.text]
    guard words.allSatisfy(BigFont.has) else { return 0 }
    let points =
      Self.markPoints + Self.percentPoints + Self.timePoints + BigFont.width(of: row.id) + 12
    return glyphs.bigScales(upTo: most).first { points * $0 + 16 <= list.width } ?? 0
  }

  /// Points that the widest mark, percentage and time take: `!1`, `100%`, `99h59m`.
  private static let markPoints = BigFont.width(of: "!1")
  private static let percentPoints = BigFont.width(of: "100%")
  private static let timePoints = BigFont.width(of: "99h59m")

  private mutating func drawLarge(_ row: FleetRow, scale: Int, idPoints: Int, in area: Rect) {
    let height = BigText.height(scale)
    let room = Rect(x: area.x, y: area.y, width: area.width, height: height)
    func draw(_ text: String, x: Int, _ role: Role) {
      let big = BigText(text, in: room, most: scale, glyphs: glyphs)
      canvas.draw(big, in: area.split(left: x - area.x).rest, role: role)
    }
    let mark = row.generator.conditions.role.withoutGround
    draw(row.generator.conditions.mark, x: area.x, mark == .stale ? .text : mark)
    let idX = area.x + (Self.markPoints + 4) * scale
    draw(row.id, x: idX, .text)
    draw(row.empty.text, x: area.right - BigFont.width(of: row.empty.text) * scale, row.role)
    let percentEnd = area.right - (Self.timePoints + 4) * scale
    let percentX = percentEnd - BigFont.width(of: row.roundPercent) * scale
    draw(row.roundPercent, x: percentX, row.role(of: .fuel).withoutGround)
    let gaugeX = idX + (idPoints + 4) * scale
    let gaugeEnd = percentEnd - (Self.percentPoints + 2) * scale
    for line in 0..<max(1, height - scale % 2) {
      let gauge = Rect(x: gaugeX, y: area.y + line, width: gaugeEnd - gaugeX, height: 1)
      drawFuelGauge(of: row, in: gauge.intersection(area))
    }
    guard area.height > height else { return }
    drawSite(row, in: Rect(x: idX, y: area.y + height, width: area.right - idX, height: 1))
  }

  private mutating func drawPlain(_ row: FleetRow, in line: Rect) {
    drawMark(row.generator.conditions, in: line.split(left: 3).left)
    let right = Piece(pad(row.roundPercent, 5), row.role).adding("  ")
      .adding(pad(row.empty.text, 6), row.role)
    let (figures, names) = line.split(left: 4).rest.split(right: right.width + 1)
    draw([], [right], in: figures)
    let (gauge, name) = names.split(right: names.width >= 24 ? names.width / 3 : 0)
    drawFuelGauge(of: row, in: gauge)
    drawNames(row, in: name.split(right: gauge.isEmpty ? 0 : 2).rest)
  }
}

extension FleetRow {
  fileprivate var roundPercent: String {
    generator.fuelPercent.map { Figures.number($0.rounded()) + "%" } ?? "?"
  }
}
