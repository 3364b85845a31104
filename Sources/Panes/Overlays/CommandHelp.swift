import Dashboard
import Terminal

extension Picture {
  /// What can be typed behind the colon, from the table that reads it, and what `set` knows.
  func drawCommandHelp(scroll: Int, over screen: Rect, on canvas: inout Canvas) {
    let lines = Self.commandLines
    let area = screen.centred(width: min(screen.width, 92), height: lines.count + 2)
    let inside = overlayFrame(area, title: "COMMANDS", note: "Esc closes", on: &canvas)
    let shown = self.scroll(
      .commandHelp,
      to: scroll,
      lines: lines.count,
      in: inside,
      of: area,
      on: &canvas
    )
    let names = min(lines.reduce(0) { max($0, TextWidth.of($1.keys)) }, inside.width * 2 / 5)
    for (row, line) in lines[shown].enumerated() {
      let (left, right) = inside.row(row).split(left: names + 2)
      if line.isHeading {
        canvas.draw([Piece(line.text, .header)], in: inside.row(row), glyphs: glyphs)
      } else {
        let key = left.split(right: 2).rest
        canvas.draw([Piece(line.keys, .key)], in: key, glyphs: glyphs)
        canvas.draw([Piece(line.text, .hint)], in: right, glyphs: glyphs)
      }
    }
  }

  private static let commandLines: [HelpLine] =
    PromptCommand.all.map { command in
      let usage = command.arguments.isEmpty ? "" : " " + command.arguments
      let short = command.shortName.map { ", \($0)" } ?? ""
      return HelpLine(keys: command.name + short + usage, text: command.help)
    } + [HelpLine(keys: "", text: ""), HelpLine(keys: "", text: "SETTINGS")]
    + RunSetting.all.map { setting in
      HelpLine(keys: "set \(setting.name)", text: "\(setting.help): \(setting.expectation)")
    }
}
