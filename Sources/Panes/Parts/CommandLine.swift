import Dashboard
import Terminal

extension Picture {
  /// Above a command that is typed: what can stand at the cursor, or what is wrong.
  mutating func drawAssistance(_ prompt: Prompt, above row: Rect) {
    if let error = prompt.mistake {
      drawAbove(row, [Piece(error.reason, .warning)])
    } else if !prompt.completion.candidates.isEmpty {
      drawCandidates(prompt.completion, above: row)
    } else if let command = prompt.command {
      // What the command takes, where nothing can be offered.
      let name = Piece(command.name, .key)
      let usage = command.arguments.isEmpty ? name : name.adding(" \(command.arguments)")
      drawAbove(row, [usage, Piece(command.help, .hint, rank: 1)])
    }
  }

  /// The candidates under a rule, on a third of the screen.
  private mutating func drawCandidates(_ completion: Completion, above row: Rect) {
    guard row.y > 1 else { return }
    let count = completion.candidates.count
    let rows = min(count, 10, max(min(3, (row.y - 1) / 2), (row.y - 1) / 3))
    let head = row.y > rows + 1 && row.y >= 6 ? 1 : 0
    let area = Rect(x: 0, y: row.y - rows - head, width: row.width, height: rows + head)
    canvas.fill(area)
    let (rule, list) = area.split(top: head)
    if head > 0 { canvas.rule(rule, title: "COMMAND", isFocused: true) }
    let first = firstLine(of: count, cursor: completion.chosen ?? 0, rows: rows)
    let shown = completion.candidates[first..<first + rows]
    let names = shown.map { TextWidth.of($0.text) }.max() ?? 0
    let width = min(max(8, names), max(8, list.width / 2))
    for (place, candidate) in shown.enumerated() {
      let line = list.row(place)
      let (name, rest) = line.split(left: width + 3)
      canvas.writeTruncated(" " + candidate.text, in: name.split(right: 2).rest)
      canvas.writeTruncated(candidate.help, in: rest, role: .hint)
      if completion.chosen == first + place { canvas.restyle(line, role: .selection) }
    }
    let bar = list.split(right: 1).right
    canvas.scrollBar(bar, shown: first..<first + rows, count: count, role: .frameFocused)
  }
}
