import Dashboard
import Model
import Terminal

extension Picture {
  /// The last line: the filter being typed, else what was just done, else the keys.
  func drawBottomLine(on canvas: inout Canvas) {
    if let prompt = state.prompt {
      let last = Rect(x: 0, y: state.height - 1, width: state.width, height: 1)
      return draw(prompt, in: last, on: &canvas)
    }
    let row = state.layout.hints.row(0)
    guard !row.isEmpty else { return }
    let inner = state.layout.style == .boxed ? row.inset(columns: 1, rows: 0) : row
    if let notice = state.notice {
      canvas.fill(row)
      canvas.draw([Piece(notice.text, .accent)], in: inner, glyphs: glyphs)
      return
    }
    guard state.overlay == nil else { return }
    canvas.draw(hints, in: inner, gap: inner.width >= 110 ? 3 : 2, glyphs: glyphs)
  }

  /// Every binding that has a word for this line; help and quit stay longest.
  private var hints: [Piece] {
    let bindings = KeyTable.bindings.filter { $0.hint != nil }
    let first: [Command] = [.help, .quit, .filter, .regionPicker, .nextAlarm, .status]
    return bindings.enumerated().map { place, binding in
      let rank = first.firstIndex(of: binding.command) ?? 10 + place
      return Piece(binding.keys.first?.description ?? "", .key, rank: rank)
        .adding(" \(binding.hint ?? "")", .hint)
    }
  }

  private func draw(_ prompt: Prompt, in row: Rect, on canvas: inout Canvas) {
    canvas.fill(row)
    let total = state.fleet.count
    let help = "\(state.visible.count) of \(total) shown\(glyphs.dot)Enter keeps, Esc undoes"
    let label = row.width >= 24 ? "filter " : "/"
    var x = row.x + canvas.write(label, x: row.x, y: row.y, in: row, role: .label)
    let room = max(1, row.right - x - 1)
    // The end of a long text is where the cursor mostly is: what is before it gives way.
    let text = Array(prompt.text)
    let cursor = min(max(0, prompt.cursor), text.count)
    var first = 0
    while first < cursor, TextWidth.of(String(text[first..<cursor])) >= room { first += 1 }
    x += canvas.write(String(text[first..<cursor]), x: x, y: row.y, in: row)
    let under = cursor < text.count ? String(text[cursor]) : " "
    x += canvas.write(under, x: x, y: row.y, in: row, flags: .reverse)
    if cursor + 1 < text.count {
      x += canvas.write(String(text[(cursor + 1)...]), x: x, y: row.y, in: row)
    }
    if x + 3 + TextWidth.of(help) <= row.right {
      canvas.writeRight(help, right: row.right, y: row.y, in: row, role: .hint)
    }
  }
}
