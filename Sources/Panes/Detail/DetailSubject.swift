import Wording
import Dashboard
import Model
import Terminal

/// The generator of the detail view, with what all of its panes are drawn from.
struct DetailSubject {
  let index: GeneratorIndex
  let generator: Generator
  let reading: Reading
  /// Whether its values may be taken as current; others are drawn as stale.
  let isCurrent: Bool
  /// Of fuel; empty for none.
  let unit: String

  init?(_ state: DashboardState) {
    guard let index = state.subject else { return nil }
    self.index = index
    generator = state.fleet.generators[Int(index)]
    reading = generator.reading
    isCurrent = state.isCurrent(generator)
    unit = state.fleet.unit(of: index)
  }

  /// The role of its values.
  var role: Role { isCurrent ? .text : .stale }

  /// `41 L`.
  func fuel(_ value: Double) -> String { Figures.exact(value) + (unit.isEmpty ? "" : " \(unit)") }
}

extension Picture {
  /// A pane of the detail view, drawn by `draw` if there is a generator to look at.
  func drawDetail(
    _ pane: PaneID,
    in area: Rect,
    on canvas: inout Canvas,
    _ draw: (DetailSubject, Rect, inout Canvas) -> Void
  ) {
    guard !area.isEmpty else { return }
    guard let subject = DetailSubject(state) else {
      let inside = frame(pane, area, title: pane.title, on: &canvas)
      return explain(["no generator is chosen"], in: inside, on: &canvas)
    }
    draw(subject, area, &canvas)
  }

  /// The line above the panes: which generator it is, and how it is.
  func drawSubjectLine(in row: Rect, on canvas: inout Canvas) {
    guard let subject = DetailSubject(state), !row.isEmpty else { return }
    let inner = state.layout.style == .boxed ? row.inset(columns: 1, rows: 0) : row
    canvas.draw(
      names(of: subject) + [statePiece(subject)],
      placePieces(subject),
      in: inner,
      gap: inner.width >= 110 ? 3 : 2,
      glyphs: glyphs
    )
  }

  /// Id, name and region.
  private func names(of subject: DetailSubject) -> [Piece] {
    let fleet = state.fleet
    let id = TextWidth.truncate(fleet.ids[Int(subject.index)], to: 40, ellipsis: glyphs.ellipsis)
    let region = fleet.regions[Int(subject.generator.region)]
    var pieces = [Piece(id, .accent, flags: .bold)]
    if let name = fleet.names[Int(subject.index)] {
      let shown = TextWidth.truncate(name, to: 32, ellipsis: glyphs.ellipsis)
      pieces.append(Piece(shown, .text, rank: 2))
    }
    let shown = TextWidth.truncate(region, to: 24, ellipsis: glyphs.ellipsis)
    pieces.append(Piece(shown, .label, rank: 3))
    return pieces
  }

  /// The marks of its conditions and what they mean.
  func statePiece(_ subject: DetailSubject) -> Piece {
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
  private func placePieces(_ subject: DetailSubject) -> [Piece] {
    var pieces: [Piece] = []
    let reasons = state.hiding(subject.index)
    if !reasons.isEmpty {
      pieces.append(Piece("! outside ", .notice, rank: 4).adding(reasons.joined(separator: ", ")))
    }
    if let place = state.placeOfSubject {
      let count = state.visible.count
      pieces.append(
        Piece("\(place + 1) of \(count)", .text, rank: 3).adding(
          "  \(state.keys.name(of: .down)) \(state.keys.name(of: .up))",
          .key
        )
      )
    }
    return pieces
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
