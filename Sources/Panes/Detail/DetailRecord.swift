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

extension WatchedMessage {
  /// Its partition and offset: `p3@1047`; nil for one that is no record of Kafka.
  var place: String? {
    guard let partition, let offset else { return nil }
    return "p\(partition)@\(offset)"
  }
}

extension Picture {
  /// The last messages of the generator as they came: as a table, as text or as bytes.
  mutating func drawRecords(_ subject: FleetRow, in area: Rect) {
    let form = state.payloadForm
    let note =
      "\(state.keys.name(of: .payloadForm)): \(PayloadForm.allCases.map { $0 == form ? "[\($0)]" : "\($0)" }.joined(separator: " "))"
    let body = margin(frame(.detailRecord, area, note: note))
    guard body.width >= 12, !body.isEmpty else { return }
    guard state.pastView?.isChosen != true else {
      return explain(
        ["past messages are not kept", "\(state.keys.name(of: .freeze)) goes back to live"],
        in: body
      )
    }
    let lines = recordLines(subject, width: body.width)
    extents[.messages] = Extent(lines: lines.count, rows: body.height)
    let shown = window(of: .detailRecord, rows: body.height, count: lines.count)
    for (row, place) in shown.enumerated() {
      draw(lines[place], in: body.row(row), gap: 2)
    }
    guard lines.count > shown.count, isBoxed else { return }
    let bar = Rect(x: area.right - 1, y: body.y, width: 1, height: body.height)
    canvas.scrollBar(bar, shown: shown, count: lines.count)
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

  private func recordLines(_ subject: FleetRow, width: Int) -> [[Piece]] {
    let headings = stages.map { heading($0, subject) }
    guard state.payloadForm != .table else {
      return headings + MessageTable(subject, state, glyphs).lines(width: width)
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
  private func heading(_ stage: WatchedMessage.Stage, _ subject: FleetRow) -> [Piece] {
    let title = Piece(stage.title + String(repeating: " ", count: 9 - stage.title.count), .accent)
    guard let message = state.inspection?[stage]?.last else {
      let isUsed = stage == .enriched ? subject.generator.enrichedAt : subject.generator.sampleAt
      let text = isUsed == nil ? "nothing heard yet" : "its text comes with the next message"
      return [title, Piece(text, .label)]
    }
    func told(_ label: String, _ text: String?, rank: Int = 3) -> Piece? {
      text.map { Piece("\(label) ", .label, rank: rank).adding($0) }
    }
    let cut = message.isCut ? ", first \(message.bytes.count)" : ""
    let age = Figures.age(state.now.monotonic.seconds(since: message.receivedAt))
    let retained = message.isRetained ? "yes" : "no"
    return [
      title, Piece(message.topic, rank: 1), message.place.map { Piece($0) },
      told("key", message.key, rank: 4), told("qos", message.qos.map { "\($0)" }),
      told("retained", message.qos == nil ? nil : retained),
      Piece("\(message.size) B\(cut)", rank: 2), told("time", message.recordTime.map(preciseClock)),
      Piece("\(age) ago", .label, rank: 1),
    ].compactMap { $0 }
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
      return [Piece("  \(place)", .label).adding("  \(hex)\(padding)  ").adding(text, .label)]
    }
  }

  /// Which fields are other than in the message before.
  private func changeLine(_ pair: Inspection.Pair) -> [Piece] {
    guard let before = pair.before else {
      return [Piece("  changes show with the next message", .label)]
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
