import Model

/// What of all that happens is worth a line in egtop's own log.
extension ProgramLog {
  /// Notes what a feed tells, before the fleet takes it over.
  mutating func note(_ event: FeedEvent, after traffic: Traffic) {
    switch event {
    case .status(let feed, let status):
      let away = traffic.awaySince(feed).map { now.monotonic.seconds(since: $0) }
      note(status, of: feed.rawValue, after: traffic.status(feed), away: away)
    case .rejected(let messages): note(messages)
    case .progress(let progress): note(progress, after: traffic)
    case .groupLag(let lag):
      tell("sink", about: "lag", lag.reason, whenOver: "the group can be measured")
    case .counters(let feed, let counters):
      note(counters, of: feed.rawValue, after: traffic.counters[feed] ?? FeedCounters())
    case .names, .samples, .folded, .enriched, .presence, .foldedPresence, .watched: break
    }
  }

  private mutating func note(
    _ status: FeedStatus,
    of source: String,
    after before: FeedStatus,
    away: Double?
  ) {
    guard status != before else { return }
    switch status {
    case .off: add(.info, source, "off")
    case .connecting where before.isConnected: add(.error, source, "connection lost; connecting")
    case .connecting: if before == .off { add(.info, source, "connecting") }
    case .live:
      told[source] = nil
      add(.info, source, away.map { "live again after \(Int($0)) s" } ?? "live")
    case .degraded(let reason):
      told[source] = nil
      add(.warning, source, "degraded: \(reason)")
    case .retrying(let reason, _, let attempt):
      // A reason that stays the same is told once, not with every try.
      guard told[source] != reason else { return }
      told[source] = reason
      add(.error, source, "\(reason) (try \(attempt))")
    }
  }

  /// The first few of a batch with their beginnings; the rest is counted.
  private mutating func note(_ messages: [RejectedMessage]) {
    for message in messages.prefix(3) {
      let text = "rejected from \(message.topic): \(message.reason): \(message.payload)"
      add(.warning, message.feed.rawValue, text)
    }
    if let last = messages.last, messages.count > 3 {
      add(.warning, last.feed.rawValue, "and \(messages.count - 3) more rejected messages")
    }
  }

  private mutating func note(_ progress: ReaderProgress, after traffic: Traffic) {
    let isRaw = progress.topics == .raw
    let before = isRaw ? traffic.rawProgress : traffic.enrichedProgress
    let kind = isRaw ? "raw" : "enriched"
    if progress.names != before?.names ?? [] || progress.partitions != before?.partitions ?? 0 {
      let names = progress.names.joined(separator: ", ")
      if names.isEmpty {
        add(.warning, "kafka", "no \(kind) topic any more")
      } else {
        let partitions = "\(progress.partitions) partitions"
        add(.info, "kafka", "reading \(partitions) of the \(kind) topics \(names)")
      }
    }
    if progress.hasReadHistory, before?.hasReadHistory == false {
      add(.info, "kafka", "what the \(kind) topics held has been read")
    }
  }

  /// What was lost on the way, at most once a minute for each feed and kind.
  private mutating func note(
    _ counters: FeedCounters,
    of source: String,
    after before: FeedCounters
  ) {
    let losses = [
      (counters.missed, before.missed, "records were deleted before they were read"),
      (counters.beyondBound, before.beyondBound, "messages of generators beyond the limit"),
    ]
    for (count, old, what) in losses where count > old {
      let subject = source + what
      if let last = toldAt[subject], now.monotonic.seconds(since: last) < 60 { continue }
      toldAt[subject] = now.monotonic
      add(.warning, source, "\(count) \(what)")
    }
  }

  /// Notes that a theme was chosen, read again, or is wrong.
  mutating func note(_ report: ThemeReport, of theme: String) {
    if report.isReread, report.problem == nil {
      add(.info, "theme", "\(theme) has been reloaded")
    }
    tell("theme", about: "file", report.problem, whenOver: "\(theme) is in use")
  }

  /// Notes how hops change, and steps of the wall clock.
  mutating func noteTick(_ fleet: Fleet) {
    if fleet.hopHistory.newestAt == now.monotonic {
      for hop in fleet.hops(at: now.monotonic) { note(hop) }
    }
    let distance = now.wall &- now.monotonic
    if let before = clockDistance {
      let step = distance.nanoseconds(since: before).seconds
      if abs(step) > 1 {
        let way = step > 0 ? "forward" : "back"
        add(.warning, "egtop", "the wall clock was set \(way) by \(Int(abs(step))) s")
      }
    }
    clockDistance = distance
  }

  /// Feeds tell their own troubles; a hop is worth a line when it falls behind and when it has caught
  /// up.
  private mutating func note(_ hop: HopFigures) {
    guard hop.id.row.isLogged, hop.state != .unknown else { return }
    guard hop.id.row.feed == nil || hop.state != .critical else { return }
    let reason = hop.state >= .warning ? Self.withoutFigures(hop.reason ?? "late") : nil
    tell(hop.id.name, about: "hop", reason, whenOver: "ok again")
  }

  /// Warns of `text` unless it was told last, and tells `end` once there is no text any more.
  private mutating func tell(
    _ source: String,
    about topic: String,
    _ text: String?,
    whenOver end: String
  ) {
    let subject = "\(source) \(topic)"
    guard text != told[subject] else { return }
    told[subject] = text
    add(text == nil ? .info : .warning, source, text ?? end)
  }

  /// A reason without its figures, which grow: `nothing for 60 s` is told once.
  private static func withoutFigures(_ reason: String) -> String {
    guard let digit = reason.firstIndex(where: \.isNumber) else { return reason }
    let words = reason[..<digit].split(separator: " ")
    return (words.last == "for" ? words.dropLast() : words).joined(separator: " ")
  }
}
