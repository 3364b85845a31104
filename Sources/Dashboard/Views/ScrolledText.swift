/// A text that scrolls and whose lines only what draws it can count.
public enum ScrolledText: String, Codable, CodingKeyRepresentable, Sendable {
  case help, commandHelp, status
  /// The last messages of the generator that is looked at.
  case messages
}

/// How much there is of a text that scrolls, and how much of it is seen at once.
public struct Extent: Codable, Equatable, Sendable {
  public var lines: Int
  public var rows: Int

  public init(lines: Int, rows: Int) {
    self.lines = lines
    self.rows = rows
  }

  /// More lines than there can be: of a text that has not been drawn yet.
  static let unknown = Extent(lines: 1 << 30, rows: 1)

  /// The first line that is seen when the last is.
  public var lastStart: Int { max(0, lines - rows) }
}

extension DashboardState {
  /// How far a text goes, as far as that is known.
  func extent(of text: ScrolledText) -> Extent { extents[text] ?? .unknown }

  /// Takes over what the last frame had of each text, and scrolls none beyond its end.
  mutating func limitScrolling(to extents: [ScrolledText: Extent]) {
    self.extents = extents
    if let overlay, let text = overlay.row.text, let extent = extents[text] {
      self.overlay?.scroll = min(overlay.scroll, extent.lastStart)
    }
    if let extent = extents[.messages] {
      let cursor = min(cursors[.detailRecord] ?? 0, max(0, extent.lines - 1))
      cursors[.detailRecord] = cursor
      scrolls[.detailRecord] = min(scrolls[.detailRecord] ?? 0, extent.lastStart)
    }
  }

  /// Scrolls the text that lies over the panes.
  mutating func scrollOverlay(_ motion: Motion) {
    guard let overlay, let text = overlay.row.text else { return }
    var extent = extent(of: text)
    if extents[text] == nil { extent.rows = max(1, height - 2) }
    let wanted = target(motion, from: overlay.scroll, rows: extent.rows, count: extent.lines)
    self.overlay?.scroll = min(wanted, extent.lastStart)
  }
}
