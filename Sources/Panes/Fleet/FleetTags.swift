import Dashboard
import Model
import Terminal

extension Picture {
  /// What the operator keeps in mind of a generator, between its state and its id: a mark, else a pin; else that
  /// it is only remembered.
  mutating func drawTag(_ index: GeneratorIndex, x: Int, in line: Rect) {
    if state.marked.contains(index) {
      canvas.put(glyphs.bullet, x: x, y: line.y, in: line, role: .accent)
    } else if state.pinned.contains(index) {
      canvas.put(glyphs.arrowUp, x: x, y: line.y, in: line, role: .accent)
    } else if state.guest == index {
      canvas.put("!", x: x, y: line.y, in: line, role: .notice)
    } else if state.fleet.rememberedSince(index) != nil {
      canvas.put("m", x: x, y: line.y, in: line, role: .label)
    }
  }

  /// The letters of id and name that were looked for.
  mutating func drawMatches(_ row: FleetRow, _ columns: FleetColumns, in line: Rect) {
    guard let search = state.search else { return }
    for place in columns.places {
      let text: String? =
        switch place.column {
        case .id: row.id
        case .name: row.name
        default: nil
        }
      guard let text else { continue }
      let found = FuzzyMatch.places(of: search.text, in: text)
      drawMatches(found, of: text, in: place.cell(in: line))
    }
  }

  private mutating func drawMatches(_ places: [Int], of text: String, in area: Rect) {
    guard !places.isEmpty else { return }
    // Where the text is cut, its last column is an ellipsis.
    let room = TextWidth.of(text) > area.width ? area.width - 1 : area.width
    var column = 0
    var next = places[...]
    for (place, scalar) in text.unicodeScalars.enumerated() {
      let width = TextWidth.of(scalar)
      guard column + width <= room, let wanted = next.first else { return }
      if place == wanted {
        next = next.dropFirst()
        let cells = Rect(x: area.x + column, y: area.y, width: width, height: 1)
        let isCursor = canvas[cells.x, cells.y].role == .selection
        canvas.restyle(cells, role: isCursor ? nil : .match, adding: [.bold, .underline])
      }
      column += width
    }
  }

  /// The heading of a group: its worst state, its sign, its name, how many it has and how they are.
  mutating func draw(_ group: FleetGroup, isCursor: Bool, in line: Rect) {
    let sign = group.isCollapsed ? "+ " : "- "
    let (mark, words) = line.split(left: 4)
    switch group.kind {
    case .fleet: break
    case .pinned:
      let title = Piece(sign, .label).adding("PINNED", .header)
      draw([title.adding("  \(group.places.count)", .label)], in: words)
    case .region(let region):
      let worst = state.fleet.regionCounts[Int(region)].worst
      canvas.write(worst.mark, in: mark, role: worst.role)
      draw(regionPieces(region, sign: sign, shown: group.places.count), in: words)
    }
    guard isCursor else { return }
    guard hasKeys(.fleet) else { return canvas.restyle(line, adding: .bold) }
    canvas.restyle(words, role: .selection)
    if isBoxed { canvas.put(glyphs.pointer, x: line.x - 1, y: line.y, role: .accent) }
  }

  /// The counts are those of the whole region, whatever is hidden of it.
  private func regionPieces(_ region: RegionIndex, sign: String, shown: Int) -> [Piece] {
    let counts = state.fleet.regionCounts[Int(region)]
    let name = glyphs.cut(state.fleet.regions[Int(region)], to: 24)
    let total = shown == counts.total ? "\(shown)" : "\(shown) of \(counts.total)"
    let heading = Piece(sign, .label).adding(name, .header).adding("  \(total)", .label)
    return [heading]
      + (Severity.counted + [.disconnected]).filter { counts[$0] > 0 }.map { severity in
        Piece(severity.mark, severity.countRole, rank: Int(severity.rawValue))
          .adding(" \(counts[severity])")
      }
  }
}
