import Dashboard
import Model
import Terminal

/// A line of help: the keys and what they do; a heading has no keys.
struct HelpLine: Equatable {
  var keys = ""
  var text: String
  var isHeading: Bool { keys.isEmpty && !text.isEmpty }

  /// All lines, made of the key table alone.
  ///
  /// Commands that differ by a number, as those of the regions, share a line; so do opposites. What has
  /// no key is left out.
  static func all(_ keys: KeyTable) -> [[HelpLine]] {
    KeyBinding.Group.allCases.map { group in
      var lines: [HelpLine] = []
      var numbered: [KeyBinding] = []
      for binding in keys.bindings where binding.group == group {
        if binding.command.regionNumber ?? 0 > 0 {
          numbered.append(binding)
        } else if binding.help.isEmpty, !lines.isEmpty {
          lines[lines.count - 1].keys += " " + names(binding)
        } else {
          lines += joined(numbered)
          lines.append(HelpLine(keys: names(binding), text: binding.help))
          numbered = []
        }
      }
      lines += joined(numbered)
      return [HelpLine(text: group.rawValue)] + lines.compactMap(\.shown)
    }
  }

  /// The lines of a block that have `text` in them, under their heading; all for an empty text.
  ///
  /// Capitals do not matter in words; in keys they do, for `e` is not `E`.
  static func found(_ text: String, in block: [HelpLine]) -> [HelpLine] {
    guard !text.isEmpty else { return block }
    let word = text.lowercased()
    let isOfTopic = block.first.map { $0.isHeading && $0.text.lowercased().contains(word) } ?? false
    let lines = block.filter { line in
      guard !line.isHeading else { return false }
      return isOfTopic || line.text.lowercased().contains(word)
        || line.keys.split(separator: " ").contains { $0 == text }
    }
    return lines.isEmpty ? [] : block.prefix(1) + lines
  }

  /// The line without spaces where a command has no key; nil if none of its commands has one.
  private var shown: HelpLine? {
    let names = keys.split(separator: " ").joined(separator: " ")
    return names.isEmpty ? nil : HelpLine(keys: names, text: text)
  }

  private static func names(_ binding: KeyBinding) -> String {
    binding.keys.map(\.description).joined(separator: " ")
  }

  private static func joined(_ bindings: [KeyBinding]) -> [HelpLine] {
    let bound = bindings.filter { !$0.keys.isEmpty }
    guard let first = bound.first, let last = bound.last, bound.count > 1 else {
      return bound.map { HelpLine(keys: names($0), text: $0.help) }
    }
    let all = bound.flatMap(\.keys).map(\.description)
    let isShort = all.allSatisfy { $0.count == 1 }
    let number = last.command.regionNumber ?? 0
    return [
      HelpLine(keys: all.joined(separator: isShort ? "" : " "), text: "\(first.help) to \(number)")
    ]
  }
}

extension Picture {
  /// The keys, from the table that binds them, and what the marks mean.
  mutating func drawHelp(_ page: HelpPage) {
    let all = HelpLine.all(state.keys) + [Self.marks, Self.mouse]
    let blocks = all.map { HelpLine.found(page.text, in: $0) }.filter { !$0.isEmpty }
    let columnCount = canvas.bounds.width >= 116 ? 3 : canvas.bounds.width >= 72 ? 2 : 1
    let spaced = flow(blocks, into: columnCount, gap: 1)
    let isTall = spaced.contains { $0.count > canvas.bounds.height - 2 }
    let columns = isTall ? flow(blocks, into: columnCount, gap: 0) : spaced
    let rows = max(1, columns.map(\.count).max() ?? 0)
    // Searching does not make it jump: it keeps the height of all of it.
    let full = flow(all, into: columnCount, gap: isTall ? 0 : 1).map(\.count).max() ?? 0
    let area = canvas.bounds.centred(width: 124, height: max(rows, full) + 2)
    let inside = overlayFrame(area, title: title(of: page), note: note(of: page))
    if blocks.isEmpty { explain(["no key and no help text contains that"], in: inside) }
    let shown = scroll(.help, to: state.overlayScroll, lines: rows, in: area)
    let columnWidth = inside.width / columnCount
    for (place, lines) in columns.enumerated() {
      let x = inside.x + place * columnWidth
      let keys = lines.map { TextWidth.of($0.keys) }.max() ?? 0
      for (row, line) in lines.dropFirst(shown.lowerBound).prefix(shown.count).enumerated() {
        let area = Rect(x: x, y: inside.y + row, width: columnWidth - 1, height: 1)
        draw(line, keys: keys, in: area)
      }
    }
  }

  private func title(of page: HelpPage) -> String {
    guard page.isTyping || !page.text.isEmpty else { return "HELP" }
    return "HELP / \(page.text)" + (page.isTyping ? "_" : "")
  }

  private func note(of page: HelpPage) -> String {
    page.isTyping || !page.text.isEmpty ? "Esc shows all" : "/ searches, Esc closes"
  }

  mutating func draw(_ line: HelpLine, keys: Int, in row: Rect) {
    guard !line.isHeading else { return _ = canvas.write(line.text, in: row, role: .header) }
    canvas.write(glyphs.cut(line.keys, to: keys), in: row, role: .key)
    canvas.writeTruncated(line.text, in: row.split(left: keys + 2).rest, role: .hint)
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
        columns[columns.count - 1].append(HelpLine(text: ""))
      }
      columns[columns.count - 1] += block
    }
    return columns
  }

  private static let mouse: [HelpLine] = [
    HelpLine(text: "MOUSE, WHILE IT IS ON"),
    HelpLine(keys: "click", text: "acts on what is there"),
    HelpLine(keys: "twice", text: "opens, as Enter"),
    HelpLine(keys: "Shift-drag", text: "selects text"),
  ]

  private static let marks: [HelpLine] = [
    HelpLine(text: "MARKS"),
    HelpLine(keys: "!1 !2", text: "\(AlarmKind.commonName): critical, soon"),
    HelpLine(keys: "x  -", text: "lost, disconnected"),
    HelpLine(keys: "~  ?", text: "stale, never heard"),
  ]
}
