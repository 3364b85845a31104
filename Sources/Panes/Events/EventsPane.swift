import Wording
import Dashboard
import Model
import Terminal

extension FleetEvent.Kind {
  /// Its shape in the list.
  var mark: String {
    switch self {
    case .lastWill: "x"
    case .disconnected: "-"
    case .online: ">"
    case .stale: "~"
    case .refuelled: "+"
    }
  }

  var role: Role {
    switch self {
    case .lastWill: .lost
    case .disconnected: .label
    case .stale: .stale
    case .online, .refuelled: .text
    }
  }
}

extension Picture {
  /// What happened to generators that are shown, the newest first.
  mutating func drawEvents(in area: Rect) {
    let lost = state.fleet.counts.lost
    let note = lost > 0 ? "lost now \(lost)" : ""
    let inside = frame(.events, area, note: note)
    let first = max(0, state.scrolls[.events] ?? 0)
    let events = state.events(inside.height, skipping: first)
    guard !events.isEmpty else { return explain(emptyEvents, in: inside) }
    for (row, event) in events.enumerated() {
      draw(event, in: inside.row(row))
      highlight(.events, line: first + row, row: inside.row(row))
    }
  }

  private var emptyEvents: [String] {
    switch state.fleet.traffic.status(.mqtt) {
    case .off: ["no last will can be seen without MQTT"]
    default: [state.fleet.events.count == 0 ? "no events yet" : "none of those shown"]
    }
  }

  private mutating func draw(_ event: FleetEvent, in line: Rect) {
    let body = margin(line)
    canvas.write(event.kind.mark, in: body, role: event.kind.role)
    let isWide = body.width >= 46
    let (time, rest) = body.split(left: 2).rest.split(left: isWide ? 10 : 7)
    let moment = event.isRetained ? "before" : state.moment(event.stamp.wall, seconds: isWide)
    canvas.write(moment, in: time, role: .label)
    let generator = FleetRow(event.generator, state)
    let idWidth = idWidth(in: rest.width)
    canvas.writeTruncated(generator.id, in: rest.split(left: idWidth).left)
    let afterID = rest.split(left: idWidth + 2).rest
    let (words, site) = afterID.split(left: max(16, min(22, afterID.width / 2)))
    canvas.writeTruncated(
      self.words(of: event.kind, event.amount, generator),
      in: words.split(right: site.width > 0 ? 2 : 0).rest,
      role: event.kind == .lastWill ? .text : .label
    )
    drawSite(generator, in: site)
  }

  /// What happened, in as few words as there is room for among others.
  func words(of kind: FleetEvent.Kind, _ amount: Double?, _ generator: FleetRow) -> String {
    let span = amount.map(Figures.age)
    switch kind {
    case .lastWill: return "last will"
    case .disconnected: return "disconnected"
    case .online: return span.map { "back after \($0)" } ?? "online"
    case .stale: return span.map { "silent for \($0)" } ?? "silent"
    case .refuelled: return "refuelled" + (amount.map { " +\(fuel($0, of: generator))" } ?? "")
    }
  }
}
