import Dashboard
import Model
import Terminal

extension Picture {
  /// What is typed, in the last line, and what becomes of it beside or above.
  func draw(_ prompt: Prompt, on canvas: inout Canvas) {
    // What lies under it is not meant while something is typed.
    spots.add(Rect(x: 0, y: 0, width: state.width, height: state.height), .nothing)
    guard prompt.purpose != .command else { return drawCommand(prompt, on: &canvas) }
    let row = Rect(x: 0, y: state.height - 1, width: state.width, height: 1)
    canvas.fill(row)
    let result = result(of: prompt)
    let end = drawTyped(prompt, in: row, on: &canvas)
    if prompt.text.isEmpty, prompt.purpose == .filter { drawGrammar(above: row, on: &canvas) }
    let pieces = [result] + keys(of: prompt)
    let wanted = pieces.reduce(0) { $0 + $1.width + 3 }
    if end + wanted <= row.right {
      spots.add(canvas.draw([], pieces, in: row, gap: 3, glyphs: glyphs))
    } else if end + 3 + result.width <= row.right {
      canvas.draw([], [result], in: row, glyphs: glyphs)
    } else if row.y > 1 {
      // There is no room beside it: a line of its own.
      let above = Rect(x: 0, y: row.y - 1, width: row.width, height: 1)
      canvas.fill(above)
      canvas.draw([result], in: above, glyphs: glyphs)
    }
  }

  /// What can be typed, by examples, as long as nothing is.
  private func drawGrammar(above row: Rect, on canvas: inout Canvas) {
    guard row.y > 1 else { return }
    let above = Rect(x: 0, y: row.y - 1, width: row.width, height: 1)
    canvas.fill(above)
    let examples = [
      "fuel<15%", "lost or alarm", "region~north", "tte<2h", "-site:mast", "age>30s", "load>80",
      "temp>=95", "marked", "/north|east/", "near:54.97,-1.61<25km",
    ]
    let pieces = examples.enumerated().map { Piece($1, .match, rank: $0) }
    canvas.draw([Piece("such as", .label)] + pieces, in: above, gap: 3, glyphs: glyphs)
  }

  private func keys(of prompt: Prompt) -> [Piece] {
    let other = prompt.purpose == .filter ? " finds" : " filters"
    return [
      Piece("Tab", .key, rank: 2).adding(other, .hint).meaning(.key(.tab)),
      Piece("Enter", .key, rank: 1).adding(" keeps", .hint).meaning(.key(.enter)),
      Piece("Esc", .key, rank: 1).adding(" undoes", .hint).meaning(.key(.escape)),
    ]
  }

  /// Why it is no filter, else how many fit.
  private func result(of prompt: Prompt) -> Piece {
    if let error = prompt.error {
      return Piece(error.reason, .warning).adding("  the last valid filter applies", .hint)
    }
    switch prompt.purpose {
    case .filter:
      let shown = state.matchCount
      let hidden = state.hiddenAlarms
      let count = Piece("\(shown)", .match).adding(" of \(state.fleet.count) match", .label)
      guard hidden > 0 else { return count }
      return count.adding("\(glyphs.dot)", .label).adding("\(hidden) hidden alarms", .warning)
    case .find:
      guard let search = state.search else { return Piece("letters of an id or a name", .label) }
      let count = Piece("\(search.matches)", .match).adding(" of \(state.fleet.count) fit", .label)
      guard search.hidden > 0 else { return count }
      let isAll = search.hidden == search.matches
      return count.adding(
        "\(glyphs.dot)\(search.hidden) hidden" + (isAll ? ", Enter shows the best" : ""),
        .label
      )
    case .command: return Piece("", .label)
    }
  }

  /// The text with its cursor and what is wrong in it.
  ///
  /// - Returns: The column behind it.
  func drawTyped(_ prompt: Prompt, in row: Rect, on canvas: inout Canvas) -> Int {
    let (word, letter) =
      switch prompt.purpose {
      case .filter: ("filter ", "/")
      case .find: ("find ", "f")
      case .command: (":", ":")
      }
    let label = row.width >= 24 ? word : letter
    var x = row.x + canvas.write(label, x: row.x, y: row.y, in: row, role: .label)
    let room = max(1, row.right - x - 1)
    // The end of a long text is where the cursor mostly is: what is before it gives way.
    let text = Array(prompt.text) + [" "]
    let cursor = min(max(0, prompt.cursor), text.count - 1)
    var first = 0
    while first < cursor, TextWidth.of(String(text[first..<cursor])) >= room { first += 1 }
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
