import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The lines at the top: what is abnormal, whether data comes, what is hidden, the time.
  mutating func drawHeader(in area: Rect) {
    guard state.layout.style != .minimal else { return drawSmallHeader(in: area.row(0)) }
    let inner = margin(area)
    let gap = inner.width >= 110 ? 3 : 2
    let name = Piece("egtop", .accent, rank: 6)
    draw([name] + countPieces, clockPieces, in: inner.row(0), gap: gap)
    let feeds = FeedKind.allCases.map { feedPiece($0, width: inner.width) }
    draw(feeds + hopPieces + lossPieces, sincePieces + viewPieces, in: inner.row(1), gap: gap)
  }

  /// How many there are of each condition; the bad ones have the rank to stay.
  private var countPieces: [Piece] {
    let counts = state.fleet.counts
    let fleet = Piece("fleet ", .label, rank: 4).adding("\(counts.total)")
    let ranks: [Severity: Int] = [.lost: 1, .stale: 2, .never: 5]
    let others = Severity.counted + (counts.never > 0 ? [.never] : [])
    return [fleet]
      + others.map { severity in
        let isThere = counts[severity] > 0
        let count = state.fleet.count(severity).map { "\($0)" } ?? "?"
        let role: Role = isThere ? severity.countRole : .label
        // Beside a critical one, "0 refuel" would say that nobody has to.
        let isMisleading = severity == .alarm && !isThere && counts.critical > 0
        let isWordy = severity > .alarm || state.width >= 100 && !isMisleading
        return Piece(severity.mark, role, rank: ranks[severity] ?? 0)
          .adding(" \(count)", isThere ? .text : .label, flags: isThere ? .bold : [])
          .adding(isWordy ? " \(severity.word)" : "", .label)
      }
  }

  /// A label with its value; nil for none.
  private func told(
    _ label: String,
    _ text: String?,
    _ roles: (label: Role, text: Role) = (.label, .text),
    rank: Int
  ) -> Piece? {
    guard let text, !text.isEmpty else { return nil }
    return Piece(label, roles.label, rank: rank).adding(" ").adding(text, roles.text)
  }

  /// The time without seconds, which would cost bytes every second and tell nothing.
  private var clockPieces: [Piece] {
    let options = state.options
    let muted = state.mutedUntil.map { Figures.remaining(($0 &- state.present.monotonic).seconds) }
    let recorded = options.replayed == nil ? state.recordingFile?.split(separator: "/").last : nil
    let pieces = [
      state.isLowBandwidth ? Piece("LOW BANDWIDTH", .notice, rank: 1) : nil,
      told("muted", muted, (.notice, .text), rank: 1),
      state.isOrderHeld && state.pastView == nil ? Piece("order held", .label, rank: 3) : nil,
      told("REPLAY", options.replayed.map { glyphs.cut($0, to: 24) }, (.notice, .label), rank: 1),
      told("REC", recorded.map { glyphs.cut(String($0), to: 16) }, (.notice, .label), rank: 4),
      told("DEMO", options.demo?.label, (.notice, .label), rank: 1),
    ].compactMap { $0 }
    if let timePiece { return pieces + [timePiece] }
    let now = state.civil(state.now.wall)
    let date = state.width >= 110 ? Piece("\(now.weekday) \(now.date)", .label, rank: 7) : nil
    let clock = Piece("", .label, rank: 3).adding(clock: now).adding(" \(state.zone)", .label)
    return pieces + [date, clock].compactMap { $0 }
  }

  private func feedPiece(_ feed: FeedKind, width: Int) -> Piece {
    let traffic = state.fleet.traffic
    let name = feed.rawValue + " "
    if let outage = state.outage(of: feed) {
      let next = outage.nextTry.map {
        ", next try \(Figures.countdown(($0 &- state.now.monotonic).seconds))"
      }
      let reason = glyphs.cut(outage.reason ?? "connecting", to: max(16, width / 4))
      return Piece(" \(name)down: \(reason)\(next ?? "") ", .banner)
    }
    let flow = flow(of: feed).map { " " + $0 } ?? ""
    switch traffic.status(feed) {
    case .off: return Piece(name + "off", .label, rank: 5)
    case .connecting, .retrying: return Piece(name, .label).adding("connecting", .label)
    case .live:
      let piece = Piece(name, .label).adding("live").adding(flow, .label)
      let isForeign = state.fleet.notUnderstood(feed) != nil
      return isForeign ? piece.adding(", none understood", .warning) : piece
    case .degraded(let reason):
      let shown = glyphs.cut(reason, to: max(16, width / 4))
      return Piece(name, .label).adding("degraded: \(shown)", .warning).adding(flow, .label)
    }
  }

  /// The rate of samples; of Kafka, whose records come in bursts, how far behind we are.
  private func flow(of feed: FeedKind) -> String? {
    let traffic = state.fleet.traffic
    switch feed {
    case .mqtt:
      return state.fleet.mqttRate(at: state.now.monotonic).map(Figures.rate)
    case .kafka:
      if let progress = traffic.enrichedProgress, !progress.hasReadHistory {
        return "reading the last hour"
      }
      let behind = traffic.enrichedProgress?.recordsBehind ?? 0
      return behind > 0 ? "\(Figures.compact(behind)) behind" : nil
    }
  }

  /// The hop that is at fault, unless a feed says so itself, and since when records tell nothing new.
  private var hopPieces: [Piece] {
    let hop = state.worstHop.flatMap { isDown($0) ? nil : $0 }
    let asOf = recordsAsOf.map { Piece("records ", .label, rank: 1).adding($0, .warning) }
    guard let hop else { return [asOf].compactMap { $0 } }
    let reason = state.width < 60 ? hop.state.word : hop.reason ?? hop.state.word
    let piece = Piece("\(hop.id.name) ", hop.state.role, rank: 1)
      .adding(glyphs.cut(reason, to: max(16, state.width / 4)), .text)
    return [piece, asOf].compactMap { $0 }
  }

  /// `as of 02:35:40` while records come late or not at all; nil while what they say is of now.
  var recordsAsOf: String? {
    state.fleet.recordsAsOf(at: state.now.monotonic).map {
      "as of " + state.timeOfDay(state.now.wall(ofMonotonic: $0), seconds: true)
    }
  }

  /// What did not reach the screen as it was sent; nothing where all did.
  private var lossPieces: [Piece] {
    let traffic = state.fleet.traffic
    let rejected = traffic.counters.values.reduce(0) { $0 + $1.rejected }
    let missed = traffic.counters.values.reduce(0) { $0 + $1.missed }
    let beyond = traffic.counters.values.reduce(0) { $0 + $1.beyondBound }
    let lost = traffic.counters.values.reduce(0) { $0 + $1.lostFields }
    return [
      (traffic.folded + traffic.foldedWords, "folded"), (rejected, "rejected"), (missed, "missed"),
      (beyond, "beyond the bound"), (lost, "fields lost"),
    ].filter { $0.0 > 0 }.map { count, word in
      Piece(word, .notice, rank: 3).adding(" \(Figures.compact(count))")
    }
  }

  /// What the operator chose to see, and what that hides.
  private var viewPieces: [Piece] {
    func count(_ label: String, _ count: Int, rank: Int) -> Piece? {
      told(label, count > 0 ? "\(count)" : nil, rank: rank)
    }
    let filter = state.filter.isEmpty ? nil : glyphs.cut(state.filter.text, to: 24)
    // What hides a generator that is shown all the same.
    let outside = state.guest.flatMap { state.isInView($0) ? nil : state.hiding($0) }
    return [
      told("region", glyphs.cut(state.regions.joined(separator: ", "), to: 24), rank: 2),
      told("filter", filter, (.label, .match), rank: 2),
      state.abnormalOnly ? Piece("abnormal only", rank: 2) : nil,
      count("pinned", state.pinned.count, rank: 4), count("marked", state.marked.count, rank: 4),
      outside.map { Piece("! outside", .notice, rank: 1).adding(" " + $0.joined(separator: ", ")) },
      count("hidden", state.hiddenGenerators, rank: 1),
      state.hiddenAlarms > 0 ? Piece("\(state.hiddenAlarms) hidden alarms", .warning) : nil,
    ].compactMap { $0 }
  }

  /// One line for the smallest screens: a dead feed, then counts, the worst first.
  private mutating func drawSmallHeader(in row: Rect) {
    let counts = state.fleet.counts
    guard row.width >= 3 else {
      let mark = counts.worst.mark.isEmpty ? "." : counts.worst.mark
      return _ = canvas.write(mark, in: row, role: counts.worst.role)
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
    if let hop = state.worstHop, !isDown(hop) {
      pieces.append(Piece(hop.id.name, hop.state.role, rank: 6))
    }
    draw(outages + pieces + [total], [clock], in: row, gap: 1)
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
