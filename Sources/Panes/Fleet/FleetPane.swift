import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The generators, a row each, under the names of the columns.
  func drawFleet(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let window = state.fleetWindow(rows: state.layout.listRows(of: .fleet))
    let inside = frame(.fleet, area, title: fleetTitle, note: fleetNote(window), on: &canvas)
    drawOutage(of: fleetFeed, over: area, on: &canvas)
    guard !inside.isEmpty else { return }
    // The last column is the scroll bar's.
    let (bar, table) = inside.split(right: inside.width >= 40 ? 1 : 0)
    let isBoxed = state.layout.style == .boxed
    let body = isBoxed ? table.inset(columns: 1, rows: 0) : table
    let columns = fleetColumns(in: body)
    let (heading, list) = inside.split(top: state.layout.style == .minimal ? 0 : 1)
    if !heading.isEmpty { drawHeadings(columns, y: heading.y, in: body, on: &canvas) }
    guard state.lines.count > 0 else { return explain(emptyFleet, in: list, on: &canvas) }
    let rows = Rect(x: body.x, y: list.y, width: body.width, height: list.height)
    drawLines(window, columns, in: rows, on: &canvas)
    if !bar.isEmpty {
      let track = Rect(
        x: bar.x,
        y: list.y + window.fixed,
        width: 1,
        height: max(0, list.height - window.fixed)
      )
      canvas.scrollBar(track, shown: window.scrolled, count: state.lines.count, glyphs: glyphs)
    }
  }

  private func isLeftOut(_ column: FleetColumn) -> Bool {
    !state.shows(column) || state.isLowBandwidth && column.row.isCostly
  }

  /// The columns that are chosen and have room.
  func fleetColumns(in body: Rect) -> FleetColumns {
    FleetColumns(
      body,
      ids: state.widestID,
      names: state.widestName,
      regions: state.fleet.regions.prefix(200).reduce(0) { max($0, TextWidth.of($1)) },
      hidden: Set(FleetColumn.allCases.filter(isLeftOut)),
      scrolled: state.columnScroll
    )
  }

  private func drawLines(
    _ window: FleetWindow,
    _ columns: FleetColumns,
    in list: Rect,
    on canvas: inout Canvas
  ) {
    let seen = window.lines.compactMap { line in state.lines[line].map { (line, $0) } }
    let generators = seen.compactMap { _, line -> Reading? in
      guard case .generator(let place) = line else { return nil }
      return state.fleet.reading(of: state.visible[place])
    }
    let places = Places(generators)
    for (offset, (number, kind)) in seen.enumerated() where offset < list.height {
      let line = list.row(offset)
      switch kind {
      case .heading(let group):
        spots.add(line, .heading(group.kind))
        spots.add(line.split(left: 6).left, .sign(group.kind))
        draw(group, isCursor: number == window.cursor, in: line, on: &canvas)
      case .generator(let place):
        let row = FleetRow(state.visible[place], state)
        spots.add(line, .generator(row.index))
        draw(row, places, columns, in: line, on: &canvas)
        if number == window.cursor { point(at: row, in: line, on: &canvas) }
        drawMatches(row, columns, in: line, on: &canvas)
      }
    }
    // What is pinned stands apart from what scrolls.
    guard window.fixed > 0, !state.isGrouped else { return }
    canvas.restyle(list.row(window.fixed - 1), adding: .underline)
  }

  private var fleetTitle: String {
    state.regions.isEmpty ? "FLEET" : "FLEET  " + state.regions.joined(separator: ", ")
  }

  private func fleetNote(_ window: FleetWindow) -> String {
    let direction = state.sort.isInverted ? ", \(state.sort.direction)" : ""
    let order = "by \(state.sort.column.title)\(direction)"
    guard state.lines.count > 0 else { return "" }
    let places = window.scrolled.compactMap { line -> Int? in
      if case .generator(let place) = state.lines[line] { place } else { nil }
    }
    let range = places.first.map { "\($0 + 1)-\((places.last ?? $0) + 1) of " } ?? ""
    return "\(range)\(state.visible.count)\(glyphs.dot)\(order)"
  }

  /// The feed that the values of most rows come by.
  private var fleetFeed: FeedKind { state.fleet.policy.hasRawFeed ? state.rawFeed : .kafka }

  /// A dead feed, across the top of the pane whose values it makes old.
  func drawOutage(of feed: FeedKind, over area: Rect, on canvas: inout Canvas) {
    guard state.layout.style != .minimal, let outage = state.outage(of: feed) else { return }
    // The corners of a frame stay.
    let edge = state.layout.style == .boxed ? 1 : 0
    let row = area.row(0).inset(columns: edge, rows: 0)
    let text = outage.text(
      at: state.now.monotonic,
      glyphs: glyphs,
      consequence: state.fleet.count == 0 ? "" : "values are old"
    )
    canvas.fill(row, role: .banner)
    canvas.writeTruncated(
      text,
      x: row.x + 2 - edge,
      y: row.y,
      width: row.width - 2 * (2 - edge),
      in: row,
      glyphs: glyphs,
      role: .banner
    )
  }

  /// Shows the cursor: the row in reverse, its mark in its own colour.
  func point(at row: FleetRow, in line: Rect, on canvas: inout Canvas) {
    let isFocused = state.focus == .fleet && state.overlay == nil
    if state.layout.style == .boxed {
      let role: Role = isFocused ? .accent : .frame
      canvas.put(glyphs.pointer, x: line.x - 1, y: line.y, role: role)
    }
    guard isFocused else { return canvas.restyle(line, adding: .bold) }
    // What is old looks so under the cursor too, and can be read: dim text on the cursor's ground could not.
    let afterMark = line.split(left: 3).rest
    let (role, flags): (Role, CellFlags) = row.isCurrent ? (.selection, []) : (.stale, .reverse)
    canvas.restyle(afterMark, role: role, adding: flags)
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
