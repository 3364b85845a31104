import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The generators, a row each, under the names of the columns.
  mutating func drawFleet(in area: Rect) {
    let window = state.fleetWindow(rows: state.layout.listRows(of: .fleet))
    let inside = frame(.fleet, area, title: fleetTitle, note: fleetNote(window))
    drawOutage(of: fleetFeed, over: area)
    guard !inside.isEmpty else { return }
    // The last column is the scroll bar's.
    let (bar, table) = inside.split(right: inside.width >= 40 ? 1 : 0)
    let body = margin(table)
    let columns = FleetColumns(body, state)
    let (heading, rows) = body.split(top: state.layout.style == .minimal ? 0 : 1)
    if !heading.isEmpty { drawHeadings(columns, in: heading) }
    guard state.lines.count > 0 else {
      return explain(emptyFleet, in: inside.split(top: heading.height).rest)
    }
    drawLines(window, columns, in: rows)
    let track = bar.split(top: heading.height + window.fixed).rest
    canvas.scrollBar(track, shown: window.scrolled, count: state.lines.count)
  }

  private mutating func drawLines(_ window: FleetWindow, _ columns: FleetColumns, in list: Rect) {
    let (seen, places) = lines(of: window)
    for (offset, (number, kind)) in seen.enumerated() where offset < list.height {
      let line = list.row(offset)
      switch kind {
      case .heading(let group):
        spots.add(line, .heading(group.kind))
        spots.add(line.split(left: 6).left, .sign(group.kind))
        draw(group, isCursor: number == window.cursor, in: line)
      case .generator(let place):
        let row = row(at: place)
        spots.add(line, .generator(row.index))
        draw(row, places, columns, in: line)
        if number == window.cursor { point(at: row, in: line) }
        drawMatches(row, columns, in: line)
      }
    }
    // What is pinned stands apart from what scrolls.
    guard window.fixed > 0, !state.isGrouped else { return }
    canvas.restyle(list.row(window.fixed - 1), adding: .underline)
  }

  // Both apart from where they are drawn: there the whole fleet would be copied for each row, since the picture changes.

  /// The lines that are seen, by their numbers, and the decimals of the values in them.
  @inline(never)
  private func lines(of window: FleetWindow) -> ([(number: Int, line: FleetLine)], Places) {
    // A plain loop: a closure would take a copy of the whole fleet for each.
    var seen: [(number: Int, line: FleetLine)] = []
    var readings: [Reading] = []
    for number in window.lines {
      guard let line = state.lines[number] else { continue }
      seen.append((number, line))
      guard case .generator(let place) = line else { continue }
      readings.append(state.fleet.reading(of: state.visible[place]))
    }
    return (seen, Places(readings))
  }

  @inline(never)
  private func row(at place: Int) -> FleetRow { FleetRow(state.visible[place], state) }

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
  mutating func drawOutage(of feed: FeedKind, over area: Rect) {
    guard state.layout.style != .minimal, let outage = state.outage(of: feed) else { return }
    // The corners of a frame stay.
    let row = margin(area.row(0))
    let consequence = state.fleet.count == 0 ? "" : "values are old"
    let text = outage.text(at: state.now.monotonic, glyphs: glyphs, consequence: consequence)
    canvas.fill(row, role: .banner)
    canvas.writeTruncated(text, in: area.row(0).inset(columns: 2, rows: 0), role: .banner)
  }

  /// Shows the cursor: the row in reverse, its mark in its own colour.
  mutating func point(at row: FleetRow, in line: Rect) {
    guard drawPointer(.fleet, at: line) else { return }
    // What is old looks so under the cursor too, and can be read: dim text on the cursor's ground could not.
    let (role, flags): (Role, CellFlags) = row.isCurrent ? (.selection, []) : (.stale, .reverse)
    canvas.restyle(line.split(left: 3).rest, role: role, adding: flags)
  }

  /// The mark before the cursor's line, which is only bold while the keys go elsewhere.
  ///
  /// - Returns: Whether they go to `pane`.
  mutating func drawPointer(_ pane: PaneID, at line: Rect) -> Bool {
    let role: Role = hasKeys(pane) ? .accent : .frame
    if isBoxed { canvas.put(glyphs.pointer, x: line.x - 1, y: line.y, role: role) }
    if !hasKeys(pane) { canvas.restyle(line, adding: .bold) }
    return hasKeys(pane)
  }

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
    if let foreign = state.fleet.notUnderstood(feed) {
      let rate = feed == .mqtt ? state.fleet.mqttRate(at: state.now.monotonic) : nil
      return (rate.map { Figures.rate($0) + ", " } ?? "") + foreign
    }
    guard feed == .kafka else { return "subscribed, nothing yet" }
    guard let progress = traffic.enrichedProgress else { return "connected, looking for topics" }
    if progress.names.isEmpty { return "no topic found: \(state.options.enrichedTopics)" }
    return progress.hasReadHistory ? "read to the end, nothing yet" : "reading the last hour"
  }
}
