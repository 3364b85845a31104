import Dashboard
import Model
import Terminal

extension Picture {
  /// The generators, a row each, under the names of the columns.
  func drawFleet(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let rows = state.layout.listRows(of: .fleet)
    let (first, cursor) = state.fleetWindow(rows: rows)
    let shown = first..<min(state.visible.count, first + rows)
    let inside = frame(.fleet, area, title: fleetTitle, note: fleetNote(shown), on: &canvas)
    drawOutage(of: fleetFeed, over: area, on: &canvas)
    guard !inside.isEmpty else { return }
    // The last column is the scroll bar's.
    let (bar, table) = inside.split(right: inside.width >= 40 ? 1 : 0)
    let isBoxed = state.layout.style == .boxed
    let body = isBoxed ? table.inset(columns: 1, rows: 0) : table
    let columns = FleetColumns(
      body,
      ids: state.widestID,
      names: state.widestName,
      regions: state.fleet.regions.prefix(200).reduce(0) { max($0, TextWidth.of($1)) }
    )
    let (heading, list) = inside.split(top: state.layout.style == .minimal ? 0 : 1)
    if !heading.isEmpty { drawHeadings(columns, y: heading.y, in: body, on: &canvas) }
    guard !shown.isEmpty else { return explain(emptyFleet, in: list, on: &canvas) }
    let generators = state.visible[shown].map { FleetRow($0, state) }
    let places = Places(generators.map(\.reading))
    for (offset, row) in generators.enumerated() {
      let line = Rect(x: body.x, y: list.y + offset, width: body.width, height: 1)
      draw(row, places, columns, in: line, on: &canvas)
      if first + offset == cursor { point(at: row, in: line, on: &canvas) }
    }
    if !bar.isEmpty {
      let track = Rect(x: bar.x, y: list.y, width: 1, height: list.height)
      canvas.scrollBar(track, shown: shown, count: state.visible.count, glyphs: glyphs)
    }
  }

  private var fleetTitle: String {
    state.regions.isEmpty ? "FLEET" : "FLEET  " + state.regions.joined(separator: ", ")
  }

  private func fleetNote(_ shown: Range<Int>) -> String {
    let direction = state.sort.isInverted ? ", turned round" : ""
    let order = "by \(state.sort.column.title)\(direction)"
    guard !shown.isEmpty else { return "" }
    return
      "\(shown.lowerBound + 1)-\(shown.upperBound) of \(state.visible.count)\(glyphs.dot)\(order)"
  }

  /// The feed that the values of most rows come by.
  private var fleetFeed: FeedKind { state.fleet.policy.hasRawFeed ? state.rawFeed : .kafka }

  /// A dead feed, across the top of the pane whose values it makes old.
  func drawOutage(of feed: FeedKind, over area: Rect, on canvas: inout Canvas) {
    guard state.layout.style != .minimal, let outage = state.outage(of: feed) else { return }
    let row = area.row(0)
    let text = outage.text(
      at: state.now.monotonic,
      glyphs: glyphs,
      consequence: state.fleet.count == 0 ? "" : "values are old"
    )
    canvas.fill(row, role: .banner)
    canvas.writeTruncated(
      text,
      x: row.x + 2,
      y: row.y,
      width: row.width - 4,
      in: row,
      glyphs: glyphs,
      role: .banner
    )
  }

  /// Shows the cursor: the row in reverse, its mark in its own colour.
  private func point(at row: FleetRow, in line: Rect, on canvas: inout Canvas) {
    let isFocused = state.focus == .fleet && state.overlay == nil
    if state.layout.style == .boxed {
      let role: Role = isFocused ? .accent : .frame
      canvas.put(glyphs.pointer, x: line.x - 1, y: line.y, role: role)
    }
    guard isFocused else { return canvas.restyle(line, adding: .bold) }
    // What is old stays dim under the cursor too.
    let afterMark = line.split(left: 3).rest
    canvas.restyle(afterMark, role: .selection, adding: row.isCurrent ? [] : .dim)
  }

  private func drawHeadings(
    _ columns: FleetColumns,
    y: Int,
    in body: Rect,
    on canvas: inout Canvas
  ) {
    for place in columns.places {
      let isSorted = place.column.sort == state.sort.column
      let arrow = state.sort.isInverted ? glyphs.arrowDown : glyphs.arrowUp
      let text = heading(place) + (isSorted ? String(Character(arrow)) : "")
      let shown = TextWidth.truncate(text, to: place.width, ellipsis: glyphs.ellipsis)
      let role: Role = isSorted ? .accent : .header
      let area = Rect(x: place.x, y: y, width: place.width, height: 1)
      if place.column.isNumber {
        canvas.writeRight(shown, right: area.right, y: y, in: body, role: role)
      } else {
        canvas.write(shown, x: area.x, y: y, in: body, role: role)
      }
    }
  }

  private func heading(_ place: FleetColumns.Place) -> String {
    let policy = state.fleet.policy
    return switch place.column {
    case .mark: ""
    case .id: place.width >= 9 ? "GENERATOR" : "GEN"
    case .name: "NAME"
    case .region: "REGION"
    case .gauge:
      policy.tank > 0 && place.width >= 20
        ? "FUEL  refuel \(Figures.number(policy.refuelMark / policy.tank * 100))%" : "FUEL"
    case .percent: "%"
    case .fuel: policy.unit.isEmpty ? "UNITS" : String(policy.unit.prefix(6))
    case .timeToEmpty: "EMPTY"
    case .load: "LOAD%"
    case .power: "POWER"
    case .temperature: "TEMP"
    case .age: "AGE"
    case .trend: "FUEL 60 MIN"
    }
  }
}

extension Picture {
  /// Why there is no row, and what to do about it.
  private var emptyFleet: [String] {
    guard state.fleet.count == 0 else {
      var lines = ["no generator to show; \(state.fleet.count) are hidden"]
      if !state.filter.isEmpty {
        lines.append("none matches the filter \"\(state.filter.text)\"\(glyphs.dot)Esc clears it")
      }
      if state.abnormalOnly { lines.append("abnormal only is on\(glyphs.dot)! turns it off") }
      if !state.regions.isEmpty {
        let names = state.regions.joined(separator: ", ")
        lines.append("region \(names)\(glyphs.dot)0 shows all regions")
      }
      return lines
    }
    return FeedKind.allCases.map(emptyReason)
  }

  private func emptyReason(_ feed: FeedKind) -> String {
    let address = feed == .mqtt ? state.options.mqttAddress : state.options.kafkaAddress
    let name = address.map { "\(feed.rawValue) \($0)" } ?? feed.rawValue
    let now = state.now.monotonic
    switch state.fleet.traffic.status(feed) {
    case .off: return "\(feed.rawValue): not configured"
    case .connecting: return "\(name): connecting"
    case .retrying(let reason, let nextTry, _):
      let next = Figures.countdown((nextTry &- now).seconds)
      return "\(name): \(reason), next try in \(next)"
    case .degraded(let reason): return "\(name): \(reason)"
    case .live: return "\(name): \(silence(of: feed))"
    }
  }

  private func silence(of feed: FeedKind) -> String {
    let traffic = state.fleet.traffic
    guard feed == .kafka else { return "subscribed, nothing yet" }
    guard let progress = traffic.enrichedProgress else { return "connected, looking for topics" }
    if progress.names.isEmpty { return "no topic found: \(state.options.enrichedTopics)" }
    return progress.hasReadHistory ? "read to the end, nothing yet" : "reading the last hour"
  }
}
