/// Where a cursor can be moved, or how a text is scrolled.
public enum Motion: Codable, Sendable {
  case down, up, left, right, first, last, halfPageDown, halfPageUp, pageDown, pageUp

  /// How far it goes in a list of `count` lines of which `rows` are shown.
  func target(from place: Int, rows: Int, count: Int) -> Int {
    let page = max(1, rows - 1)
    let wanted =
      switch self {
      case .down: place + 1
      case .up: place - 1
      case .halfPageDown: place + max(1, rows / 2)
      case .halfPageUp: place - max(1, rows / 2)
      case .pageDown: place + page
      case .pageUp: place - page
      case .first: 0
      case .last: count - 1
      case .left, .right: place
      }
    return min(max(0, wanted), max(0, count - 1))
  }
}

extension Array where Element: Equatable {
  /// What comes so many steps after an element, round and round; after the first where that is not there.
  func next(_ step: Int, after element: Element) -> Element {
    self[((firstIndex(of: element) ?? 0) + step + count) % count]
  }
}
