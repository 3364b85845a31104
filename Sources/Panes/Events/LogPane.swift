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
  mutating func drawLog(in area: Rect) {
    let log = state.log
    let end = "\(state.keys.name(of: .last)) goes to the end"
    let follows = log.unread == 0 ? end : "+\(log.unread) new, \(end)"
    let note = log.cursor == nil ? "follows the newest" : follows
    let inside = frame(.log, area, title: "LOG OF EGTOP \(log.total)", note: note)
    guard log.count > 0 else { return explain(["no entries yet"], in: inside) }
    let (bar, list) = inside.split(right: inside.width >= 40 ? 1 : 0)
    let body = margin(list)
    // The cursor keeps to the middle, and to the end while it follows.
    let first = max(0, min(log.line - body.height / 2, log.count - body.height))
    let shown = first..<min(log.count, first + body.height)
    let sources = shown.reduce(0) { max($0, TextWidth.of(log[$1]?.source ?? "")) }
    for (row, place) in shown.enumerated() {
      guard let entry = log[place] else { continue }
      draw(entry, sources: min(sources, 10), in: body.row(row))
      guard log.cursor != nil, place == log.line, state.overlay == nil else { continue }
      canvas.restyle(body.row(row), role: .selection)
    }
    canvas.scrollBar(bar, shown: shown, count: log.count)
  }

  private mutating func draw(_ entry: ProgramLog.Entry, sources: Int, in line: Rect) {
    let isWide = line.width >= 60
    let (time, rest) = line.split(left: isWide ? 10 : 6)
    let moment = state.moment(entry.stamp.wall, seconds: isWide)
    canvas.write(moment, in: time, role: .label)
    let (mark, words) = rest.split(left: 3)
    canvas.write(entry.level.mark, in: mark, role: entry.level.role)
    let (source, text) = words.split(left: sources + 2)
    canvas.writeTruncated(entry.source, in: source.split(left: sources).left, role: .label)
    canvas.writeTruncated(entry.text, in: text, role: entry.level >= .notice ? .text : .label)
  }
}
