import Wording
import Dashboard
import Model
import Terminal

extension Picture {
  /// The generators of which raw and enriched differ, a line each: what is wrong, since when, and what both say.
  mutating func drawDifferences(in area: Rect) {
    let shown = state.differences
    let all = state.fleet.traffic.differences
    let counts = Difference.allCases.filter { all[$0] > 0 }.map { "\($0.word) \(all[$0])" }
    let hidden = all.total > shown.count ? ["\(all.total - shown.count) not shown"] : []
    let title = "\(PaneID.differences.title) \(shown.count)"
    let room = max(0, area.width - TextWidth.of(title) - 12)
    let note = glyphs.cut((counts + hidden).joined(separator: glyphs.dot), to: room)
    let inside = frame(.differences, area, title: title, note: note)
    guard !shown.isEmpty else { return explain([noDifferences], in: inside) }
    let lines = window(of: .differences, rows: inside.height, count: shown.count)
    for (row, place) in lines.enumerated() {
      drawDifference(of: shown[place], in: inside.row(row))
      highlight(.differences, line: place, row: inside.row(row))
    }
  }

  private var noDifferences: String {
    let policy = state.fleet.policy
    if !policy.hasEnrichedFeed { return "no Kafka configured: nothing to compare with" }
    if !policy.hasRawFeed { return "no raw feed: nothing to compare with" }
    let isAway = FeedKind.allCases.contains { state.outage(of: $0) != nil }
    if isAway { return "nothing is compared while a feed is away" }
    if state.fleet.traffic.differences.total > 0 { return "none of those that are shown" }
    return "none: all that is sent comes back as records that agree"
  }

  private mutating func drawDifference(of index: GeneratorIndex, in line: Rect) {
    guard let row = FleetRow(known: index, state), let difference = row.generator.difference
    else { return }
    let body = margin(line)
    drawMark(row.generator.conditions, in: body.split(left: 3).left)
    let (word, rest) = body.split(left: 4).rest.split(left: min(26, max(14, body.width / 3)))
    canvas.writeTruncated(difference.word, in: word.split(right: 2).rest, role: .warning)
    let fleet = state.fleet
    let since = fleet.differsSince(index).map { state.now.monotonic.seconds(since: $0) }
    func told(_ label: String, _ fuel: Double?) -> Piece {
      Piece("\(label) ", .label, rank: 1).adding(pad(fuel.map { Figures.exact($0) } ?? "?", 6))
    }
    let pieces = [
      Piece("for ", .label).adding(pad(since.map(Figures.age) ?? "?", 4)),
      told("raw", fleet.rawReading(of: index).fuel),
      told("record", fleet.enrichedReading(of: index).fuel),
      Piece(row.generator.alarm.word ?? "", .label, rank: 2),
    ]
    let wanted = pieces.reduce(2 * pieces.count) { $0 + $1.width }
    let (right, names) = rest.split(right: min(wanted, max(0, rest.width - 8)))
    draw([], pieces, in: right)
    drawNames(row, in: names)
  }
}
