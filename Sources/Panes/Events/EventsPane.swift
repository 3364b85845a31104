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
    case .alarmRaised(let kind): kind.row.look.mark
    case .alarmCleared: "ok"
    }
  }

  /// Whether somebody may have to act on it.
  var isBad: Bool {
    switch self {
    case .lastWill, .alarmRaised: true
    case .disconnected, .online, .stale, .refuelled, .alarmCleared: false
    }
  }

  var role: Role {
    switch self {
    case .lastWill: .lost
    case .disconnected: .label
    case .stale: .stale
    case .online, .refuelled: .text
    case .alarmRaised(let kind): kind.row.look.tone.role
    case .alarmCleared: .label
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
    let lines = state.eventLines.dropFirst(first).prefix(inside.height)
    guard !lines.isEmpty else { return explain(emptyEvents, in: inside) }
    for (row, line) in lines.enumerated() {
      switch line {
      case .event(let event): draw(event, in: inside.row(row))
      case .member(let event): draw(event, in: inside.row(row).split(left: 1).rest)
      case .burst(let burst, let isOpen): draw(burst, isOpen: isOpen, in: inside.row(row))
      }
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
    let rest = drawMoment(event.stamp, event.kind, isRetained: event.isRetained, in: body)
    let generator = FleetRow(event.generator, state)
    let idWidth = idWidth(in: rest.width)
    canvas.writeTruncated(generator.id, in: rest.split(left: idWidth).left)
    let afterID = rest.split(left: idWidth + 2).rest
    let (words, site) = afterID.split(left: max(16, min(22, afterID.width / 2)))
    canvas.writeTruncated(
      self.words(of: event.kind, event.amount, generator),
      in: words.split(right: site.width > 0 ? 2 : 0).rest,
      role: event.kind.isBad ? .text : .label
    )
    drawSite(generator, in: site)
  }

  /// Many events that came together; Enter opens them.
  private mutating func draw(_ burst: EventBurst, isOpen: Bool, in line: Rect) {
    let isRetained = burst.isRetained
    let rest = drawMoment(burst.stamp, burst.kind, isRetained: isRetained, in: margin(line))
    canvas.write(isOpen ? "-" : "+", in: rest, role: .accent)
    let words = burst.words(of: state.fleet)
    let role: Role = burst.kind.isBad ? .text : .label
    canvas.writeTruncated(words, in: rest.split(left: 2).rest, role: role, flags: .bold)
  }

  /// The mark and the time of what happened; gives the room behind them.
  private mutating func drawMoment(
    _ stamp: Stamp,
    _ kind: FleetEvent.Kind,
    isRetained: Bool,
    in body: Rect
  ) -> Rect {
    canvas.write(kind.mark, in: body, role: kind.role)
    let isWide = body.width >= 46
    let (time, rest) = body.split(left: 3).rest.split(left: isWide ? 10 : 7)
    let moment = isRetained ? "before" : state.moment(stamp.wall, seconds: isWide)
    canvas.write(moment, in: time, role: .label)
    return rest
  }

  /// What happened, in as few words as there is room for among others.
  func words(of kind: FleetEvent.Kind, _ amount: Double?, _ generator: FleetRow) -> String {
    let span = amount.map(Figures.age)
    switch kind {
    case .lastWill: return "last will"
    case .disconnected: return "disconnected"
    case .online: return span.map { "back after \($0)" } ?? "online"
    case .stale: return span.map { "stale after \($0)" } ?? "stale"
    case .refuelled: return "refuelled" + (amount.map { " +\(fuel($0, of: generator))" } ?? "")
    case .alarmRaised(let kind): return kind.row.words.raised
    case .alarmCleared(let kind): return kind.row.words.cleared
    }
  }
}
