import Model

extension DashboardState {
  /// Marks and pins.
  mutating func keepInMind(_ command: Command) {
    switch command {
    case .mark: toggleMark()
    case .unmarkAll:
      guard !marked.isEmpty else { return say("nothing is marked") }
      say("\(marked.count) unmarked")
      marked = []
      if filter.test?.dependsOnMarks == true { need(.filter) }
    case .pin:
      if let generator = generatorToKeep { togglePin(generator) }
    default: break
    }
  }

  /// Space: marks the generator under the cursor, or takes its mark, and goes on to the next.
  private mutating func toggleMark() {
    guard let generator = generatorToKeep else { return }
    marked.formSymmetricDifference([generator])
    let word = marked.contains(generator) ? "marked" : "unmarked"
    say("\(fleet.ids[Int(generator)]) \(word); \(marked.count) in all")
    if filter.test?.dependsOnMarks == true { need(.filter) }
    guard view != .detail else { return }
    let line = cursorLine ?? 0
    if line + 1 < lines.count { putCursor(on: firstStop(from: line + 1, step: 1)) }
  }

  /// `m`: lets the generator stay at the top of the list, or no longer.
  mutating func togglePin(_ generator: GeneratorIndex) {
    if pinned.remove(generator) != nil {
      say("\(fleet.ids[Int(generator)]) is no longer pinned")
    } else if pinned.count < RememberedView.mostPins {
      pinned.insert(generator)
      say("\(fleet.ids[Int(generator)]) stays at the top, whatever is filtered")
    } else {
      return say("no more than \(RememberedView.mostPins) can be pinned")
    }
    move([generator])
    layLines()
    isAtTop = false
    putCursor(onGenerator: generator)
  }

  /// The generator under the cursor; on a heading there is none to be seen.
  private var generatorToKeep: GeneratorIndex? {
    mutating get {
      guard let selection else {
        say("there is no generator under the cursor")
        return nil
      }
      guard !isOnHeading else {
        say("unfold the group by \(keys.name(of: .fold)) first")
        return nil
      }
      return selection
    }
  }

  // MARK: - Groups

  /// The group of the generator under the cursor.
  private var cursorGroup: FleetGroup? {
    selection.flatMap { order.place(of: $0) }.flatMap { lines.group(of: $0) }
  }

  /// Whether the cursor is on the heading of a folded group.
  var isOnHeading: Bool { cursorGroup?.isCollapsed ?? false }

  mutating func toggleGroups() {
    isGrouped.toggle()
    need(.sort)
    say(isGrouped ? groupHint : "not grouped")
  }

  private var groupHint: String {
    let (one, all) = (keys.name(of: .fold), keys.name(of: .foldAll))
    return "grouped by region; \(one) folds a group, \(all) all"
  }

  /// `+`: folds the group of the cursor to its heading, or unfolds it.
  mutating func fold() {
    guard isGrouped, let group = cursorGroup else {
      return say("\(keys.name(of: .group)) groups the fleet first")
    }
    collapsed.formSymmetricDifference([group.kind])
    relay()
  }

  /// `*`: folds all groups, or unfolds them if all are.
  mutating func foldAll() {
    guard isGrouped else { return say("\(keys.name(of: .group)) groups the fleet first") }
    collapsed = lines.kinds.allSatisfy { collapsed.contains($0) } ? [] : Set(lines.kinds)
    relay()
  }

  /// Unfolds the group that a generator is in.
  mutating func unfold(_ generator: GeneratorIndex) {
    layLines()
    guard let place = order.place(of: generator), let group = lines.group(of: place),
      group.isCollapsed
    else { return }
    collapsed.remove(group.kind)
    if guest != generator { say("the group of \(fleet.ids[Int(generator)]) is unfolded") }
  }

  /// Lays the lines anew and leaves the cursor on its generator.
  private mutating func relay() {
    layLines()
    if let selection { putCursor(onGenerator: selection) }
  }

  // MARK: - What is kept for the next time

  /// What of the view is kept for the next time.
  public var chosen: RememberedView {
    var view = RememberedView()
    view.sort = sort
    view.isGrouped = isGrouped
    view.hiddenColumns = FleetColumn.allCases.filter {
      hiddenColumns.contains($0) && !$0.row.isHiddenAtFirst
    }
    view.shownColumns = FleetColumn.allCases.filter {
      !hiddenColumns.contains($0) && $0.row.isHiddenAtFirst
    }
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
      .union(FleetColumn.hiddenAtFirst.subtracting(view.shownColumns))
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
