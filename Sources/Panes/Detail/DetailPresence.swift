import Wording
import Dashboard
import Model
import Terminal

/// What was known of a generator's presence in a span of time.
private enum PresenceState {
  case unknown, there, lost, disconnected, silent
}

extension Picture {
  /// When the generator was there in the last hour, and what happened to it.
  mutating func drawPresence(_ subject: FleetRow, in area: Rect) {
    let events = state.fleet.ownEvents[subject.index]
    let count = events.count
    let note = glyphs.cut(presence(subject), to: max(0, area.width - 18))
    let body = margin(frame(.detailPresence, area, note: note))
    guard body.height >= 1, body.width >= 16 else { return }
    drawPresenceBar(subject, in: body.row(0))
    let hasAxis = body.height >= 4
    if hasAxis { drawAxis(TimeScale(body.row(1)), in: body.row(1)) }
    let list = body.split(top: hasAxis ? 2 : 1).rest
    guard count > 0 else {
      return explain(list.height > 0 ? ["no events yet"] : [], in: list)
    }
    // The newest first.
    let shown = window(of: .detailPresence, rows: list.height, count: count)
    for (row, place) in shown.enumerated() {
      draw(events[count - 1 - place], subject, in: list.row(row))
      highlight(.detailPresence, line: place, row: list.row(row))
    }
  }

  private mutating func drawPresenceBar(_ subject: FleetRow, in row: Rect) {
    let events = state.fleet.ownEvents[subject.index]
    let scale = TimeScale(row)
    let places = Metric.allCases.prefix(4).map { slots($0, of: subject) }
    let heard = (0..<History.slots).map { slot in places.contains { $0[slot] != nil } ? 1.0 : nil }
    let wasHeard = scale.spread(heard, perColumn: 1)
    for column in 0..<scale.past {
      let seconds = Double(column + 1 - scale.past) * scale.secondsPerColumn
      let (scalar, role): (Unicode.Scalar, Role) =
        switch presence(seconds, wasHeard: wasHeard[column] != nil, events) {
        case .unknown: (glyphs.dotted, .label)
        case .there: (glyphs.bars[5], .chartFill)
        case .lost: ("x", .lost)
        case .disconnected: ("-", .label)
        case .silent: ("~", .stale)
        }
      canvas.put(scalar, x: row.x + column, y: row.y, in: row, role: role)
    }
  }

  /// How it stood `seconds` from now: after the event before that, else whether it was heard then.
  private func presence(
    _ seconds: Double,
    wasHeard: Bool,
    _ events: [GeneratorEvent]
  ) -> PresenceState {
    let time = state.now.monotonic &+ Int64(seconds: seconds)
    let before = events.last { event in
      event.kind.alarm == nil && event.kind != .refuelled && event.stamp.monotonic <= time
        && !event.isRetained
    }
    switch before?.kind {
    case .lastWill: return .lost
    case .disconnected: return .disconnected
    case .stale: return .silent
    case .online: return .there
    case .refuelled, .alarmRaised, .alarmCleared, nil: return wasHeard ? .there : .unknown
    }
  }

  private mutating func draw(_ event: GeneratorEvent, _ subject: FleetRow, in row: Rect) {
    let isWide = row.width >= 40
    let moment = event.isRetained ? "before" : state.moment(event.stamp.wall, seconds: isWide)
    let (mark, rest) = row.split(left: 3)
    canvas.write(event.kind.mark, in: mark, role: event.kind.role)
    let (time, words) = rest.split(left: isWide ? 10 : 7)
    canvas.write(moment, in: time, role: .label)
    canvas.writeTruncated(self.words(of: event, subject), in: words)
  }

  private func words(of event: GeneratorEvent, _ subject: FleetRow) -> String {
    switch event.kind {
    case .lastWill: return "last will: it vanished without a goodbye"
    case .disconnected: return "disconnected: it said goodbye"
    case .online, .stale, .refuelled: return self.words(of: event.kind, event.amount, subject)
    case .alarmRaised(let kind): return kind.row.words.raised + value(of: event, kind, subject)
    case .alarmCleared(let kind): return kind.row.words.cleared + value(of: event, kind, subject)
    }
  }

  /// The value at which an alarm was raised or cleared, if it is known.
  private func value(of event: GeneratorEvent, _ kind: AlarmKind, _ subject: FleetRow) -> String {
    guard let value = event.amount else { return "" }
    let unit = state.fleet.unit(of: kind.row.metric, subject.index)
    return " at " + Figures.exact(value) + (unit.isEmpty ? "" : " \(unit)")
  }
}
