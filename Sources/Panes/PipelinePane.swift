import Dashboard
import Model
import Terminal

extension HopID {
  /// What passes here, for people.
  var path: String {
    switch self {
    case .mqtt: "generators to us"
    case .bridge: "MQTT to raw topic"
    case .sink: "raw topic to bucket"
    case .task: "sample to record"
    case .enriched: "EG topic to us"
    case .screen: "us to terminal"
    }
  }

  /// What ``HopFigures/recordsBehind`` counts here.
  var behind: String {
    switch self {
    case .bridge: "waiting"
    case .mqtt, .sink, .task, .enriched, .screen: "behind"
    }
  }

  /// What ``HopFigures/secondsBehind`` is the span of here.
  var span: String {
    switch self {
    case .mqtt: "newest"
    case .bridge, .task: "delay"
    case .sink, .enriched: "behind"
    case .screen: "blocked"
    }
  }
}

extension Picture {
  /// The hops in the order data takes, joined by arrows; the worst one is marked.
  func drawPipeline(in area: Rect, on canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let worst = state.worstHop
    let note = worst.map { "worst: \($0.id.rawValue)" + ($0.reason.map { ", \($0)" } ?? "") } ?? ""
    let room = max(0, area.width - 20)
    let inside = frame(
      .pipeline,
      area,
      title: "PIPELINE",
      note: TextWidth.truncate(note, to: room, ellipsis: glyphs.ellipsis),
      on: &canvas
    )
    guard !inside.isEmpty, !state.hops.isEmpty else { return }
    if inside.height >= 4, inside.width >= 90 {
      drawHopColumns(worst: worst?.id, in: inside, on: &canvas)
    } else if inside.height >= 6 {
      drawHopRows(worst: worst?.id, in: inside, on: &canvas)
    } else {
      drawHopLine(worst: worst?.id, in: inside.row(0), on: &canvas)
    }
  }

  private func drawHopColumns(worst: HopID?, in inside: Rect, on canvas: inout Canvas) {
    let body = inside.inset(columns: 1, rows: 0)
    let count = state.hops.count
    let width = (body.width - 3 * (count - 1)) / count
    for (place, hop) in state.hops.enumerated() {
      let x = body.x + place * (width + 3)
      let area = Rect(x: x, y: body.y, width: width, height: body.height)
      draw(hop, isWorst: hop.id == worst, in: area, on: &canvas)
      if place + 1 < count {
        canvas.put(glyphs.arrowRight, x: x + width + 1, y: body.y, in: inside, role: .frameFocused)
      }
    }
  }

  private func draw(_ hop: HopFigures, isWorst: Bool, in area: Rect, on canvas: inout Canvas) {
    let title = Piece(hop.id.rawValue, hop.state == .unknown ? .label : .accent)
      .adding(isWorst ? "*" : "", hop.state.role)
    canvas.draw(
      [title, Piece(hop.id.path, .label, rank: 1)],
      in: area.row(0),
      gap: 2,
      glyphs: glyphs
    )
    let lines = figures(of: hop, width: max(hop.id.span.count, hop.id.behind.count) + 1)
    for (row, piece) in lines.enumerated() {
      canvas.draw([piece], in: area.row(row + 1), glyphs: glyphs)
    }
    let reasons = wrap(hop.reason ?? "", to: area.width)
    let first = lines.count + 1
    for (row, text) in reasons.enumerated() {
      let line = area.row(first + row)
      let isLast = first + row == area.height - 1 && row + 1 < reasons.count
      let shown = isLast ? reasons[row...].joined(separator: " ") : text
      let role: Role = hop.state >= .warning ? hop.state.role : .label
      canvas.draw([Piece(shown, role)], in: line, glyphs: glyphs)
    }
  }

  /// Rate, delay and backlog, each with its word; a dash for a hop of which nothing is known.
  ///
  /// The words take `width` columns, so that the figures stand under each other.
  private func figures(of hop: HopFigures, width: Int) -> [Piece] {
    func word(_ text: String) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    var pieces: [Piece] = []
    if let rate = hop.ratePerSecond {
      pieces.append(Piece(word("rate"), .label).adding(Figures.rate(rate)))
    }
    // The colour is for what is wrong: the reason, and a span that is too long.
    let isLate = hop.state >= .warning && hop.secondsBehind ?? 0 > 30
    let role: Role = isLate ? hop.state.role : .text
    let seconds = hop.secondsBehind.map { (hop.isEstimated ? "about " : "") + span($0, of: hop) }
    let records = hop.recordsBehind.map { Figures.compact($0) }
    if hop.id.span == hop.id.behind, let records {
      // Two measures of one thing; at the end there is nothing to tell but that.
      let isThrough = hop.recordsBehind == 0
      let span = isThrough ? nil : hop.secondsBehind.map { Figures.delay($0).filter { $0 != " " } }
      let about = hop.isEstimated && span != nil ? "about " : ""
      let both = [records, span.map { about + $0 }].compactMap { $0 }.joined(separator: ", ")
      pieces.append(Piece(word(hop.id.behind), .label).adding(both, role))
    } else {
      if let seconds { pieces.append(Piece(word(hop.id.span), .label).adding(seconds, role)) }
      if let records { pieces.append(Piece(word(hop.id.behind), .label).adding(records)) }
    }
    if let detail = hop.detail { pieces.append(Piece(detail, .text)) }
    return pieces.isEmpty ? [Piece(String(Character(glyphs.absent)), .label)] : pieces
  }

  /// The age of the newest sample moves all the time: below a second it is of no interest.
  private func span(_ seconds: Double, of hop: HopFigures) -> String {
    guard hop.id == .mqtt || hop.id == .screen else { return Figures.delay(seconds) }
    return seconds < 1 ? "now" : Figures.age(seconds)
  }

  /// A line for each hop, where there is height but no width.
  private func drawHopRows(worst: HopID?, in inside: Rect, on canvas: inout Canvas) {
    for (row, hop) in state.hops.enumerated() {
      let line = inside.row(row)
      let (name, rest) = line.split(left: 10)
      let mark = hop.id == worst ? "*" : ""
      let role: Role = hop.state == .unknown ? .label : hop.state == .ok ? .text : hop.state.role
      canvas.write(hop.id.rawValue + mark, x: name.x, y: name.y, in: name, role: role)
      let reason = hop.reason.map {
        [Piece($0, hop.state >= .warning ? hop.state.role : .label, rank: 1)]
      }
      canvas.draw(figures(of: hop, width: 0) + (reason ?? []), in: rest, gap: 3, glyphs: glyphs)
      highlight(.pipeline, line: row, row: line, on: &canvas)
    }
  }

  /// All hops in one line: the delay, else the rate, else a dash; a dead feed in a word.
  private func drawHopLine(worst: HopID?, in row: Rect, on canvas: inout Canvas) {
    var pieces: [Piece] = []
    for (place, hop) in state.hops.enumerated() {
      let rank = hop.state >= .warning ? 0 : 1
      let mark = hop.id == worst ? "*" : ""
      var piece = Piece(hop.id.rawValue + mark + " ", .label, rank: rank)
        .adding(briefly(hop), hop.state.role)
      if place + 1 < state.hops.count {
        piece = piece.adding(" \(Character(glyphs.arrowRight))", .frameFocused)
      }
      pieces.append(piece)
    }
    canvas.draw(pieces, in: row, gap: 1, glyphs: glyphs)
  }

  private func briefly(_ hop: HopFigures) -> String {
    let feed: FeedKind? = hop.id == .mqtt ? .mqtt : hop.id == .enriched ? .kafka : nil
    if let feed, state.outage(of: feed) != nil { return "down" }
    if hop.state != .unknown || hop.ratePerSecond != nil || hop.secondsBehind != nil {
      if hop.id == .mqtt || hop.id == .screen || hop.secondsBehind == nil,
        let rate = hop.ratePerSecond
      {
        return Figures.rate(rate)
      }
      if let seconds = hop.secondsBehind {
        return Figures.delay(seconds).filter { $0 != " " }
      }
      if let records = hop.recordsBehind { return Figures.compact(records) }
    }
    return String(Character(glyphs.absent))
  }

  /// `text` in lines of at most `width` columns, broken between words.
  func wrap(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if line.isEmpty {
        line = String(word)
      } else if TextWidth.of(line) + 1 + TextWidth.of(word) <= width {
        line += " " + word
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
