import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// A pane of the detail view, drawn by `draw` if there is a generator to look at.
  mutating func drawDetail(
    _ pane: PaneID,
    in area: Rect,
    _ draw: (inout Picture, FleetRow) -> Void
  ) {
    guard let index = state.subject else {
      return explain(["no generator is chosen"], in: frame(pane, area))
    }
    draw(&self, FleetRow(index, state))
  }

  /// The line above the panes: which generator it is, and how it is.
  mutating func drawSubjectLine(in row: Rect) {
    guard let index = state.subject, !row.isEmpty else { return }
    let subject = FleetRow(index, state)
    let inner = margin(row)
    let names = [
      Piece(glyphs.cut(subject.id, to: 40), .accent, flags: .bold),
      subject.name.map { Piece(glyphs.cut($0, to: 32), .text, rank: 2) },
      Piece(glyphs.cut(subject.region, to: 24), .label, rank: 3), statePiece(subject),
    ].compactMap { $0 }
    draw(names, placePieces(subject), in: inner, gap: inner.width >= 110 ? 3 : 2)
  }

  /// The marks of its conditions and what they mean.
  func statePiece(_ subject: FleetRow) -> Piece {
    let conditions = subject.generator.conditions
    let worst = conditions.worst
    let mark = conditions.mark
    var piece = Piece(mark + (mark.isEmpty ? "" : " "), conditions.role, rank: 1)
      .adding(conditions.word, worst == .normal || worst == .late ? .label : .text)
    let absence = conditions.absence
    if worst <= .alarm, absence != .normal {
      let mark = absence.mark.isEmpty ? "" : "\(absence.mark) "
      piece = piece.adding(", ", .label).adding(mark, absence.role).adding(absence.word)
    }
    return piece
  }

  /// Which one of the list it is, and whether something hides it there.
  private func placePieces(_ subject: FleetRow) -> [Piece] {
    let reasons = state.hiding(subject.index).joined(separator: ", ")
    let outside = Piece("! outside", .notice, rank: 4).adding(" " + reasons)
    let place = state.placeOfSubject.map { place in
      Piece("\(place + 1) of \(state.visible.count)", .text, rank: 3)
        .adding("  \(state.keys.name(of: .down)) \(state.keys.name(of: .up))", .key)
    }
    return (reasons.isEmpty ? [] : [outside]) + (place.map { [$0] } ?? [])
  }

  /// An amount of fuel with its unit: `41 L`.
  func fuel(_ value: Double, of subject: FleetRow) -> String {
    let unit = state.fleet.unit(of: subject.index)
    return Figures.exact(value) + (unit.isEmpty ? "" : " \(unit)")
  }

  /// When something happened or will, as chosen: a time of day, with the weekday of another day; or how
  /// long ago it was, or how long it takes.
  func clock(_ wall: Int64, seconds: Bool = false) -> String {
    if state.times == .age {
      let away = wall.seconds(since: state.now.wall)
      return away < 0 ? "-\(Figures.age(-away))" : "+\(Figures.age(away))"
    }
    return state.timeOfDay(wall, seconds: seconds)
  }
}
