import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The lines at the top: what is abnormal, whether data comes, what is hidden, the time.
  func drawHeader(in area: Rect, on canvas: inout Canvas) {
    guard state.layout.style != .minimal else {
      return drawSmallHeader(in: area.row(0), on: &canvas)
    }
    let inner = state.layout.style == .boxed ? area.inset(columns: 1, rows: 0) : area
    let gap = inner.width >= 110 ? 3 : 2
    canvas.draw(
      [Piece("egtop", .accent, rank: 6)] + countPieces,
      clockPieces,
      in: inner.row(0),
      gap: gap,
      glyphs: glyphs
    )
    let feeds = FeedKind.allCases.map { feedPiece($0, width: inner.width) }
    canvas.draw(
      feeds + lossPieces,
      sincePieces + viewPieces,
      in: inner.row(1),
      gap: gap,
      glyphs: glyphs
    )
  }

  /// How many there are of each condition; the bad ones have the rank to stay.
  private var countPieces: [Piece] {
    let counts = state.fleet.counts
    let fleet = Piece("fleet ", .label, rank: 4).adding("\(counts.total)")
    let ranks: [Severity: Int] = [.lost: 1, .stale: 2, .never: 5]
    let others = Severity.counted + (counts.never > 0 ? [.never] : [])
    return [fleet]
      + others.map { severity in
        let count = counts[severity]
        let isThere = count > 0
        return Piece(
          severity.mark,
          isThere ? severity.countRole : .label,
          rank: ranks[severity] ?? 0
        )
        .adding(" \(count)", isThere ? .text : .label, flags: isThere ? .bold : [])
        .adding(state.width >= 100 || severity > .alarm ? " \(severity.word)" : "", .label)
      }
  }

  /// The time without seconds, which would cost bytes every second and tell nothing.
  private var clockPieces: [Piece] {
    var pieces: [Piece] = []
    if state.isLowBandwidth { pieces.append(Piece("LOW BANDWIDTH", .notice, rank: 1)) }
    if let until = state.mutedUntil {
      let left = Figures.remaining((until &- state.present.monotonic).seconds)
      pieces.append(Piece("muted ", .notice, rank: 1).adding(left))
    }
    if state.isOrderHeld, state.pastView == nil {
      pieces.append(Piece("order held", .label, rank: 3))
    }
    if let file = state.options.replayed {
      let shown = TextWidth.truncate(file, to: 24, ellipsis: glyphs.ellipsis)
      pieces.append(Piece("REPLAY ", .notice, rank: 1).adding(shown, .label))
    }
    if let file = state.recordingFile, state.options.replayed == nil {
      let name = String(file.split(separator: "/").last ?? "")
      let shown = TextWidth.truncate(name, to: 16, ellipsis: glyphs.ellipsis)
      pieces.append(Piece("REC ", .notice, rank: 4).adding(shown, .label))
    }
    if let demo = state.options.demo {
      pieces.append(Piece("DEMO ", .notice, rank: 1).adding(demo.label, .label))
    }
    if let timePiece { return pieces + [timePiece] }
    let now = state.civil(state.now.wall)
    let date = state.width >= 110 ? "\(now.weekday) \(now.date)  " : ""
    let clock = Piece(date, .label, rank: 3).adding(clock: now)
    return pieces + [clock.adding(" \(state.zone)", .label)]
  }

  private func feedPiece(_ feed: FeedKind, width: Int) -> Piece {
    let traffic = state.fleet.traffic
    let name = feed.rawValue + " "
    if let outage = state.outage(of: feed) {
      let next = outage.nextTry.map {
        ", next try \(Figures.countdown(($0 &- state.now.monotonic).seconds))"
      }
      let reason = TextWidth.truncate(
        outage.reason ?? "connecting",
        to: max(16, width / 4),
        ellipsis: glyphs.ellipsis
      )
      return Piece(" \(name)down: \(reason)\(next ?? "") ", .banner)
    }
    let flow = flow(of: feed).map { " " + $0 } ?? ""
    switch traffic.status(feed) {
    case .off: return Piece(name + "off", .label, rank: 5)
    case .connecting, .retrying: return Piece(name, .label).adding("connecting", .label)
    case .live: return Piece(name, .label).adding("live").adding(flow, .label)
    case .degraded(let reason):
      let shown = TextWidth.truncate(reason, to: max(16, width / 4), ellipsis: glyphs.ellipsis)
      return Piece(name, .label).adding("degraded: \(shown)", .warning).adding(flow, .label)
    }
  }

  /// The rate of samples; of Kafka, whose records come in bursts, how far behind we are.
  private func flow(of feed: FeedKind) -> String? {
    let traffic = state.fleet.traffic
    switch feed {
    case .mqtt:
      return traffic.mqttRate.perSecond(at: state.now.monotonic).map(Figures.rate)
    case .kafka:
      if let progress = traffic.enrichedProgress, !progress.hasReadHistory {
        return "reading the last hour"
      }
      let behind = traffic.enrichedProgress?.recordsBehind ?? 0
      return behind > 0 ? "\(Figures.compact(behind)) behind" : nil
    }
  }

  /// What did not reach the screen as it was sent; nothing where all did.
  private var lossPieces: [Piece] {
    let traffic = state.fleet.traffic
    let rejected = traffic.counters.values.reduce(0) { $0 + $1.rejected }
    let missed = traffic.counters.values.reduce(0) { $0 + $1.missed }
    let beyond = traffic.counters.values.reduce(0) { $0 + $1.beyondBound }
    return [
      (traffic.folded + traffic.foldedWords, "folded"), (rejected, "rejected"), (missed, "missed"),
      (beyond, "beyond the bound"),
    ].filter { $0.0 > 0 }.map { count, word in
      Piece(word, .notice, rank: 3).adding(" \(Figures.compact(count))")
    }
  }

  /// What the operator chose to see, and what that hides.
  private var viewPieces: [Piece] {
    var pieces: [Piece] = []
    if !state.regions.isEmpty {
      let names = state.regions.joined(separator: ", ")
      let shown = TextWidth.truncate(names, to: 24, ellipsis: glyphs.ellipsis)
      pieces.append(Piece("region ", .label, rank: 2).adding(shown))
    }
    if !state.filter.isEmpty {
      let shown = TextWidth.truncate(state.filter.text, to: 24, ellipsis: glyphs.ellipsis)
      pieces.append(Piece("filter ", .label, rank: 2).adding(shown, .match))
    }
    if state.abnormalOnly { pieces.append(Piece("abnormal only", .text, rank: 2)) }
    if !state.pinned.isEmpty {
      pieces.append(Piece("pinned ", .label, rank: 4).adding("\(state.pinned.count)"))
    }
    if !state.marked.isEmpty {
      pieces.append(Piece("marked ", .label, rank: 4).adding("\(state.marked.count)"))
    }
    if let guest = state.guest, !state.isInView(guest) {
      pieces.append(Piece("! outside ", .notice, rank: 1).adding(reason(of: guest), .text))
    }
    if state.hiddenGenerators > 0 {
      pieces.append(Piece("hidden ", .label, rank: 1).adding("\(state.hiddenGenerators)"))
    }
    if state.hiddenAlarms > 0 {
      pieces.append(Piece("\(state.hiddenAlarms) hidden alarms", .warning))
    }
    return pieces
  }

  /// What hides a generator that is shown all the same.
  private func reason(of guest: GeneratorIndex) -> String {
    state.hiding(guest).joined(separator: ", ")
  }

  /// One line for the smallest screens: a dead feed, then counts, the worst first.
  private func drawSmallHeader(in row: Rect, on canvas: inout Canvas) {
    let counts = state.fleet.counts
    if row.width < 3 {
      let mark = counts.worst.mark.prefix(max(0, row.width))
      let shown = mark.isEmpty ? "." : String(mark)
      canvas.write(shown, x: row.x, y: row.y, in: row, role: counts.worst.role)
      return
    }
    let broken = FeedKind.allCases.compactMap { state.outage(of: $0)?.feed }
    let outages =
      broken.count > 1
      ? [Piece("NO FEED", .banner)] : broken.map { Piece("NO \($0.title)", .banner) }
    var pieces = Severity.counted.filter { counts[$0] > 0 }.map { severity in
      Piece(severity.mark, severity.countRole, rank: Int(severity.rawValue))
        .adding(severity.mark.count > 1 ? " \(counts[severity])" : "\(counts[severity])")
    }
    if state.hiddenAlarms > 0 {
      pieces.append(Piece("\(state.hiddenAlarms) hidden", .warning, rank: 2))
    }
    let isCalm = pieces.isEmpty && outages.isEmpty
    let total = Piece("\(counts.total)", .text, rank: isCalm ? 0 : 7).adding(" gen", .label)
    if let smallTimePiece { pieces.insert(smallTimePiece, at: 0) }
    let clock = Piece("", rank: 8).adding(clock: state.civil(state.now.wall), .label)
    canvas.draw(outages + pieces + [total], [clock], in: row, gap: 1, glyphs: glyphs)
  }
}

extension Piece {
  /// The time without seconds, whose colon changes its brightness every ten of them.
  ///
  /// So whoever looks at a screen on which nothing happens sees that it is alive.
  fileprivate func adding(clock: CivilTime, _ role: Role = .text) -> Piece {
    let parts = clock.hourAndMinute.split(separator: ":").map(String.init)
    guard parts.count == 2 else { return adding(clock.hourAndMinute, role) }
    let isBright = clock.second / 10 % 2 == 0
    let other: Role = role == .label ? .text : .label
    return adding(parts[0], role).adding(":", isBright ? role : other).adding(parts[1], role)
  }
}
