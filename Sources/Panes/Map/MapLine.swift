import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The generator under the cursor in words.
  func drawMapLine(in line: Rect, on canvas: inout Canvas) {
    guard !line.isEmpty, let selection = state.selection,
      state.fleet.generators.indices.contains(Int(selection))
    else { return }
    let row = FleetRow(selection, state)
    let conditions = row.generator.conditions
    let role: Role = row.isCurrent ? .text : .stale
    var pieces: [Piece] = []
    if !conditions.mark.isEmpty { pieces.append(Piece(conditions.mark, conditions.role)) }
    pieces.append(Piece(state.fleet.ids[Int(selection)], .text, flags: .bold))
    if let name = state.fleet.names[Int(selection)] { pieces.append(Piece(name, .label, rank: 3)) }
    let region = state.fleet.regions[Int(row.generator.region)]
    pieces.append(Piece(region, .label, rank: 4))
    let percent = row.generator.fuelPercent.map(Figures.percent) ?? "?"
    pieces.append(Piece("fuel ", .label, rank: 1).adding(percent, role))
    let seconds = row.generator.timeToEmpty(at: state.now.monotonic)
    let empty = Figures.timeToEmpty(seconds)
    pieces.append(Piece("empty in ", .label, rank: 2).adding(empty, seconds == nil ? .label : role))
    canvas.draw(pieces, mapRemarks(row), in: line, glyphs: glyphs)
  }

  /// How it is in words, who else is in its cell, and where that is.
  private func mapRemarks(_ row: FleetRow) -> [Piece] {
    var pieces: [Piece] = []
    let company = state.map.company(of: row.index)
    if company > 1 {
      pieces.append(
        Piece("\(company - 1) more here: \(state.keys.name(of: .fold))", .label, rank: 5)
      )
    }
    let reading = row.reading
    let enriched = row.generator.enriched
    if let latitude = reading.latitude ?? enriched.latitude,
      let longitude = reading.longitude ?? enriched.longitude
    {
      pieces.append(Piece(Figures.place(latitude, longitude), .label, rank: 6))
    } else {
      pieces.append(Piece("no position", .label, rank: 5))
    }
    let conditions = row.generator.conditions
    pieces.append(Piece(conditions.word, conditions.role, rank: 2))
    return pieces
  }
}

extension Figures {
  /// Degrees with the letters of their directions: `54.97N 1.61W`.
  static func place(_ latitude: Double, _ longitude: Double) -> String {
    hundredths(latitude) + (latitude < 0 ? "S " : "N ")
      + hundredths(longitude) + (longitude < 0 ? "W" : "E")
  }

  /// Without its sign, with two decimals; at most 999.
  private static func hundredths(_ degrees: Double) -> String {
    let whole = Int((min(abs(degrees), 999) * 100).rounded())
    return "\(whole / 100)." + (whole % 100 < 10 ? "0" : "") + "\(whole % 100)"
  }
}
