import Wording
import Dashboard
import Model
import Terminal

/// The fields of the last raw message and of the last enriched record beside each other.
struct MessageTable {
  /// What a field is in the last message, and what it was in the one before.
  private struct Value {
    var now: String
    var before: String?

    init(_ field: MessageField, before message: WatchedMessage?) {
      now = field.value
      before = message?.fields.first { $0.name == field.name }?.value
    }

    var isChanged: Bool { before != nil && before != now }
  }

  /// One field of both.
  private struct Row {
    var name: String
    var raw: Value?
    var enriched: Value?

    /// Whether both have it and say other things.
    var differs: Bool {
      guard let raw = raw?.now, let enriched = enriched?.now else { return false }
      if let left = Double(raw), let right = Double(enriched) { return left != right }
      return raw != enriched
    }
  }

  private var rows: [Row] = []
  private let isOfText: Bool
  /// The date, as times in UTC begin with it.
  private let today: String
  private let glyphs: Glyphs
  /// Seconds that the raw sample is newer than the sample of the record; nil if unknown.
  private let apart: Double?

  init(_ subject: FleetRow, _ state: borrowing DashboardState, _ glyphs: Glyphs) {
    self.glyphs = glyphs
    let policy = state.fleet.policy
    let raw = state.inspection?[policy.rawFeedIsKafka ? .rawTopic : .mqtt]
    let enriched = state.inspection?[.enriched]
    let generator = subject.generator
    today = CivilTime(wall: state.now.wall).date + "T"
    apart = generator.sampleAt.flatMap { sampleAt in
      generator.enrichedAt.map { sampleAt.seconds(since: $0) }
    }
    isOfText = raw?.last.fields.isEmpty == false || enriched?.last.fields.isEmpty == false
    let last = raw?.last.fields.nonEmpty ?? Self.fields(state.fleet.rawReading(of: subject.index))
    let record = enriched?.last.fields.nonEmpty ?? Self.recordFields(subject, state)
    rows = last.map { Row(name: $0.name, raw: Value($0, before: raw?.before)) }
    for field in record {
      let value = Value(field, before: enriched?.before)
      if let place = rows.firstIndex(where: { $0.name == field.name }) {
        rows[place].enriched = value
      } else {
        rows.append(Row(name: field.name, enriched: value))
      }
    }
    rows = rows.enumerated().sorted { left, right in
      let (first, second) = (Self.weight(left.element.name), Self.weight(right.element.name))
      return first != second ? first < second : left.offset < right.offset
    }.map(\.element)
  }

  /// What changes comes first, what never does last.
  private static func weight(_ name: String) -> Int {
    let first = Metric.usual.map(\.wireName) + ["alarm", "region", "time"]
    if let place = first.firstIndex(of: name) { return place }
    return name == "generatorID" ? 100 : 50
  }

  /// The decoded values, for as long as the message itself has not come.
  private static func fields(_ reading: Reading) -> [MessageField] {
    Metric.allCases.compactMap { metric in
      guard let value = reading[metric] else { return nil }
      let text = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
      return MessageField(name: metric.wireName, value: text)
    }
  }

  private static func recordFields(_ subject: FleetRow, _ state: DashboardState) -> [MessageField] {
    guard subject.generator.enrichedAt != nil else { return [] }
    let alarm = subject.generator.alarm.word.map { [MessageField(name: "alarm", value: $0)] } ?? []
    return fields(state.fleet.enrichedReading(of: subject.index)) + alarm
      + [MessageField(name: "region", value: subject.region)]
  }

  /// The table in as many columns as there is width for.
  func lines(width: Int) -> [[Piece]] {
    guard !rows.isEmpty else { return [[Piece("nothing heard from it yet", .label)]] }
    let groups = max(1, min(3, width / 56))
    let room = (width - 2 * (groups - 1)) / groups
    let name = min(14, max(6, room / 4))
    let value = max(4, (room - name - 4) / 2)
    let height = (rows.count + groups - 1) / groups
    let heading = Piece(cell("", name), .header).adding(cell("raw", value + 3), .header)
      .adding(cell("enriched", value), .header)
    var lines = [Array(repeating: heading, count: min(groups, rows.count))]
    lines += (0..<height).map { first in
      stride(from: first, to: rows.count, by: height).prefix(groups).map {
        piece(rows[$0], name, value)
      }
    }
    lines.append([Piece(explanation(), .label)])
    return lines
  }

  private func piece(_ row: Row, _ name: Int, _ value: Int) -> Piece {
    func flags(_ value: Value?) -> CellFlags { value?.isChanged == true ? .bold : [] }
    return Piece(cell(row.name, name - 1) + " ", .label)
      .adding(cell(text(row.raw), value), flags: flags(row.raw))
      .adding(row.differs ? glyphs.isASCII ? "!= " : "≠  " : "   ", .label)
      .adding(cell(text(row.enriched), value), flags: flags(row.enriched))
  }

  private func text(_ value: Value?) -> String {
    guard let value else { return String(Character(glyphs.absent)) }
    guard value.isChanged, let before = value.before else { return short(value.now) }
    return "\(short(before)) \(Character(glyphs.arrowRight)) \(short(value.now))"
  }

  /// Of a time of today, the time of day.
  private func short(_ value: String) -> String {
    value.hasPrefix(today) ? String(value.dropFirst(today.count)) : value
  }

  /// `text` in exactly that many columns.
  private func cell(_ text: String, _ columns: Int) -> String {
    let shown = glyphs.cut(text, to: columns)
    return shown + String(repeating: " ", count: max(0, columns - TextWidth.of(shown)))
  }

  private func explanation() -> String {
    var parts: [String] = []
    if !isOfText { parts.append("decoded values; the messages have not arrived yet") }
    if let apart, rows.contains(where: \.differs) {
      let age = Figures.age(abs(apart))
      parts.append(
        apart >= 0
          ? "the raw sample is \(age) newer than that of the record"
          : "the record's sample is \(age) newer than the raw one"
      )
    }
    return parts.joined(separator: "; ")
  }
}

extension Array {
  /// Nil if there is nothing in it.
  fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
