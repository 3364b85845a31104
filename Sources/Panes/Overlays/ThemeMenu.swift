import Dashboard
import Model
import Terminal

extension Picture {
  /// The themes, at the right so that the fleet beside them shows what they do; and a sample of each state.
  func drawThemePicker(over screen: Rect, on canvas: inout Canvas) {
    let entries = state.themes.entries
    let top = min(state.layout.header.height + 1, max(0, screen.height - 12))
    let width = min(screen.width, 58)
    let area = Rect(
      x: screen.width - width - (screen.width >= 100 ? 1 : 0),
      y: top,
      width: width,
      height: min(entries.count + 6, screen.height - top)
    )
    let inside = overlayFrame(area, title: "THEME", note: state.themes.depth, on: &canvas)
    let (foot, list) = inside.split(bottom: inside.height >= 9 ? 4 : 0)
    drawThemes(entries, in: list, on: &canvas)
    drawThemeSamples(in: foot, on: &canvas)
  }

  private func drawThemes(_ entries: [ThemeEntry], in list: Rect, on canvas: inout Canvas) {
    guard !list.isEmpty else { return }
    let cursor = entries.firstIndex { $0.name == state.theme } ?? 0
    let first = max(0, min(cursor - list.height / 2, entries.count - list.height))
    let widest = entries.reduce(8) { max($0, min(20, TextWidth.of($1.name))) }
    for (row, entry) in entries.dropFirst(first).prefix(list.height).enumerated() {
      spots.add(list.row(row), .choice(first + row))
      let line = list.row(row)
      let (name, about) = (line.split(left: widest).left, line.split(left: widest + 2).rest)
      canvas.draw([Piece(entry.name, .text)], in: name, glyphs: glyphs)
      canvas.draw([Piece(entry.about, .label)], in: about, glyphs: glyphs)
      if entry.name == state.theme { canvas.restyle(line, role: .selection) }
    }
  }

  private func drawThemeSamples(in foot: Rect, on canvas: inout Canvas) {
    guard foot.height >= 4 else { return }
    let samples = [
      Piece(" !1 ", .critical), Piece("!2 soon", .warning), Piece("!3 notice", .notice),
      Piece("x lost", .lost), Piece("~ silent", .stale), Piece("normal", .text),
    ]
    canvas.draw(samples, in: foot.row(1), gap: 2, glyphs: glyphs)
    let moves = "\(state.keys.name(of: .down)) \(state.keys.name(of: .up))"
    let hints = [
      Piece(moves, .key).adding(" look", .hint),
      Piece("Enter", .key).adding(" keep", .hint).meaning(.key(.enter)),
      Piece("Esc", .key).adding(" as before", .hint).meaning(.key(.escape)),
    ]
    spots.add(canvas.draw(hints, in: foot.row(3), glyphs: glyphs))
  }

  /// The theme on the status page.
  var themeLines: [StatusLine] {
    guard !state.theme.isEmpty else { return [] }
    let theme = [state.theme, state.themes.depth].filter { !$0.isEmpty }
    let line = StatusLine(label: "theme", value: theme.joined(separator: ", "))
    guard let problem = state.themes.problem else { return [line] }
    return [line, StatusLine(label: "", value: problem, role: .warning)]
  }
}
