import Model

/// What is kept of the view for the next time.
extension DashboardState {
  /// What of the view is kept for the next time.
  public var chosen: RememberedView {
    var view = RememberedView()
    view.sort = sort
    view.isGrouped = isGrouped
    view.hiddenColumns = FleetColumn.allCases.filter { hiddenColumns.contains($0) }
    view.pins = (pinned.map { liveFleet.ids[Int($0)] } + awaitedPins).sorted()
    view.filter = filter.text
    view.regions = regions
    view.preset = preset
    view.theme = chosenTheme
    view.history = history
    return view
  }

  /// Begins as the operator left it the last time.
  mutating func takeUp(_ view: RememberedView) {
    isGrouped = view.isGrouped
    open(view.preset)
    viewBefore = nil
    hiddenColumns = Set(view.hiddenColumns).intersection(FleetColumn.choosable)
    chosenTheme = view.theme
    history = Array(view.history.suffix(RememberedView.longestHistory))
    awaitedPins = Set(view.pins.prefix(RememberedView.mostPins))
  }

  /// Pins those of the last time that have come.
  mutating func findPins(_ ids: [String]) {
    guard !awaitedPins.isEmpty else { return }
    let first = liveFleet.count - ids.count
    for (place, id) in ids.enumerated() where awaitedPins.remove(id) != nil {
      pinned.insert(GeneratorIndex(first + place))
      need(.sort)
    }
  }

  /// What to tell an operator whose screen begins with something hidden, as it was left.
  public var reminder: String? {
    guard let view = options.remembered else { return nil }
    let parts = [
      !regions.isEmpty && regions == view.regions
        ? "region \(regions.joined(separator: ", "))" : nil,
      !filter.isEmpty && filter.text == view.filter ? "filter \(filter.text)" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : "as it was left: \(parts.joined(separator: ", ")); Esc clears"
  }

  /// Asks to keep the view if a key has changed it.
  mutating func remembering() -> [Effect] {
    // While a filter is typed each letter would be a file.
    guard prompt == nil else { return [] }
    let view = chosen
    guard view != kept else { return [] }
    kept = view
    return [.remember(view)]
  }
}
