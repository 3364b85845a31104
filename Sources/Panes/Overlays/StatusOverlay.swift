import Wording
import Dashboard
import Model
import Terminal

/// A line of the status page: a heading, or a label with its value.
struct StatusLine {
  let label: String
  let value: String
  let role: Role
  let isHeading: Bool

  init(_ label: String = "", _ value: String = "", _ role: Role = .text, isHeading: Bool = false) {
    self.label = label
    self.value = value
    self.role = role
    self.isHeading = isHeading
  }

  static func heading(_ text: String) -> StatusLine { StatusLine(text, isHeading: true) }
}

extension Picture {
  /// Connections, counters, bounds and specimens: what to look at when something seems wrong.
  mutating func drawStatus(scroll: Int) {
    let lines = statusLines
    let area = canvas.bounds.centred(width: 116, height: lines.count + 2)
    let inside = overlayFrame(area, title: "STATUS", note: "Esc closes")
    let shown = self.scroll(.status, to: scroll, lines: lines.count, in: area)
    for (row, line) in lines[shown].enumerated() { draw(line, in: inside.row(row)) }
  }

  private mutating func draw(_ line: StatusLine, in row: Rect) {
    guard !line.isHeading else {
      return _ = canvas.writeTruncated(line.label, in: row, role: .header)
    }
    let (label, value) = row.split(left: min(20, row.width / 3))
    canvas.writeTruncated(line.label, in: label.split(right: 1).rest, role: .label)
    canvas.writeTruncated(line.value, in: value, role: line.role)
  }

  private var statusLines: [StatusLine] {
    let groups =
      [demoLines] + FeedKind.allCases.map(connectionLines)
      + [readingLines, fleetLines, screenLines, noteLines, rejectedLines]
    return Array(groups.filter { !$0.isEmpty }.joined(separator: [StatusLine()]))
  }

  private var demoLines: [StatusLine] {
    guard let demo = state.options.demo else { return [] }
    return [.heading("LOOK IN FROM ANOTHER TERMINAL")]
      + demo.commands.map { StatusLine($0.shows, $0.text) }
  }

  private func connectionLines(_ feed: FeedKind) -> [StatusLine] {
    let address = feed == .mqtt ? state.options.mqttAddress : state.options.kafkaAddress
    let name = [feed.title, address].compactMap { $0 }.joined(separator: "  ")
    let status = state.fleet.traffic.status(feed)
    let isBroken = state.outage(of: feed) != nil
    let word = StatusLine(
      "connection",
      words(of: status, feed: feed),
      isBroken ? .critical : status == .live || status == .off ? .text : .warning
    )
    guard status != .off else { return [.heading(name), word] }
    let foreign = state.fleet.notUnderstood(feed).map { StatusLine("", $0, .warning) }
    return [.heading(name), word] + [foreign].compactMap { $0 }
      + counterLines(state.fleet.traffic.counters[feed])
      + (state.fleet.traffic.counters[feed]?.sources ?? []).flatMap(sourceLines)
  }

  /// A source that had messages or is to have some: how many, and why some are not understood.
  private func sourceLines(_ source: SourceFigures) -> [StatusLine] {
    let passed = source.messages - source.understood - source.notUnderstood
    let parts = [
      Phrases.count(source.messages, "message"),
      source.messages > 0 ? "\(Figures.grouped(source.understood)) understood" : nil,
      source.notUnderstood > 0 ? "\(Figures.grouped(source.notUnderstood)) not understood" : nil,
      source.otherDevices.flatMap {
        $0 > 0 ? "\(Phrases.count($0, "device")) announced besides, no generator" : nil
      },
      passed > 0 ? "\(Figures.grouped(passed)) with nothing to tell" : nil,
    ]
    let role: Role = source.notUnderstood > 0 ? .notice : .text
    let line = StatusLine(
      "source \(source.name)",
      parts.compactMap { $0 }.joined(separator: ", "),
      role
    )
    guard let reason = source.reason else { return [line] }
    let example = "\(source.topic ?? "") \(source.payload ?? "")".prefix(120)
    return [line, StatusLine("", "\(reason), e.g. \(example)", .notice)]
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
    func number(_ counter: KeyPath<FeedCounters, Int>) -> String {
      Figures.grouped(counters[keyPath: counter])
    }
    let missed = "\(Phrases.count(counters.missed, "record")) deleted unread"
    let beyond =
      "\(Phrases.count(counters.beyondBound, "message")) from generators beyond the limit"
    let lines = [
      StatusLine(
        "received",
        "\(Phrases.count(counters.received, "message")), \(Figures.bytes(counters.bytes))"
      ),
      StatusLine(
        "of them",
        "\(Phrases.count(counters.samples, "reading")), \(number(\.presence)) presence, "
          + "\(number(\.ignored)) ignored, \(number(\.retained)) retained"
      ),
      StatusLine("rejected", number(\.rejected), counters.rejected > 0 ? .notice : .text),
      counters.unknownWords > 0
        ? StatusLine(
          "unknown words",
          "\(number(\.unknownWords)) on presence topics: "
            + state.fleet.traffic.unknownWords.joined(separator: ", "),
          .notice
        ) : nil,
      counters.lostFields > 0 ? StatusLine("fields lost", number(\.lostFields), .notice) : nil,
      StatusLine("connections made", "\(counters.connections)"),
      counters.duplicates > 0 ? StatusLine("redelivered", "\(counters.duplicates)") : nil,
      counters.missed > 0 ? StatusLine("missed", missed, .notice) : nil,
      counters.beyondBound > 0 ? StatusLine("beyond the bound", beyond, .notice) : nil,
    ]
    return lines.compactMap { $0 }
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
      lines.append(StatusLine(name, names))
      lines.append(StatusLine("", "\(Phrases.count(progress.partitions, "partition")), \(behind)"))
    }
    lines.append(StatusLine("last hour", traffic.hasReadHistory ? "has been read" : "being read"))
    let lag = traffic.groupLag
    if let groups = lag?.groups { return lines + groups.prefix(8).flatMap(groupLines) }
    guard let group = state.fleet.policy.sinkGroup else { return lines }
    let seconds = lag?.secondsBehind.map {
      ", \(lag?.isEstimated == true ? "about " : "")\(Figures.delay($0))"
    }
    let value =
      lag?.recordsBehind.map { "\(Phrases.count($0, "record")) behind\(seconds ?? "")" }
      ?? lag?.reason
    lines.append(StatusLine("group \(group)", value ?? "not asked yet"))
    return lines
  }

  /// A group, and its partitions that are not well.
  private func groupLines(_ group: GroupFigures) -> [StatusLine] {
    let behind = group.recordsBehind.map { "\(Phrases.count($0, "record")) behind" }
    let seconds = group.secondsBehind.map {
      (group.isEstimated ? "about " : "") + Figures.delay($0)
    }
    let members = group.members.map { Phrases.count($0, "member") }
    let parts = [group.state.word, behind, seconds, members, group.reason].compactMap { $0 }
    let role: Role = group.state.severity >= .warning ? group.state.severity.role : .text
    let bad = group.partitions.filter { $0.state >= .unknown }.prefix(8)
    return [StatusLine("group \(group.name)", parts.joined(separator: ", "), role)]
      + bad.map { StatusLine("", PartitionWords.line($0)) }
  }

  private var fleetLines: [StatusLine] {
    let traffic = state.fleet.traffic
    let counts = state.fleet.counts
    let regions = state.regionsByName.count
    let absences: [Severity] = [.lost, .stale, .disconnected, .late, .never]
    let isFolded = traffic.folded + traffic.foldedWords > 0
    let lines = [
      .heading("FLEET"),
      StatusLine(
        "generators",
        "\(Figures.grouped(counts.total)) in \(Phrases.count(regions, "region"))"
      ),
      StatusLine("", absences.map { "\(counts[$0]) \($0.word)" }.joined(separator: ", ")),
      StatusLine("events", "\(state.fleet.events.total), \(state.fleet.events.count) kept"),
      pastLine,
      StatusLine(
        "folded",
        "\(Phrases.count(traffic.folded, "sample")) and "
          + "\(Phrases.count(traffic.foldedWords, "presence word")) that came too fast",
        isFolded ? .notice : .text
      ),
      traffic.outOfOrder > 0
        ? StatusLine("out of order", Phrases.count(traffic.outOfOrder, "enriched record")) : nil,
    ]
    return lines.compactMap { $0 }
  }

  private var screenLines: [StatusLine] {
    let screen = state.fleet.traffic.screen
    guard screen.frames > 0 else { return [] }
    return [
      .heading("SCREEN  \(state.width)x\(state.height)"),
      StatusLine(
        "frames",
        "\(Figures.grouped(screen.frames)), the last \(Figures.bytes(screen.frameBytes)), "
          + "all \(Figures.bytes(screen.totalBytes))"
      ),
      StatusLine(
        "left out",
        "\(Phrases.count(screen.folded, "frame")), \(Figures.bytes(screen.unsentBytes)) unsent"
      ),
    ] + linkLines(screen) + themeLines + recordingLines
  }

  private var recordingLines: [StatusLine] {
    state.recordingFile.map { [StatusLine("recording to", $0)] } ?? []
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
    return [StatusLine("link", words.joined(separator: ", "), role)]
  }

  private var noteLines: [StatusLine] {
    guard !state.options.notes.isEmpty else { return [] }
    return [.heading("NOTES")] + state.options.notes.map { StatusLine("", $0) }
  }

  /// The newest specimens first.
  private var rejectedLines: [StatusLine] {
    let rejected = state.fleet.traffic.rejected
    guard !rejected.isEmpty else { return [] }
    let isRejected = rejected.contains { $0.isReadInPart != true }
    return [.heading(isRejected ? "REJECTED MESSAGES" : "MESSAGES READ IN PART")]
      + rejected.reversed().flatMap { message in
        let age = Figures.age((state.now.monotonic &- message.receivedAt).seconds)
        return [
          StatusLine("\(message.feed.rawValue) \(age) ago", "\(message.topic): \(message.reason)"),
          StatusLine(Figures.bytes(message.size), message.payload, .label),
        ]
      }
  }
}
