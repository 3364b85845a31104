import Wording
import Dashboard
import Model
import Terminal

/// The fields of the last raw message and of the last enriched record beside each other.
struct MessageTable {
  /// One field: what it is in both, and what it was before.
  private struct Row {
    var name: String
    var raw: String?
    var rawBefore: String?
    var enriched: String?
    var enrichedBefore: String?

    /// Whether both have it and say other things.
    var differs: Bool {
      guard let raw, let enriched else { return false }
      if let left = Double(raw), let right = Double(enriched) { return left != right }
      return raw != enriched
    }
  }

  private var rows: [Row] = []
  private let isOfText: Bool
  /// The date, as times in UTC begin with it.
  private let today: String
  /// Seconds that the raw sample is newer than the sample of the record; nil if unknown.
  private let apart: Double?

  init(_ subject: DetailSubject, _ state: DashboardState) {
    let policy = state.fleet.policy
    let raw = state.inspection?[policy.rawFeedIsKafka ? .rawTopic : .mqtt]
    let enriched = state.inspection?[.enriched]
    let generator = subject.generator
    today = CivilTime(wall: state.now.wall).date + "T"
    apart = generator.sampleAt.flatMap { sampleAt in
      generator.enrichedAt.map { sampleAt.seconds(since: $0) }
    }
    isOfText = raw?.last.fields.isEmpty == false || enriched?.last.fields.isEmpty == false
    let last = raw?.last.fields.nonEmpty ?? Self.fields(generator.raw)
    let record = enriched?.last.fields.nonEmpty ?? Self.recordFields(generator, state)
    for field in last {
      rows.append(
        Row(
          name: field.name,
          raw: field.value,
          rawBefore: raw?.before?.fields.first { $0.name == field.name }?.value,
          enriched: nil
        )
      )
    }
    for field in record {
      let place = rows.firstIndex { $0.name == field.name }
      var row = place.map { rows[$0] } ?? Row(name: field.name)
      row.enriched = field.value
      row.enrichedBefore = enriched?.before?.fields.first { $0.name == field.name }?.value
      if let place { rows[place] = row } else { rows.append(row) }
    }
    rows = rows.enumerated().sorted { left, right in
      let (first, second) = (Self.weight(left.element.name), Self.weight(right.element.name))
      return first != second ? first < second : left.offset < right.offset
    }.map(\.element)
  }

  /// What changes comes first, what never does last.
  private static func weight(_ name: String) -> Int {
    let first = ["fuel", "load", "power", "temperature", "alarm", "region", "time"]
    if let place = first.firstIndex(of: name) { return place }
    return name == "generatorID" ? 100 : 50
  }

  /// The decoded values, for as long as the message itself has not come.
  private static func fields(_ reading: Reading) -> [MessageField] {
    Metric.allCases.compactMap { metric in
      guard let value = reading[metric] else { return nil }
      let name =
        switch metric {
        case .latitude: "lat"
        case .longitude: "lon"
        case .fuel, .load, .power, .temperature: "\(metric)"
        }
      let text = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
      return MessageField(name: name, value: text)
    }
  }

  private static func recordFields(
    _ generator: Generator,
    _ state: DashboardState
  ) -> [MessageField] {
    guard generator.enrichedAt != nil else { return [] }
    var fields = fields(generator.enriched)
    if let word = generator.alarm.word { fields.append(MessageField(name: "alarm", value: word)) }
    let region = state.fleet.regions[Int(generator.region)]
    return fields + [MessageField(name: "region", value: region)]
  }

  /// The table in as many columns as there is width for.
  func lines(width: Int, _ glyphs: Glyphs) -> [[Piece]] {
    guard !rows.isEmpty else { return [[Piece("nothing was heard of it yet", .label)]] }
    let groups = max(1, min(3, width / 56))
    let room = (width - 2 * (groups - 1)) / groups
    let name = min(14, max(6, room / 4))
    let value = max(4, (room - name - 4) / 2)
    let height = (rows.count + groups - 1) / groups
    let heading = Piece(cell("", name, glyphs), .header)
      .adding(cell("raw", value + 3, glyphs), .header).adding(
        cell("enriched", value, glyphs),
        .header
      )
    var lines = [Array(repeating: heading, count: min(groups, rows.count))]
    for row in 0..<height {
      lines.append(
        (0..<groups).compactMap { group in
          let place = group * height + row
          return rows.indices.contains(place) ? piece(rows[place], name, value, glyphs) : nil
        }
      )
    }
    lines.append([Piece(explanation(glyphs), .label)])
    return lines
  }

  private func piece(_ row: Row, _ name: Int, _ value: Int, _ glyphs: Glyphs) -> Piece {
    let raw = text(row.raw, before: row.rawBefore, glyphs)
    let enriched = text(row.enriched, before: row.enrichedBefore, glyphs)
    return Piece(cell(row.name, name - 1, glyphs) + " ", .label)
      .adding(cell(raw.text, value, glyphs), .text, flags: raw.isChanged ? .bold : [])
      .adding(row.differs ? glyphs.isASCII ? "!= " : "≠  " : "   ", .label)
      .adding(cell(enriched.text, value, glyphs), .text, flags: enriched.isChanged ? .bold : [])
  }

  private func text(
    _ value: String?,
    before: String?,
    _ glyphs: Glyphs
  ) -> (text: String, isChanged: Bool) {
    guard let value else { return (String(Character(glyphs.absent)), false) }
    let shown = short(value)
    guard let before, before != value else { return (shown, false) }
    return ("\(short(before)) \(Character(glyphs.arrowRight)) \(shown)", true)
  }

  /// Of a time of today, the time of day.
  private func short(_ value: String) -> String {
    value.hasPrefix(today) ? String(value.dropFirst(today.count)) : value
  }

  /// `text` in exactly that many columns.
  private func cell(_ text: String, _ columns: Int, _ glyphs: Glyphs) -> String {
    let shown = TextWidth.truncate(text, to: columns, ellipsis: glyphs.ellipsis)
    return shown + String(repeating: " ", count: max(0, columns - TextWidth.of(shown)))
  }

  private func explanation(_ glyphs: Glyphs) -> String {
    var parts: [String] = []
    if !isOfText { parts.append("decoded values; the messages themselves are on their way") }
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
