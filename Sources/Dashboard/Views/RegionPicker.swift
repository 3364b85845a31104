public import Model
import Terminal

/// The list of regions to choose from.
public struct RegionPicker: Codable, Equatable, Sendable {
  /// Typed to narrow the list down.
  public var text = ""
  /// The row of the cursor in ``RegionPicker/rows(_:)``.
  public var cursor = 0
  /// Marked with Space: chosen together; nil until something was marked or unmarked.
  ///
  /// Before that Enter takes the row of the cursor, whatever is chosen now.
  public var marked: Set<RegionIndex>?

  /// Narrows the list down by another text.
  mutating func find(_ text: String) { (self.text, cursor) = (String(text.prefix(60)), 0) }

  /// One row of the list: a region, or all of them (nil).
  public typealias Row = RegionIndex?

  /// The rows that fit the text: all regions first, then those that have generators, by name.
  ///
  /// Letters in their order are enough, with others between: `nire` finds Northern Ireland, and the
  /// Space bar is free to mark.
  public func rows(_ fleet: Fleet) -> [Row] {
    let all = fleet.regionsByName()
    guard !text.isEmpty else { return [nil] + all.map { .some($0) } }
    return all.filter { !FuzzyMatch.places(of: text, in: fleet.regions[Int($0)]).isEmpty }
      .map { .some($0) }
  }
}

extension DashboardState {
  /// Letters narrow the list down, Space marks, Enter shows what was chosen.
  mutating func pressInRegionPicker(_ key: Key, _ picker: RegionPicker) -> [Effect]? {
    var picker = picker
    let rows = picker.rows(fleet)
    switch key {
    case .down, .control("n"): picker.cursor += 1
    case .up, .control("p"): picker.cursor -= 1
    case .pageDown: picker.cursor += 10
    case .pageUp: picker.cursor -= 10
    case .home: picker.cursor = 0
    case .end: picker.cursor = rows.count - 1
    case .tab, .character(" "): toggleMark(rows, &picker)
    case .backspace: picker.find(String(picker.text.dropLast()))
    case .enter:
      showChosen(rows, picker)
      return []
    case .character(let digit) where picker.text.isEmpty && digit.isASCII && digit.isWholeNumber:
      return nil
    case .character(let character): picker.find(picker.text + String(character))
    default:
      return nil
    }
    picker.cursor = min(max(0, picker.cursor), max(0, picker.rows(fleet).count - 1))
    views.overlay = .regionPicker(picker)
    return []
  }

  /// The first mark is set beside those regions that are shown already.
  private func toggleMark(_ rows: [RegionPicker.Row], _ picker: inout RegionPicker) {
    guard rows.indices.contains(picker.cursor) else { return }
    if let region = rows[picker.cursor] {
      let before = picker.marked ?? (regions.isEmpty ? [] : regionIndices)
      picker.marked = before.symmetricDifference([region])
    } else {
      picker.marked = []
    }
    picker.cursor += 1
  }

  /// Enter: the marked regions (none stands for all), else the one under the cursor.
  private mutating func showChosen(_ rows: [RegionPicker.Row], _ picker: RegionPicker) {
    views.overlay = nil
    if let marked = picker.marked {
      // Names that were asked for and not heard of yet are still wanted.
      let known = Set(fleet.regions.map { $0.lowercased() })
      let awaited = regions.filter { !known.contains($0.lowercased()) }
      let chosen = fleet.regionsByName(withEmpty: true).filter { marked.contains($0) }
      setRegions(chosen.isEmpty ? [] : chosen.map { fleet.regions[Int($0)] } + awaited)
    } else if rows.indices.contains(picker.cursor) {
      setRegions(rows[picker.cursor].map { [fleet.regions[Int($0)]] } ?? [])
    }
  }

  /// A click on a line shows its region, or marks it where some are marked already.
  mutating func chooseRegion(ofLine line: Int, _ picker: RegionPicker) -> [Effect] {
    var picker = picker
    picker.cursor = line
    views.overlay = .regionPicker(picker)
    return press(picker.marked == nil ? .enter : .tab)
  }
}

extension Fleet {
  /// Regions that have generators, by name as people count, `unknown` last.
  ///
  /// The keys `1` to `9` choose the first nine.
  public func regionsByName(withEmpty: Bool = false) -> [RegionIndex] {
    let all = (0..<RegionIndex(regions.count)).filter { region in
      withEmpty || regionCounts[Int(region)].total > 0
    }
    let keys = all.map { (region: $0, key: countingKey(regions[Int($0)].lowercased())) }
    let sorted = keys.sorted { $0.key < $1.key }.map(\.region)
    return sorted.filter { $0 != 0 } + sorted.filter { $0 == 0 }
  }
}
