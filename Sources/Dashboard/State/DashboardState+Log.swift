import Model

/// What of all that happens is worth a line in egtop's own log.
extension DashboardState {
  mutating func moveLog(_ motion: Motion) {
    let rows = max(1, layout.listRows(of: .log))
    log.move(to: target(motion, from: log.line, rows: rows, count: log.count))
  }

  /// Notes what a feed tells, before the fleet takes it over.
  mutating func note(_ event: FeedEvent) {
    switch event {
    case .status(let feed, let status): note(status, of: feed)
    case .rejected(let messages): note(messages)
    case .progress(let progress): note(progress)
    case .groupLag(let lag):
      tell(.warning, "sink", about: "lag", lag.reason, whenOver: "the group can be measured")
    case .counters(let feed, let counters): note(counters, of: feed)
    case .names, .samples, .folded, .enriched, .presence, .foldedPresence, .watched: break
    }
  }

  private mutating func note(_ status: FeedStatus, of feed: FeedKind) {
    let source = feed.rawValue
    let before = liveFleet.traffic.status(feed)
    guard status != before else { return }
    switch status {
    case .off: log.add(.info, source, "off", at: present)
    case .connecting:
      let text = before.isConnected ? "connection lost; connecting" : "connecting"
      if before.isConnected || before == .off {
        log.add(before.isConnected ? .error : .info, source, text, at: present)
      }
    case .live:
      log.told[source] = nil
      let away = liveFleet.traffic.awaySince(feed).map { present.monotonic.seconds(since: $0) }
      let text = away.map { "live again after \(Int($0)) s" } ?? "live"
      log.add(.info, source, text, at: present)
    case .degraded(let reason):
      log.told[source] = nil
      log.add(.warning, source, "degraded: \(reason)", at: present)
    case .retrying(let reason, _, let attempt):
      // A reason that stays the same is told once, not with every try.
      guard log.told[source] != reason else { return }
      log.told[source] = reason
      log.add(.error, source, "\(reason) (try \(attempt))", at: present)
    }
  }

  /// The first few of a batch with their beginnings; the rest is counted.
  private mutating func note(_ messages: [RejectedMessage]) {
    for message in messages.prefix(3) {
      let text = "rejected from \(message.topic): \(message.reason): \(message.payload)"
      log.add(.warning, message.feed.rawValue, text, at: present)
    }
    if let last = messages.last, messages.count > 3 {
      let text = "and \(messages.count - 3) more rejected messages"
      log.add(.warning, last.feed.rawValue, text, at: present)
    }
  }

  private mutating func note(_ progress: ReaderProgress) {
    let isRaw = progress.topics == .raw
    let before = isRaw ? liveFleet.traffic.rawProgress : liveFleet.traffic.enrichedProgress
    let kind = isRaw ? "raw" : "enriched"
    if progress.names != before?.names ?? [] || progress.partitions != before?.partitions ?? 0 {
      let names = progress.names.joined(separator: ", ")
      let text =
        progress.names.isEmpty
        ? "no \(kind) topic any more"
        : "reading \(progress.partitions) partitions of the \(kind) topics \(names)"
      log.add(progress.names.isEmpty ? .warning : .info, "kafka", text, at: present)
    }
    if progress.hasReadHistory, before?.hasReadHistory == false {
      log.add(.info, "kafka", "what the \(kind) topics held has been read", at: present)
    }
  }

  /// What was lost on the way, at most once a minute for each feed and kind.
  private mutating func note(_ counters: FeedCounters, of feed: FeedKind) {
    let before = liveFleet.traffic.counters[feed] ?? FeedCounters()
    let losses = [
      (counters.missed, before.missed, "records were deleted before they were read"),
      (counters.beyondBound, before.beyondBound, "messages of generators beyond the limit"),
    ]
    for (count, old, what) in losses where count > old {
      let subject = feed.rawValue + what
      if let last = log.toldAt[subject], present.monotonic.seconds(since: last) < 60 { continue }
      log.toldAt[subject] = present.monotonic
      log.add(.warning, feed.rawValue, "\(count) \(what)", at: present)
    }
  }

  /// Notes that a theme was chosen, read again, or is wrong.
  mutating func note(_ report: ThemeReport) {
    if report.isReread, report.problem == nil {
      log.add(.info, "theme", "\(theme) has been reloaded", at: present)
    }
    tell(.warning, "theme", about: "file", report.problem, whenOver: "\(theme) is in use")
  }

  /// Notes how hops change, and steps of the wall clock.
  mutating func noteTick() {
    if liveFleet.hopHistory.newestAt == present.monotonic {
      for hop in liveFleet.hops(at: present.monotonic) { note(hop) }
    }
    let distance = present.wall &- present.monotonic
    if let before = log.clockDistance {
      let step = distance.nanoseconds(since: before).seconds
      if abs(step) > 1 {
        let text = "the wall clock was set \(step > 0 ? "forward" : "back") by \(Int(abs(step))) s"
        log.add(.warning, "egtop", text, at: present)
      }
    }
    log.clockDistance = distance
  }

  /// Feeds tell their own troubles; a hop is worth a line when it falls behind and when it has caught
  /// up.
  private mutating func note(_ hop: HopFigures) {
    guard hop.id.row.isLogged, hop.state != .unknown else { return }
    guard hop.id.row.feed == nil || hop.state != .critical else { return }
    let reason = hop.state >= .warning ? hop.reason ?? "late" : nil
    tell(
      .warning,
      hop.id.name,
      about: "hop",
      reason.map(Self.withoutFigures),
      whenOver: "ok again"
    )
  }

  /// Tells `text` unless it was told last, and `whenOver` once there is no text any more.
  private mutating func tell(
    _ level: ProgramLog.Level,
    _ source: String,
    about topic: String,
    _ text: String?,
    whenOver end: String
  ) {
    let subject = "\(source) \(topic)"
    guard text != log.told[subject] else { return }
    log.told[subject] = text
    log.add(text == nil ? .info : level, source, text ?? end, at: present)
  }

  /// A reason without its figures, which grow: `nothing for 60 s` is told once.
  private static func withoutFigures(_ reason: String) -> String {
    guard let digit = reason.firstIndex(where: \.isNumber) else { return reason }
    let words = reason[..<digit].split(separator: " ")
    return (words.last == "for" ? words.dropLast() : words).joined(separator: " ")
  }
}
