import Dashboard
import Model
import Terminal

extension Picture {
  /// The last line: the filter being typed, else what was just done, else the keys.
  mutating func drawBottomLine() {
    if let prompt = state.prompt { return draw(prompt) }
    let row = state.layout.hints.row(0)
    guard !row.isEmpty else { return }
    let inner = margin(row)
    if let notice = state.notice {
      canvas.fill(row)
      canvas.writeTruncated(notice.text, in: inner, role: .accent)
    } else if state.overlay == nil {
      draw(timeHints + hints, in: inner, gap: inner.width >= 110 ? 3 : 2)
    }
  }

  /// Every binding that has a word for this line; help and quit stay longest.
  private var hints: [Piece] {
    if let own = state.view.hints { return pieces(own) }
    let first: [Command] = [
      .help, .quit, .filter, .regionPicker, .open, .commandLine, .nextAlarm, .nextPreset, .status,
    ]
    return state.keys.bindings.enumerated().compactMap { place, binding in
      guard let word = binding.hint, let key = binding.keys.first else { return nil }
      return hint(key, word, rank: first.firstIndex(of: binding.command) ?? 10 + place)
    }
  }

  /// A key that can be clicked, and what it does.
  func hint(_ key: Key, _ word: String, rank: Int = 0) -> Piece {
    Piece(key.description, .key, rank: rank).adding(" \(word)", .hint).meaning(.key(key))
  }

  /// The keys of a view that has some of its own; the first and help stay longest.
  private func pieces(_ hints: [(command: Command, word: String)]) -> [Piece] {
    hints.enumerated().compactMap { place, hint in
      guard let key = state.keys.keys(of: hint.command).first else { return nil }
      return self.hint(key, hint.word, rank: hint.command == .help ? 1 : 2 * place)
    }
  }
}
