import Dashboard
import Terminal

extension Picture {
  /// What can be typed behind the colon, from the table that reads it, and what `set` knows.
  mutating func drawCommandHelp(scroll: Int) {
    let lines = Self.commandLines
    let area = canvas.bounds.centred(width: 92, height: lines.count + 2)
    let inside = overlayFrame(area, title: "COMMANDS", note: "Esc closes")
    let shown = self.scroll(.commandHelp, to: scroll, lines: lines.count, in: area)
    let names = min(lines.reduce(0) { max($0, TextWidth.of($1.keys)) }, inside.width * 2 / 5)
    for (row, line) in lines[shown].enumerated() { draw(line, keys: names, in: inside.row(row)) }
  }

  private static let commandLines: [HelpLine] =
    PromptCommand.all.map { command in
      let usage = command.arguments.isEmpty ? "" : " " + command.arguments
      let short = command.shortName.map { ", \($0)" } ?? ""
      return HelpLine(keys: command.name + short + usage, text: command.help)
    } + [HelpLine(text: ""), HelpLine(text: "SETTINGS")]
    + RunSetting.all.map { setting in
      HelpLine(keys: "set \(setting.name)", text: "\(setting.help): \(setting.expectation)")
    }
}
