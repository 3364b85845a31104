import Wording
import Dashboard
import Model
import Terminal

extension HopState {
  /// In words, where there is no reason that says more.
  var word: String {
    switch self {
    case .ok: "ok"
    case .unknown: "not known"
    case .warning: "late"
    case .critical: "failing"
    }
  }
}

extension HopForecast {
  /// `rising 320/min, will not catch up alone`.
  func words(_ measure: HopHistory.Measure) -> String {
    func pace(_ perMinute: Double) -> String {
      switch measure {
      case .records: "\(Figures.compact(perMinute))/min"
      case .seconds: "\(Figures.number(perMinute, places: perMinute < 9.95 ? 1 : 0)) s/min"
      }
    }
    switch self {
    case .rising(let perMinute): return "rising \(pace(perMinute)), will not catch up alone"
    case .falling(let perMinute, let seconds):
      return "falling \(pace(perMinute)), through in \(Figures.age(seconds))"
    }
  }
}

extension HopFigures {
  /// Its seconds as they are told: the longest they may be, where they run up and down though all is well.
  var toldSeconds: Double? { upTo ?? secondsBehind }

  /// What stands before them.
  var about: String { upTo != nil ? "up to " : isEstimated ? "about " : "" }
}

extension Picture {
  /// Rate, delay and backlog, each with its word; a dash for a hop of which nothing is known.
  ///
  /// The words take `width` columns, so that the figures stand under each other.
  func figures(of hop: HopFigures, width: Int) -> [Piece] {
    let row = hop.id.row
    func told(_ label: String, _ text: String?, _ role: Role = .text) -> Piece? {
      let gap = String(repeating: " ", count: max(1, width - label.count))
      return text.map { Piece(label + gap, .label).adding($0, role) }
    }
    // The colour is for what is wrong: the reason, and a span that is too long.
    let isLate = hop.state >= .warning && hop.secondsBehind ?? 0 > 30
    let role: Role = isLate ? hop.state.role : .text
    let records = hop.recordsBehind.map { Figures.compact($0) }
    var pieces = [told("rate", hop.ratePerSecond.map(Figures.rate))]
    if row.isBacklog, let records {
      // Two measures of one thing; at the end there is nothing to tell but that.
      let seconds = hop.recordsBehind == 0 ? nil : hop.toldSeconds
      let span = seconds.map { ", \(hop.about)\(Figures.delay($0).filter { $0 != " " })" } ?? ""
      pieces.append(told(row.recordsWord, records + span, role))
    } else {
      let span = hop.toldSeconds.map { hop.about + self.span($0, of: hop) }
      pieces += [told(row.secondsWord, span, role), told(row.recordsWord, records)]
    }
    let known = (pieces + [hop.detail.map { Piece($0) }]).compactMap { $0 }
    return known.isEmpty ? [Piece(String(Character(glyphs.absent)), .label)] : known
  }

  /// The age of the newest sample moves all the time: below a second it is of no interest.
  private func span(_ seconds: Double, of hop: HopFigures) -> String {
    guard !hop.id.row.isDelay else { return Figures.delay(seconds) }
    return seconds < 1 ? "now" : Figures.age(seconds)
  }

  /// What the trend says, then what is wrong or missing.
  func remarks(on hop: HopFigures) -> [Piece] {
    let forecast = state.fleet.hopHistory.forecast(of: hop.id, at: state.now.monotonic)
    let isRising = if case .rising = forecast { true } else { false }
    let words = forecast.map {
      Piece($0.words(hop.id.row.trend), isRising ? .warning : .text, rank: 1)
    }
    let reason = hop.reason.map {
      Piece($0, hop.state >= .warning ? hop.state.role : .label, rank: 2)
    }
    return [words, reason].compactMap { $0 }
  }

  /// How many seconds half of the samples take to come back as records, and 95 of 100; nil while that
  /// is not known, and when the last one came too long ago.
  var endToEnd: (half: Double, most: Double)? {
    let (fleet, now) = (state.fleet, state.now.monotonic)
    func quantiles(_ meter: DelayMeter) -> (half: Double, most: Double)? {
      guard let half = meter.quantile(0.5, at: now, within: fleet.taskSpan),
        let most = meter.quantile(0.95, at: now, within: fleet.taskSpan)
      else { return nil }
      return (half, most)
    }
    guard state.hops.contains(where: { $0.id == .task && $0.state != .unknown }),
      let task = quantiles(fleet.traffic.taskDelay)
    else { return nil }
    // Where the raw topic is read, the task's part begins there.
    guard let bridge = quantiles(fleet.traffic.bridgeDelay) else { return task }
    return (task.half + bridge.half, task.most + bridge.most)
  }

  /// Whether the feed that a hop is measured by is away.
  func isDown(_ hop: HopFigures) -> Bool {
    hop.id.row.feed.map { state.outage(of: $0) != nil } ?? false
  }

  func isSlowest(_ hop: HopFigures) -> Bool { hop.id == state.slowestHop?.id }

  /// The name of a hop; of the slowest one also that it is the slowest.
  func heading(of hop: HopFigures) -> Piece {
    let isLate = hop.state >= .warning
    let role: Role = isLate ? hop.state.role : hop.state == .unknown ? .label : .accent
    let name = Piece(hop.id.name, role)
    guard isSlowest(hop) else { return name }
    let word = isDown(hop) ? "DOWN" : "SLOWEST"
    return name.adding(" ").adding(word, isLate ? hop.state.role : .label)
  }
}
