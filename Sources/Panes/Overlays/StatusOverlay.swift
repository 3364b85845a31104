import Wording
import Dashboard
import Model
import Terminal

/// A line of the status page: a heading, or a label with its value.
struct StatusLine {
  var label = ""
  var value = ""
  var role = Role.text
  var isHeading = false

  static func heading(_ text: String) -> StatusLine { StatusLine(label: text, isHeading: true) }
}

extension Picture {
  /// Connections, counters, bounds and specimens: what to look at when something seems wrong.
  func drawStatus(scroll: Int, over screen: Rect, on canvas: inout Canvas) {
    let lines = statusLines
    let area = screen.centred(width: min(screen.width, 116), height: lines.count + 2)
    let inside = overlayFrame(area, title: "STATUS", note: "Esc closes", on: &canvas)
    let shown = self.scroll(
      .status,
      to: scroll,
      lines: lines.count,
      in: inside,
      of: area,
      on: &canvas
    )
    for (row, line) in lines[shown].enumerated() { draw(line, in: inside.row(row), on: &canvas) }
  }

  private func draw(_ line: StatusLine, in row: Rect, on canvas: inout Canvas) {
    guard !line.isHeading else {
      canvas.writeTruncated(
        line.label,
        x: row.x,
        y: row.y,
        width: row.width,
        in: row,
        glyphs: glyphs,
        role: .header
      )
      return
    }
    let (label, value) = row.split(left: min(20, row.width / 3))
    canvas.writeTruncated(
      line.label,
      x: label.x,
      y: label.y,
      width: label.width - 1,
      in: label,
      glyphs: glyphs,
      role: .label
    )
    canvas.writeTruncated(
      line.value,
      x: value.x,
      y: value.y,
      width: value.width,
      in: value,
      glyphs: glyphs,
      role: line.role
    )
  }

  private var statusLines: [StatusLine] {
    let groups =
      [demoLines] + FeedKind.allCases.map(connectionLines)
      + [
        readingLines, fleetLines, screenLines, noteLines, rejectedLines,
      ]
    return Array(groups.filter { !$0.isEmpty }.joined(separator: [StatusLine()]))
  }

  private var demoLines: [StatusLine] {
    guard let demo = state.options.demo else { return [] }
    return [.heading("LOOK IN FROM ANOTHER TERMINAL")]
      + demo.commands.map { StatusLine(label: $0.shows, value: $0.text) }
  }

  private func connectionLines(_ feed: FeedKind) -> [StatusLine] {
    let address = feed == .mqtt ? state.options.mqttAddress : state.options.kafkaAddress
    let name = [feed.title, address].compactMap { $0 }.joined(separator: "  ")
    let status = state.fleet.traffic.status(feed)
    let isBroken = state.outage(of: feed) != nil
    let word = StatusLine(
      label: "connection",
      value: words(of: status, feed: feed),
      role: isBroken ? .critical : status == .live || status == .off ? .text : .warning
    )
    guard status != .off else { return [.heading(name), word] }
    return [.heading(name), word] + counterLines(state.fleet.traffic.counters[feed])
  }

  private func words(of status: FeedStatus, feed: FeedKind) -> String {
    let now = state.now.monotonic
    let connectedAt = state.fleet.traffic.connectedAt(feed)
    switch status {
    case .off: return "not configured"
    case .connecting: return "connecting"
    case .live:
      return "live"
        + (connectedAt > .min ? " for \(Figures.age((now &- connectedAt).seconds))" : "")
    case .degraded(let reason): return "degraded: \(reason)"
    case .retrying(let reason, let nextTry, let attempt):
      let next = Figures.countdown((nextTry &- now).seconds)
      return "\(reason)\(glyphs.dot)next try in \(next)\(glyphs.dot)try \(attempt)"
    }
  }

  private func counterLines(_ counters: FeedCounters?) -> [StatusLine] {
    guard let counters else { return [] }
    var lines = [
      StatusLine(
        label: "received",
        value: "\(Figures.grouped(counters.received)) messages, \(Figures.bytes(counters.bytes))"
      ),
      StatusLine(
        label: "of them",
        value:
          "\(Figures.grouped(counters.samples)) readings, \(Figures.grouped(counters.presence)) presence, "
          + "\(Figures.grouped(counters.ignored)) ignored, \(Figures.grouped(counters.retained)) retained"
      ),
      StatusLine(
        label: "rejected",
        value: "\(Figures.grouped(counters.rejected))",
        role: counters.rejected > 0 ? .notice : .text
      ),
      StatusLine(label: "connections made", value: "\(counters.connections)"),
    ]
    if counters.duplicates > 0 {
      lines.append(StatusLine(label: "second deliveries", value: "\(counters.duplicates)"))
    }
    if counters.missed > 0 {
      lines.append(
        StatusLine(
          label: "missed",
          value:
            "\(Figures.grouped(counters.missed)) records that were deleted before they were read",
          role: .notice
        )
      )
    }
    if counters.beyondBound > 0 {
      lines.append(
        StatusLine(
          label: "beyond the bound",
          value: "\(counters.beyondBound) messages of generators beyond the limit",
          role: .notice
        )
      )
    }
    return lines
  }

  private var readingLines: [StatusLine] {
    let traffic = state.fleet.traffic
    guard traffic.status(.kafka) != .off else { return [] }
    var lines: [StatusLine] = [.heading("TOPICS")]
    for (name, progress) in [("enriched", traffic.enrichedProgress), ("raw", traffic.rawProgress)] {
      guard let progress else { continue }
      let names = progress.names.isEmpty ? "none found" : progress.names.joined(separator: ", ")
      let behind =
        progress.recordsBehind.map { "\(Figures.grouped($0)) behind" } ?? "position unknown"
      lines.append(StatusLine(label: name, value: names))
      lines.append(StatusLine(label: "", value: "\(progress.partitions) partitions, \(behind)"))
    }
    lines.append(
      StatusLine(
        label: "last hour",
        value: traffic.hasReadHistory ? "has been read" : "being read"
      )
    )
    guard let group = state.fleet.policy.sinkGroup else { return lines }
    let lag = traffic.groupLag
    let seconds = lag?.secondsBehind.map {
      ", \(lag?.isEstimated == true ? "about " : "")\(Figures.delay($0))"
    }
    let value =
      lag?.recordsBehind.map { "\(Figures.grouped($0)) records behind\(seconds ?? "")" }
      ?? lag?.reason
    lines.append(StatusLine(label: "group \(group)", value: value ?? "not asked yet"))
    return lines
  }

  private var fleetLines: [StatusLine] {
    let traffic = state.fleet.traffic
    let counts = state.fleet.counts
    var lines: [StatusLine] = [
      .heading("FLEET"),
      StatusLine(
        label: "generators",
        value: "\(Figures.grouped(counts.total)) in \(state.fleet.regionsByName().count) regions, "
          + "\(counts.late) late, \(counts.disconnected) disconnected, \(counts.never) never heard"
      ),
      StatusLine(
        label: "events",
        value: "\(state.fleet.events.total), \(state.fleet.events.count) kept"
      ),
      pastLine,
      StatusLine(
        label: "folded",
        value: "\(Figures.grouped(traffic.folded)) samples and "
          + "\(Figures.grouped(traffic.foldedWords)) presence words that came too fast",
        role: traffic.folded + traffic.foldedWords > 0 ? .notice : .text
      ),
    ]
    if traffic.outOfOrder > 0 {
      lines.append(
        StatusLine(label: "out of order", value: "\(traffic.outOfOrder) enriched records")
      )
    }
    return lines
  }

  private var screenLines: [StatusLine] {
    let screen = state.fleet.traffic.screen
    guard screen.frames > 0 else { return [] }
    return [
      .heading("SCREEN  \(state.width)x\(state.height)"),
      StatusLine(
        label: "frames",
        value: "\(Figures.grouped(screen.frames)), the last \(Figures.bytes(screen.frameBytes)), "
          + "all \(Figures.bytes(screen.totalBytes))"
      ),
      StatusLine(
        label: "left out",
        value: "\(screen.folded) frames, \(Figures.bytes(screen.unsentBytes)) unsent"
      ),
    ] + linkLines(screen) + themeLines + recordingLines
  }

  private var recordingLines: [StatusLine] {
    state.recordingFile.map { [StatusLine(label: "recording to", value: $0)] } ?? []
  }

  /// The way to the operator, as far as it can be measured.
  private func linkLines(_ screen: ScreenFigures) -> [StatusLine] {
    let queue = screen.queuedBytes.map { "\(Figures.bytes($0)) on the way" }
    let rate = screen.bytesPerSecond.map { "\(Figures.bytes(Int(min($0, 1e12))))/s were taken" }
    let trip = screen.roundTrip.map { "round trip \(Figures.delay($0))" }
    let slow = screen.isSlow == true ? "slow, a frame a second" : nil
    let words = [slow, rate, trip, queue].compactMap { $0 }
    guard !words.isEmpty else { return [] }
    let role: Role = screen.isSlow == true ? .notice : .text
    return [StatusLine(label: "link", value: words.joined(separator: ", "), role: role)]
  }

  private var noteLines: [StatusLine] {
    guard !state.options.notes.isEmpty else { return [] }
    return [.heading("NOTES")] + state.options.notes.map { StatusLine(label: "", value: $0) }
  }

  /// The newest specimens first.
  private var rejectedLines: [StatusLine] {
    let rejected = state.fleet.traffic.rejected
    guard !rejected.isEmpty else { return [] }
    return [.heading("REJECTED MESSAGES")]
      + rejected.reversed().flatMap { message in
        let age = Figures.age((state.now.monotonic &- message.receivedAt).seconds)
        return [
          StatusLine(
            label: "\(message.feed.rawValue) \(age) ago",
            value: "\(message.topic): \(message.reason)"
          ),
          StatusLine(label: Figures.bytes(message.size), value: message.payload, role: .label),
        ]
      }
  }
}
