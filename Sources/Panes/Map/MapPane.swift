import Dashboard
import Maps
import Model
import Terminal

extension Picture {
  /// The fleet on the outlines of the land, the cursor's generator in words below.
  mutating func drawMap(in area: Rect) {
    _ = frame(.map, area, title: mapTitle, note: mapNote(area.width))
    drawOutage(of: state.fleet.policy.hasRawFeed ? state.rawFeed : .kafka, over: area)
    let map = state.layout.mapArea
    guard !map.isEmpty else { return }
    drawOutlines(in: map)
    let signs = mapSigns
    var taken = TakenCells(map)
    for sign in signs { taken.take(sign.column, sign.row, columns: 1) }
    for sign in signs { draw(sign, in: map, &taken) }
    drawLabels(of: signs, in: map, taken)
    drawMapLine(in: state.layout.mapLine)
  }

  private var mapTitle: String {
    state.regions.isEmpty ? "MAP" : "MAP  " + state.regions.joined(separator: ", ")
  }

  /// What the map does not show, and the keys that are its own.
  private func mapNote(_ width: Int) -> String {
    let outside = state.map.outside
    let parts = [
      recordsAsOf.map { "records \($0)" },
      outside.count > 0 ? "\(outside.count) outside" : nil,
      outside.abnormal > 0 ? "\(outside.abnormal) of them abnormal" : nil,
      state.map.unplaced > 0 ? "\(state.map.unplaced) without a position" : nil,
    ].compactMap { $0 }
    let keys = [
      "\(state.keys.name(of: .sortLeft)) \(state.keys.name(of: .sortRight)) zoom",
      "\(state.keys.name(of: .first)) fits",
    ]
    let title = TextWidth.of(mapTitle) + 10
    for count in [keys.count, 1, 0] {
      let note = (parts + keys.prefix(count)).joined(separator: glyphs.dot)
      if title + TextWidth.of(note) <= width { return note }
    }
    return parts.joined(separator: ", ")
  }

  // MARK: - Land

  private mutating func drawOutlines(in area: Rect) {
    let raster = MapRaster(state.map.window)
    for y in area.rows {
      for x in area.columns {
        guard let cell = raster[x - area.x, y - area.y] else { continue }
        let role: Role = cell.kind == .coast ? .label : .frame
        canvas.put(glyphs.land(cell.dots), x: x, y: y, role: role)
      }
    }
  }

  // MARK: - Generators

  /// Everybody who is seen, a cell each, row by row.
  private var mapSigns: [MapSign] {
    let window = state.map.window
    return (0..<window.rows).flatMap { row in
      (0..<window.columns).compactMap { column in
        state.map[column, row].map { MapSign($0, column: column, row: row, state) }
      }
    }
  }

  /// The shape of the worst in a cell, and the priority of an alarm where the next cell is free.
  private mutating func draw(_ sign: MapSign, in area: Rect, _ taken: inout TakenCells) {
    let (x, y) = (area.x + sign.column, area.y + sign.row)
    canvas.put(sign.shape(glyphs), x: x, y: y, in: area, role: sign.role)
    let mark = sign.severity.mark
    if mark.count > 1, taken.isFree(sign.column + 1, sign.row, columns: 1) {
      taken.take(sign.column + 1, sign.row, columns: 1)
      canvas.write(mark, x: x, y: y, in: area, role: sign.role)
    }
    guard sign.isSelected, hasKeys(.map) else { return }
    canvas.restyle(Rect(x: x, y: y, width: 1, height: 1).intersection(area), adding: .reverse)
  }
}

/// The generators of one cell of the map.
struct MapSign {
  var column: Int
  var row: Int
  var severity: Severity
  /// How many in the cell are as bad.
  var count: Int
  /// The cursor's generator where it is in the cell, else one of the worst.
  var generator: GeneratorIndex
  var isSelected: Bool

  init(_ cell: FleetMap.Cell, column: Int, row: Int, _ state: borrowing DashboardState) {
    self.column = column
    self.row = row
    severity = cell.severity
    count = cell.count
    let selection = state.selection.flatMap { selection in
      state.map.cell(of: selection).map { $0 == (column, row) } == true ? selection : nil
    }
    generator = selection ?? cell.generator
    isSelected = selection != nil
  }

  /// What stands in the cell itself.
  func shape(_ glyphs: Glyphs) -> Unicode.Scalar {
    severity.mark.unicodeScalars.first ?? glyphs.bullet
  }

  /// Grey for what is well, and for what is silent too.
  var role: Role { severity.mark.isEmpty ? .live : severity.role }
}

extension Glyphs {
  /// A cell of an outline, of the bits of a braille pattern; in ASCII whether its dots are above, below or both.
  func land(_ dots: UInt8) -> Unicode.Scalar {
    guard horizontal.isASCII else { return Unicode.Scalar(0x2800 + UInt32(dots)) ?? " " }
    let (upper, lower) = (dots & 0b0001_1011, dots & 0b1110_0100)
    return upper == 0 ? "." : lower == 0 ? "'" : ":"
  }
}
