import Dashboard
import Model
import Terminal

extension ProgramLog.Level {
  /// Its shape, so that it is known without colour.
  var mark: String {
    switch self {
    case .info: ""
    case .notice: "*"
    case .warning: "!"
    case .error: "!!"
    }
  }

  var role: Role {
    switch self {
    case .info: .label
    case .notice: .text
    case .warning: .notice
    case .error: .warning
    }
  }
}

extension Picture {
  /// What egtop itself has to say, the newest last.
  func drawLog(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let log = state.log
    let end = "\(state.keys.name(of: .last)) goes to the end"
    let follows = log.unread == 0 ? end : "+\(log.unread) new, \(end)"
    let inside = frame(
      .log,
      area,
      title: "LOG OF EGTOP \(log.total)",
      note: log.cursor == nil ? "follows the newest" : follows,
      on: &canvas
    )
    guard log.count > 0 else { return explain(["nothing to say yet"], in: inside, on: &canvas) }
    let (bar, list) = inside.split(right: inside.width >= 40 ? 1 : 0)
    let isBoxed = state.layout.style == .boxed
    let body = isBoxed ? list.inset(columns: 1, rows: 0) : list
    // The cursor keeps to the middle, and to the end while it follows.
    let first = max(0, min(log.line - body.height / 2, log.count - body.height))
    let shown = first..<min(log.count, first + body.height)
    let sources = shown.reduce(0) { max($0, TextWidth.of(log[$1]?.source ?? "")) }
    for (row, place) in shown.enumerated() {
      guard let entry = log[place] else { continue }
      draw(entry, sources: min(sources, 10), in: body.row(row), on: &canvas)
      guard log.cursor != nil, place == log.line, state.overlay == nil else { continue }
      canvas.restyle(body.row(row), role: .selection)
    }
    canvas.scrollBar(bar, shown: shown, count: log.count, glyphs: glyphs)
  }

  private func draw(
    _ entry: ProgramLog.Entry,
    sources: Int,
    in line: Rect,
    on canvas: inout Canvas
  ) {
    let isWide = line.width >= 60
    let (time, rest) = line.split(left: isWide ? 10 : 6)
    let moment = state.moment(entry.stamp.wall, seconds: isWide)
    canvas.write(moment, x: time.x, y: time.y, in: time, role: .label)
    let (mark, words) = rest.split(left: 3)
    canvas.write(entry.level.mark, x: mark.x, y: mark.y, in: mark, role: entry.level.role)
    let (source, text) = words.split(left: sources + 2)
    canvas.writeTruncated(
      entry.source,
      x: source.x,
      y: source.y,
      width: sources,
      in: source,
      glyphs: glyphs,
      role: .label
    )
    canvas.writeTruncated(
      entry.text,
      x: text.x,
      y: text.y,
      width: text.width,
      in: text,
      glyphs: glyphs,
      role: entry.level >= .notice ? .text : .label
    )
  }
}
