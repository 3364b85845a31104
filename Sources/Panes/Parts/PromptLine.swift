import Dashboard
import Model
import Terminal

extension Picture {
  /// What is typed, in the last line, and what becomes of it beside or above.
  mutating func draw(_ prompt: Prompt) {
    // What lies under it is not meant while something is typed.
    spots.add(canvas.bounds, .nothing)
    let row = canvas.bounds.row(state.height - 1)
    canvas.fill(row)
    let words = words(of: prompt.purpose)
    let end = drawTyped(prompt, row.width >= 24 ? words.label : words.short, in: row)
    switch prompt.purpose {
    case .command: drawAssistance(prompt, above: row)
    case .filter where prompt.text.isEmpty: drawGrammar(above: row)
    case .filter, .find: break
    }
    let result = result(of: prompt)
    let keys = zip([Key.tab, .enter, .escape], words.keys).map { key, word in
      hint(key, word, rank: key == .tab ? 2 : 1)
    }
    let pieces = (result.map { [$0] } ?? []) + keys
    if end + pieces.reduce(0, { $0 + $1.width + 3 }) <= row.right {
      draw([], pieces, in: row, gap: 3)
    } else if let result, end + 3 + result.width <= row.right {
      draw([], [result], in: row)
    } else if let result {
      // There is no room beside it: a line of its own.
      drawAbove(row, [result])
    }
  }

  /// What stands before the text, where there is room and where not, and what the keys do that end it.
  private func words(of purpose: Prompt.Purpose) -> (label: String, short: String, keys: [String]) {
    switch purpose {
    case .filter: ("filter ", "/", ["finds", "keeps", "undoes"])
    case .find: ("find ", "f", ["filters", "keeps", "undoes"])
    case .command: (":", ":", ["completes", "runs", "cancels"])
    }
  }

  mutating func drawAbove(_ row: Rect, _ pieces: [Piece]) {
    guard row.y > 1 else { return }
    let above = Rect(x: 0, y: row.y - 1, width: row.width, height: 1)
    canvas.fill(above)
    draw(pieces, in: above, gap: 3)
  }

  /// What can be typed, by examples, as long as nothing is.
  private mutating func drawGrammar(above row: Rect) {
    let examples = [
      "fuel<15%", "lost or alarm", "region~north", "tte<2h", "-site:mast", "age>30s", "load>80",
      "temp>=95", "marked", "/north|east/", "near:54.97,-1.61<25km",
    ]
    let pieces = examples.enumerated().map { Piece($1, .match, rank: $0) }
    drawAbove(row, [Piece("such as", .label)] + pieces)
  }

  /// Why it is no filter, else how many fit.
  private func result(of prompt: Prompt) -> Piece? {
    if prompt.purpose != .command, let error = prompt.mistake {
      return Piece(error.reason, .warning).adding("  the last valid filter applies", .hint)
    }
    switch prompt.purpose {
    case .filter:
      let hidden = state.hiddenAlarms
      let count = Piece("\(state.matchCount)", .match)
        .adding(" of \(state.fleet.count) match", .label)
      guard hidden > 0 else { return count }
      return count.adding("\(glyphs.dot)", .label).adding("\(hidden) hidden alarms", .warning)
    case .find:
      guard let search = state.search else { return Piece("letters of an id or a name", .label) }
      let count = Piece("\(search.matches)", .match).adding(" of \(state.fleet.count) fit", .label)
      guard search.hidden > 0 else { return count }
      let advice = search.hidden == search.matches ? ", Enter shows the best" : ""
      return count.adding("\(glyphs.dot)\(search.hidden) hidden\(advice)", .label)
    case .command: return nil
    }
  }

  /// The text with its cursor and what is wrong in it.
  ///
  /// - Returns: The column behind it.
  private mutating func drawTyped(_ prompt: Prompt, _ label: String, in row: Rect) -> Int {
    var x = row.x + canvas.write(label, in: row, role: .label)
    let room = max(1, row.right - x - 1)
    // The end of a long text is where the cursor mostly is: what is before it gives way.
    let text = Array(prompt.text) + [" "]
    let cursor = min(max(0, prompt.cursor), text.count - 1)
    let widths = text[..<cursor].map { TextWidth.of(String($0)) }
    var (first, width) = (0, widths.reduce(0, +))
    while first < cursor, width >= room { (first, width) = (first + 1, width - widths[first]) }
    let wrong = prompt.mistake.map {
      $0.range.lowerBound..<max($0.range.upperBound, $0.range.lowerBound + 1)
    }
    for place in first..<text.count {
      let isWrong = wrong?.contains(place) ?? false
      var flags: CellFlags = isWrong ? .underline : []
      if place == cursor { flags.insert(.reverse) }
      let role: Role = isWrong ? .warning : .text
      x += canvas.write(String(text[place]), x: x, y: row.y, in: row, role: role, flags: flags)
    }
    return x
  }
}
