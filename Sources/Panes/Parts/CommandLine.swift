import Dashboard
import Terminal

extension Picture {
  /// A command being typed, in the last line; above it what can stand at the cursor, or what is wrong.
  func drawCommand(_ prompt: Prompt, on canvas: inout Canvas) {
    let row = Rect(x: 0, y: state.height - 1, width: state.width, height: 1)
    canvas.fill(row)
    let end = drawTyped(prompt, in: row, on: &canvas)
    let keys = [
      Piece("Tab", .key, rank: 2).adding(" completes", .hint).meaning(.key(.tab)),
      Piece("Enter", .key, rank: 1).adding(" runs", .hint).meaning(.key(.enter)),
      Piece("Esc", .key, rank: 1).adding(" cancels", .hint).meaning(.key(.escape)),
    ]
    let wanted = keys.reduce(0) { $0 + $1.width + 3 }
    if end + wanted <= row.right {
      spots.add(canvas.draw([], keys, in: row, gap: 3, glyphs: glyphs))
    }
    if let error = prompt.commandError {
      drawAbove(row, [Piece(error.reason, .warning)], on: &canvas)
    } else if prompt.completion.candidates.isEmpty {
      drawUsage(of: prompt, above: row, on: &canvas)
    } else {
      drawCandidates(prompt.completion, above: row, on: &canvas)
    }
  }

  /// What the command takes, where nothing can be offered.
  private func drawUsage(of prompt: Prompt, above row: Rect, on canvas: inout Canvas) {
    guard let command = prompt.command else { return }
    let name = Piece(command.name, .key, rank: 0)
    let usage = command.arguments.isEmpty ? name : name.adding(" \(command.arguments)", .text)
    drawAbove(row, [usage, Piece(command.help, .hint, rank: 1)], on: &canvas)
  }

  private func drawAbove(_ row: Rect, _ pieces: [Piece], on canvas: inout Canvas) {
    guard row.y > 1 else { return }
    let above = Rect(x: 0, y: row.y - 1, width: row.width, height: 1)
    canvas.fill(above)
    canvas.draw(pieces, in: above, gap: 3, glyphs: glyphs)
  }

  /// The candidates under a rule, on a third of the screen.
  private func drawCandidates(
    _ completion: Completion,
    above row: Rect,
    on canvas: inout Canvas
  ) {
    let count = completion.candidates.count
    let rows = min(count, 10, max(min(3, (row.y - 1) / 2), (row.y - 1) / 3))
    guard row.y > 1 else { return }
    let hasRule = row.y > rows + 1 && row.y >= 6
    let area = Rect(
      x: 0,
      y: row.y - rows - (hasRule ? 1 : 0),
      width: row.width,
      height: rows + (hasRule ? 1 : 0)
    )
    canvas.clear(area)
    let (rule, list) = area.split(top: hasRule ? 1 : 0)
    if hasRule {
      canvas.rule(rule, title: "COMMAND", note: "", isFocused: true, glyphs: glyphs)
    }
    let cursor = completion.chosen ?? 0
    let first = max(0, min(cursor - rows / 2, count - rows))
    let shown = completion.candidates[first..<first + rows]
    let names = shown.map { TextWidth.of($0.text) }.max() ?? 0
    let width = min(max(8, names), max(8, list.width / 2))
    for (place, candidate) in shown.enumerated() {
      let line = list.row(place)
      let (name, rest) = line.split(left: width + 3)
      canvas.draw(
        [Piece(" " + candidate.text, .text)],
        in: name.split(right: 2).rest,
        glyphs: glyphs
      )
      canvas.draw([Piece(candidate.help, .hint)], in: rest, glyphs: glyphs)
      if completion.chosen == first + place { canvas.restyle(line, role: .selection) }
    }
    drawMore(first: first, rows: rows, count: count, in: list, on: &canvas)
  }

  /// How many candidates there are, where not all are seen.
  private func drawMore(
    first: Int,
    rows: Int,
    count: Int,
    in list: Rect,
    on canvas: inout Canvas
  ) {
    guard count > rows else { return }
    let bar = Rect(x: list.right - 1, y: list.y, width: 1, height: list.height)
    canvas.scrollBar(
      bar,
      shown: first..<first + rows,
      count: count,
      glyphs: glyphs,
      role: .frameFocused
    )
  }
}
