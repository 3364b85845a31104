import Dashboard
import Model
import Terminal

extension Picture {
  /// The themes, at the right so that the fleet beside them shows what they do; and a sample of each state.
  mutating func drawThemePicker() {
    let entries = state.themes.entries
    let top = min(state.layout.header.height + 1, max(0, state.height - 12))
    let right = canvas.bounds.split(right: state.width >= 100 ? 59 : 58).right.split(left: 58).left
    let area = right.split(top: top).rest.split(top: entries.count + 6).top
    let inside = overlayFrame(area, title: "THEME", note: state.themes.depth)
    let (foot, list) = inside.split(bottom: inside.height >= 9 ? 4 : 0)
    drawThemes(entries, in: list)
    drawThemeSamples(in: foot)
  }

  private mutating func drawThemes(_ entries: [ThemeEntry], in list: Rect) {
    guard !list.isEmpty else { return }
    let cursor = entries.firstIndex { $0.name == state.theme } ?? 0
    let widest = entries.reduce(8) { max($0, min(20, TextWidth.of($1.name))) }
    drawChoices(entries.count, cursor: cursor, in: list) { picture, place, line in
      let (name, about) = line.split(left: widest + 2)
      picture.canvas.writeTruncated(entries[place].name, in: name.split(left: widest).left)
      picture.canvas.writeTruncated(entries[place].about, in: about, role: .label)
    }
  }

  private mutating func drawThemeSamples(in foot: Rect) {
    guard foot.height >= 4 else { return }
    let samples = [
      Piece(" !1 ", .critical), Piece("\(Severity.drySoon.mark) dry soon", .drySoon),
      Piece("!2 soon", .warning), Piece("!3", .notice), Piece("x lost", .lost),
      Piece("~ stale", .stale), Piece("normal", .text),
    ]
    draw(samples, in: foot.row(1), gap: 2)
    let moves = "\(state.keys.name(of: .down)) \(state.keys.name(of: .up))"
    let look = Piece(moves, .key).adding(" look", .hint)
    draw([look, hint(.enter, "keep"), hint(.escape, "as before")], in: foot.row(3))
  }

  /// The theme on the status page.
  var themeLines: [StatusLine] {
    guard !state.theme.isEmpty else { return [] }
    let theme = [state.theme, state.themes.depth].filter { !$0.isEmpty }
    let line = StatusLine("theme", theme.joined(separator: ", "))
    guard let problem = state.themes.problem else { return [line] }
    return [line, StatusLine("", problem, .warning)]
  }
}
