import Wording
import Dashboard
import Model
import Terminal

extension WatchedMessage.Stage {
  fileprivate var title: String {
    switch self {
    case .mqtt: "mqtt"
    case .rawTopic: "raw topic"
    case .enriched: "enriched"
    }
  }
}

extension Picture {
  /// The last messages of the generator as they came: as a table, as text or as bytes.
  func drawRecords(_ subject: DetailSubject, in area: Rect, on canvas: inout Canvas) {
    let form = state.payloadForm
    let note =
      "\(state.keys.name(of: .payloadForm)): \(PayloadForm.allCases.map { $0 == form ? "[\($0)]" : "\($0)" }.joined(separator: " "))"
    let inside = frame(.detailRecord, area, title: "LAST MESSAGES", note: note, on: &canvas)
    let body = state.layout.style == .boxed ? inside.inset(columns: 1, rows: 0) : inside
    guard body.width >= 12, !body.isEmpty else { return }
    guard state.pastView?.isChosen != true else {
      return explain(
        ["messages of the past are not kept", "\(state.keys.name(of: .freeze)) goes back to live"],
        in: body,
        on: &canvas
      )
    }
    let lines = recordLines(subject, width: body.width)
    extents.add(Extent(lines: lines.count, rows: body.height), of: .messages)
    let shown = window(of: .detailRecord, rows: body.height, count: lines.count)
    for (row, place) in shown.enumerated() {
      canvas.draw(lines[place], in: body.row(row), gap: 2, glyphs: glyphs)
    }
    guard lines.count > shown.count, state.layout.style == .boxed else { return }
    let bar = Rect(x: area.right - 1, y: body.y, width: 1, height: body.height)
    canvas.scrollBar(bar, shown: shown, count: lines.count, glyphs: glyphs)
  }

  /// The stages that are configured, in the order data takes.
  private var stages: [WatchedMessage.Stage] {
    let policy = state.fleet.policy
    let hasMQTT = policy.hasRawFeed && !policy.rawFeedIsKafka
    let hasRaw = policy.rawFeedIsKafka || policy.tailsRawTopic
    return [
      hasMQTT ? .mqtt : nil, hasRaw ? .rawTopic : nil, policy.hasEnrichedFeed ? .enriched : nil,
    ].compactMap { $0 }
  }

  private func recordLines(_ subject: DetailSubject, width: Int) -> [[Piece]] {
    let headings = stages.map { heading($0, subject) }
    guard state.payloadForm != .table else {
      return headings + MessageTable(subject, state).lines(width: width, glyphs)
    }
    return zip(stages, headings).flatMap { stage, heading -> [[Piece]] in
      guard let pair = state.inspection?[stage] else { return [heading] }
      if stage == .rawTopic, pair.last.bytes == state.inspection?[.mqtt]?.last.bytes {
        return [heading, [Piece("  the same as by mqtt", .label)]]
      }
      let content =
        state.payloadForm == .hex
        ? hexLines(pair.last, width: width) : textLines(pair.last, width: width)
      return [heading] + content + [changeLine(pair)]
    }
  }

  /// Where a message came from, how large it is and how old.
  private func heading(_ stage: WatchedMessage.Stage, _ subject: DetailSubject) -> [Piece] {
    let title = stage.title + String(repeating: " ", count: 9 - stage.title.count)
    guard let message = state.inspection?[stage]?.last else {
      let isUsed = stage == .enriched ? subject.generator.enrichedAt : subject.generator.sampleAt
      let text =
        isUsed == nil ? "nothing heard yet" : "its text comes with the next message"
      return [Piece(title, .accent), Piece(text, .label)]
    }
    var pieces = [Piece(title, .accent), Piece(message.topic, .text, rank: 1)]
    if let partition = message.partition, let offset = message.offset {
      pieces.append(Piece("p\(partition)@\(offset)", .text))
    }
    if let key = message.key { pieces.append(Piece("key ", .label, rank: 4).adding(key)) }
    if let qos = message.qos {
      pieces.append(Piece("qos ", .label, rank: 3).adding("\(qos)"))
      let retained = message.isRetained ? "yes" : "no"
      pieces.append(Piece("retained ", .label, rank: 3).adding(retained))
    }
    let cut = message.isCut ? ", first \(message.bytes.count)" : ""
    pieces.append(Piece("\(message.size) B\(cut)", .text, rank: 2))
    if let time = message.recordTime {
      pieces.append(Piece("time ", .label, rank: 3).adding(preciseClock(time)))
    }
    let age = Figures.age(state.now.monotonic.seconds(since: message.receivedAt))
    pieces.append(Piece("\(age) ago", .label, rank: 1))
    return pieces
  }

  /// The text, broken where fields end if they fit, else anywhere.
  private func textLines(_ message: WatchedMessage, width: Int) -> [[Piece]] {
    let room = max(8, width - 2)
    var lines: [String] = []
    var line = ""
    var columns = 0
    var breakAt: String.Index?
    for character in message.text {
      let size = TextWidth.of(String(character))
      if columns + size > room {
        let end = breakAt ?? line.endIndex
        let rest = line[end...].drop { $0 == " " }
        lines.append(String(line[..<end]))
        line = String(rest)
        columns = TextWidth.of(line)
        breakAt = nil
      }
      line.append(character)
      columns += size
      if character == "," { breakAt = line.endIndex }
    }
    if !line.isEmpty { lines.append(line) }
    if lines.isEmpty { lines = ["(empty)"] }
    return lines.map { [Piece("  \($0)", .text)] }
  }

  /// Sixteen bytes a line, or eight where there is less room.
  private func hexLines(_ message: WatchedMessage, width: Int) -> [[Piece]] {
    let perLine = width >= 76 ? 16 : 8
    return stride(from: 0, to: message.bytes.count, by: perLine).map { start in
      let bytes = message.bytes[start..<min(message.bytes.count, start + perLine)]
      let hex = bytes.map { Figures.digits(Int($0), count: 2, radix: 16) }.joined(separator: " ")
      let place = Figures.digits(start, count: 4, radix: 16)
      let padding = String(repeating: " ", count: max(0, perLine * 3 - 1 - hex.count))
      let text = String(
        bytes.map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "." }
      )
      return [
        Piece("  \(place)", .label).adding("  \(hex)\(padding)  ").adding(text, .label)
      ]
    }
  }

  /// Which fields are other than in the message before.
  private func changeLine(_ pair: Inspection.Pair) -> [Piece] {
    guard let before = pair.before else {
      return [Piece("  what changed is known with the next one", .label)]
    }
    let changes = pair.last.fields.compactMap { field -> String? in
      let old = before.fields.first { $0.name == field.name }?.value
      guard old != field.value else { return nil }
      return "\(field.name) \(old ?? "none") \(Character(glyphs.arrowRight)) \(field.value)"
    }
    guard !changes.isEmpty else {
      let isSame = pair.last.text == before.text
      return [Piece(isSame ? "  nothing changed" : "  no single field changed", .label)]
    }
    return [Piece("  changed", .label)] + changes.enumerated().map { Piece($1, .text, rank: $0) }
  }

  /// A time of day to the millisecond.
  func preciseClock(_ wall: Int64) -> String {
    guard state.times != .age else { return clock(wall) }
    return state.civil(wall).preciseTimeOfDay
  }
}
