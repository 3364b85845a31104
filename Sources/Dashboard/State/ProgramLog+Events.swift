import Model

/// What of all that happens is worth a line in egtop's own log.
extension ProgramLog {
  /// Notes what a feed tells, before the fleet takes it over.
  mutating func note(_ event: FeedEvent, after traffic: Traffic, at stamp: Stamp) {
    switch event {
    case .status(let feed, let status): note(status, of: feed, after: traffic, at: stamp)
    case .rejected(let messages): note(messages, at: stamp)
    case .progress(let progress): note(progress, after: traffic, at: stamp)
    case .groupLag(let lag):
      let end = "the group can be measured"
      tell(.warning, "sink", about: "lag", lag.reason, whenOver: end, at: stamp)
    case .counters(let feed, let counters): note(counters, of: feed, after: traffic, at: stamp)
    case .names, .samples, .folded, .enriched, .presence, .foldedPresence, .watched: break
    }
  }

  private mutating func note(
    _ status: FeedStatus,
    of feed: FeedKind,
    after traffic: Traffic,
    at stamp: Stamp
  ) {
    let source = feed.rawValue
    let before = traffic.status(feed)
    guard status != before else { return }
    switch status {
    case .off: add(.info, source, "off", at: stamp)
    case .connecting:
      let text = before.isConnected ? "connection lost; connecting" : "connecting"
      if before.isConnected || before == .off {
        add(before.isConnected ? .error : .info, source, text, at: stamp)
      }
    case .live:
      told[source] = nil
      let away = traffic.awaySince(feed).map { stamp.monotonic.seconds(since: $0) }
      let text = away.map { "live again after \(Int($0)) s" } ?? "live"
      add(.info, source, text, at: stamp)
    case .degraded(let reason):
      told[source] = nil
      add(.warning, source, "degraded: \(reason)", at: stamp)
    case .retrying(let reason, _, let attempt):
      // A reason that stays the same is told once, not with every try.
      guard told[source] != reason else { return }
      told[source] = reason
      add(.error, source, "\(reason) (try \(attempt))", at: stamp)
    }
  }

  /// The first few of a batch with their beginnings; the rest is counted.
  private mutating func note(_ messages: [RejectedMessage], at stamp: Stamp) {
    for message in messages.prefix(3) {
      let text = "rejected from \(message.topic): \(message.reason): \(message.payload)"
      add(.warning, message.feed.rawValue, text, at: stamp)
    }
    if let last = messages.last, messages.count > 3 {
      let text = "and \(messages.count - 3) more rejected messages"
      add(.warning, last.feed.rawValue, text, at: stamp)
    }
  }

  private mutating func note(
    _ progress: ReaderProgress,
    after traffic: Traffic,
    at stamp: Stamp
  ) {
    let isRaw = progress.topics == .raw
    let before = isRaw ? traffic.rawProgress : traffic.enrichedProgress
    let kind = isRaw ? "raw" : "enriched"
    if progress.names != before?.names ?? [] || progress.partitions != before?.partitions ?? 0 {
      let names = progress.names.joined(separator: ", ")
      let text =
        progress.names.isEmpty
        ? "no \(kind) topic any more"
        : "reading \(progress.partitions) partitions of the \(kind) topics \(names)"
      add(progress.names.isEmpty ? .warning : .info, "kafka", text, at: stamp)
    }
    if progress.hasReadHistory, before?.hasReadHistory == false {
      add(.info, "kafka", "what the \(kind) topics held has been read", at: stamp)
    }
  }

  /// What was lost on the way, at most once a minute for each feed and kind.
  private mutating func note(
    _ counters: FeedCounters,
    of feed: FeedKind,
    after traffic: Traffic,
    at stamp: Stamp
  ) {
    let before = traffic.counters[feed] ?? FeedCounters()
    let losses = [
      (counters.missed, before.missed, "records were deleted before they were read"),
      (counters.beyondBound, before.beyondBound, "messages of generators beyond the limit"),
    ]
    for (count, old, what) in losses where count > old {
      let subject = feed.rawValue + what
      if let last = toldAt[subject], stamp.monotonic.seconds(since: last) < 60 { continue }
      toldAt[subject] = stamp.monotonic
      add(.warning, feed.rawValue, "\(count) \(what)", at: stamp)
    }
  }

  /// Notes that a theme was chosen, read again, or is wrong.
  mutating func note(_ report: ThemeReport, of theme: String, at stamp: Stamp) {
    if report.isReread, report.problem == nil {
      add(.info, "theme", "\(theme) has been reloaded", at: stamp)
    }
    let end = "\(theme) is in use"
    tell(.warning, "theme", about: "file", report.problem, whenOver: end, at: stamp)
  }

  /// Notes how hops change, and steps of the wall clock.
  mutating func noteTick(_ fleet: Fleet, at stamp: Stamp) {
    if fleet.hopHistory.newestAt == stamp.monotonic {
      for hop in fleet.hops(at: stamp.monotonic) { note(hop, at: stamp) }
    }
    let distance = stamp.wall &- stamp.monotonic
    if let before = clockDistance {
      let step = distance.nanoseconds(since: before).seconds
      if abs(step) > 1 {
        let text = "the wall clock was set \(step > 0 ? "forward" : "back") by \(Int(abs(step))) s"
        add(.warning, "egtop", text, at: stamp)
      }
    }
    clockDistance = distance
  }

  /// Feeds tell their own troubles; a hop is worth a line when it falls behind and when it has caught
  /// up.
  private mutating func note(_ hop: HopFigures, at stamp: Stamp) {
    guard hop.id.row.isLogged, hop.state != .unknown else { return }
    guard hop.id.row.feed == nil || hop.state != .critical else { return }
    let reason = hop.state >= .warning ? hop.reason ?? "late" : nil
    tell(
      .warning,
      hop.id.name,
      about: "hop",
      reason.map(Self.withoutFigures),
      whenOver: "ok again",
      at: stamp
    )
  }

  /// Tells `text` unless it was told last, and `whenOver` once there is no text any more.
  private mutating func tell(
    _ level: ProgramLog.Level,
    _ source: String,
    about topic: String,
    _ text: String?,
    whenOver end: String,
    at stamp: Stamp
  ) {
    let subject = "\(source) \(topic)"
    guard text != told[subject] else { return }
    told[subject] = text
    add(text == nil ? .info : level, source, text ?? end, at: stamp)
  }

  /// A reason without its figures, which grow: `nothing for 60 s` is told once.
  private static func withoutFigures(_ reason: String) -> String {
    guard let digit = reason.firstIndex(where: \.isNumber) else { return reason }
    let words = reason[..<digit].split(separator: " ")
    return (words.last == "for" ? words.dropLast() : words).joined(separator: " ")
  }
}
