public import Model

/// What lies over the panes; keys go to it first.
public enum Overlay: Codable, Equatable, Sendable {
  /// The key table, scrolled by this many lines.
  case help(scroll: Int)
  /// Connections, counters, specimens of rejected messages; scrolled by this many lines.
  case status(scroll: Int)
  case sortMenu
  case regionPicker(RegionPicker)
}

/// The list of regions to choose from.
public struct RegionPicker: Codable, Equatable, Sendable {
  /// Typed to narrow the list down.
  public var text = ""
  /// The row of the cursor in ``RegionPicker/rows(_:)``.
  public var cursor = 0
  /// Marked with Space: chosen together.
  public var marked: Set<RegionIndex> = []

  public init() {}

  /// One row of the list: a region, or all of them (nil).
  public typealias Row = RegionIndex?

  /// The rows that fit the text: all regions first, then those that have generators, by name.
  public func rows(_ fleet: Fleet) -> [Row] {
    let wanted = text.lowercased()
    let fitting = fleet.regionsByName().filter { region in
      wanted.isEmpty || fleet.regions[Int(region)].lowercased().contains(wanted)
    }
    return (wanted.isEmpty ? [nil] : []) + fitting.map { .some($0) }
  }
}

extension Fleet {
  /// Regions that have generators, by name as people count, `unknown` last.
  ///
  /// The keys `1` to `9` choose the first nine.
  public func regionsByName() -> [RegionIndex] {
    (0..<RegionIndex(regions.count))
      .filter { regionCounts[Int($0)].total > 0 }
      .map { ($0, countingKey(regions[Int($0)].lowercased())) }
      .sorted { left, right in
        if (left.0 == 0) != (right.0 == 0) { return right.0 == 0 }
        return left.1 < right.1
      }
      .map(\.0)
  }
}

/// A line of text being typed at the bottom of the screen: the filter.
public struct Prompt: Codable, Equatable, Sendable {
  public var text: String
  /// Where the next character goes: 0 is before the first.
  public var cursor: Int
  /// What comes back with Esc.
  public var before: String

  public init(text: String) {
    self.text = text
    cursor = text.count
    before = text
  }

  init(text: String, before: String) {
    self.text = text
    self.before = before
    cursor = text.count
  }

  mutating func insert(_ character: Character) {
    guard text.count < 200 else { return }
    text.insert(character, at: text.index(text.startIndex, offsetBy: cursor))
    cursor += 1
  }

  mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
  }

  mutating func deleteForward() {
    guard cursor < text.count else { return }
    text.remove(at: text.index(text.startIndex, offsetBy: cursor))
  }

  mutating func deleteWordBackward() {
    while cursor > 0, character(before: cursor) == " " { deleteBackward() }
    while cursor > 0, character(before: cursor) != " " { deleteBackward() }
  }

  private func character(before place: Int) -> Character {
    text[text.index(text.startIndex, offsetBy: place - 1)]
  }
}
