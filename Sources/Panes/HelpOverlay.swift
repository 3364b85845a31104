import Dashboard
import Model
import Terminal

/// A line of help: the keys and what they do; a heading has no keys.
struct HelpLine: Equatable {
  var keys: String
  var text: String
  var isHeading: Bool { keys.isEmpty && !text.isEmpty }

  /// All lines, made of the key table alone.
  ///
  /// Commands that differ by a number, as those of the regions, share a line; so do opposites.
  static func all() -> [[HelpLine]] {
    KeyBinding.Group.allCases.map { group in
      var lines = [HelpLine(keys: "", text: group.rawValue)]
      var numbered: [KeyBinding] = []
      for binding in KeyTable.bindings where binding.group == group {
        if isNumbered(binding) {
          numbered.append(binding)
        } else if binding.help.isEmpty, lines.count > 1 {
          lines[lines.count - 1].keys += " " + line(binding).keys
        } else {
          lines += joined(numbered) + [line(binding)]
          numbered = []
        }
      }
      return lines + joined(numbered)
    }
  }

  private static func isNumbered(_ binding: KeyBinding) -> Bool {
    guard case .character(let character) = binding.keys.first else { return false }
    return character.isNumber && character != "0"
  }

  private static func line(_ binding: KeyBinding) -> HelpLine {
    HelpLine(keys: binding.keys.map(\.description).joined(separator: " "), text: binding.help)
  }

  private static func joined(_ bindings: [KeyBinding]) -> [HelpLine] {
    guard let first = bindings.first, let last = bindings.last else { return [] }
    guard bindings.count > 1 else { return [line(first)] }
    let keys = bindings.flatMap(\.keys).map(\.description).joined()
    return [HelpLine(keys: keys, text: "\(first.help) to \(last.keys[0].description)")]
  }
}

extension Picture {
  /// The keys, from the table that binds them, and what the marks mean.
  func drawHelp(scroll: Int, over screen: Rect, on canvas: inout Canvas) {
    let blocks = HelpLine.all() + [Self.marks, Self.mouse]
    let columnCount = screen.width >= 116 ? 3 : screen.width >= 72 ? 2 : 1
    let spaced = flow(blocks, into: columnCount, gap: 1)
    let isTall = spaced.contains { $0.count > screen.height - 2 }
    let columns = isTall ? flow(blocks, into: columnCount, gap: 0) : spaced
    let rows = columns.map(\.count).max() ?? 0
    let width = min(screen.width, 124)
    let area = screen.centred(width: width, height: rows + 2)
    let inside = overlayFrame(area, title: "HELP", note: "Esc closes", on: &canvas)
    let first = min(max(0, scroll), max(0, rows - inside.height))
    let columnWidth = inside.width / columnCount
    for (place, lines) in columns.enumerated() {
      let x = inside.x + place * columnWidth
      let keys = lines.map { TextWidth.of($0.keys) }.max() ?? 0
      for (row, line) in lines.dropFirst(first).prefix(inside.height).enumerated() {
        let area = Rect(x: x, y: inside.y + row, width: columnWidth - 1, height: 1)
        draw(line, keys: keys + 2, in: area, on: &canvas)
      }
    }
    let bar = Rect(x: area.right - 1, y: inside.y, width: 1, height: inside.height)
    canvas.scrollBar(
      bar,
      shown: first..<min(rows, first + inside.height),
      count: rows,
      glyphs: glyphs,
      role: .frameFocused
    )
  }

  private func draw(_ line: HelpLine, keys: Int, in area: Rect, on canvas: inout Canvas) {
    guard !line.isHeading else {
      canvas.write(line.text, x: area.x, y: area.y, in: area, role: .header)
      return
    }
    canvas.write(line.keys, x: area.x, y: area.y, in: area, role: .key)
    canvas.writeTruncated(
      line.text,
      x: area.x + keys,
      y: area.y,
      width: area.width - keys,
      in: area,
      glyphs: glyphs,
      role: .hint
    )
  }

  /// Spreads blocks over columns of about the same height, with `gap` empty lines (0 or 1) between two.
  private func flow(_ blocks: [[HelpLine]], into count: Int, gap: Int) -> [[HelpLine]] {
    let total = blocks.reduce(0) { $0 + $1.count + gap }
    var columns: [[HelpLine]] = [[]]
    for block in blocks {
      let height = columns[columns.count - 1].count
      if height > 0, columns.count < count, height + block.count / 2 > total / count {
        columns.append([])
      }
      if gap > 0, !columns[columns.count - 1].isEmpty {
        columns[columns.count - 1].append(HelpLine(keys: "", text: ""))
      }
      columns[columns.count - 1] += block
    }
    return columns
  }

  private static let mouse: [HelpLine] = [
    HelpLine(keys: "", text: "MOUSE, WHILE IT IS ON"),
    HelpLine(keys: "click", text: "does what is there"),
    HelpLine(keys: "twice", text: "opens, as Enter"),
    HelpLine(keys: "Shift-drag", text: "selects text"),
  ]

  private static let marks: [HelpLine] = [
    HelpLine(keys: "", text: "MARKS"),
    HelpLine(keys: "!1 !2", text: "refuel: critical, soon"),
    HelpLine(keys: "x  -", text: "lost, disconnected"),
    HelpLine(keys: "~  ?", text: "silent, never heard"),
  ]
}
