import Dashboard
import Model
import Terminal

extension Picture {
  /// The last line: the filter being typed, else what was just done, else the keys.
  func drawBottomLine(on canvas: inout Canvas) {
    if let prompt = state.prompt { return draw(prompt, on: &canvas) }
    let row = state.layout.hints.row(0)
    guard !row.isEmpty else { return }
    let inner = state.layout.style == .boxed ? row.inset(columns: 1, rows: 0) : row
    if let notice = state.notice {
      canvas.fill(row)
      canvas.draw([Piece(notice.text, .accent)], in: inner, glyphs: glyphs)
      return
    }
    guard state.overlay == nil else { return }
    let gap = inner.width >= 110 ? 3 : 2
    spots.add(canvas.draw(timeHints + hints, in: inner, gap: gap, glyphs: glyphs))
  }

  /// Every binding that has a word for this line; help and quit stay longest.
  private var hints: [Piece] {
    if let own = state.view.hints { return pieces(own) }
    let bindings = state.keys.bindings.filter { $0.hint != nil && !$0.keys.isEmpty }
    let first: [Command] = [
      .help, .quit, .filter, .regionPicker, .open, .commandLine, .nextAlarm, .nextPreset, .status,
    ]
    return bindings.enumerated().map { place, binding in
      let rank = first.firstIndex(of: binding.command) ?? 10 + place
      return hint(binding.keys[0], binding.hint ?? "", rank: rank)
    }
  }

  private func hint(_ key: Key, _ word: String, rank: Int) -> Piece {
    Piece(key.description, .key, rank: rank).adding(" \(word)", .hint).meaning(.key(key))
  }

  /// The keys of a view that has some of its own; the first and help stay longest.
  private func pieces(_ hints: [(command: Command, word: String)]) -> [Piece] {
    hints.enumerated().compactMap { place, hint in
      guard let key = state.keys.keys(of: hint.command).first else { return nil }
      let rank = hint.command == .help ? 1 : 2 * place
      return self.hint(key, hint.word, rank: rank)
    }
  }
}
