import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The generator under the cursor in words.
  mutating func drawMapLine(in line: Rect) {
    guard !line.isEmpty, let row = FleetRow(known: state.selection, state) else { return }
    let conditions = row.generator.conditions
    let pieces = [
      conditions.mark.isEmpty ? nil : Piece(conditions.mark, conditions.role),
      Piece(row.id, .text, flags: .bold), row.name.map { Piece($0, .label, rank: 3) },
      Piece(row.region, .label, rank: 4),
      Piece("fuel ", .label, rank: 1).adding(row.percent.text, row.role),
      Piece("empty in ", .label, rank: 2).adding(row.empty.text, row.empty.role),
    ]
    draw(pieces.compactMap { $0 }, mapRemarks(row), in: line)
  }

  /// How it is in words, who else is in its cell, and where that is.
  private func mapRemarks(_ row: FleetRow) -> [Piece] {
    let others = state.map.company(of: row.index) - 1
    let company = "\(others) more here: \(state.keys.name(of: .fold))"
    let (reading, enriched) = (row.reading, row.generator.enriched)
    var place = Piece("no position", .label, rank: 5)
    if let latitude = reading.latitude ?? enriched.latitude,
      let longitude = reading.longitude ?? enriched.longitude
    {
      place = Piece(Figures.place(latitude, longitude), .label, rank: 6)
    }
    let conditions = row.generator.conditions
    return (others > 0 ? [Piece(company, .label, rank: 5)] : [])
      + [place, Piece(conditions.word, conditions.role, rank: 2)]
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
