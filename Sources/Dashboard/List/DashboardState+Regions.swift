public import Model

/// What is shown of the fleet and how it stands together: regions, groups, marks and pins.
extension DashboardState {
  /// The regions that have generators, by name: each frame asks for them, so that they are not sorted anew.
  public var regionsByName: [RegionIndex] {
    guard order.regions.count == fleet.regions.count else { return fleet.regionsByName() }
    return order.regions.filter { fleet.regionCounts[Int($0)].total > 0 }
  }

  mutating func openRegionPicker() { views.overlay = .regionPicker(RegionPicker()) }

  mutating func setRegions(_ names: [String]) {
    choices.regions = names
    map.needsFit = true
    findRegions()
  }

  /// Shows a region alone by its number among those that have generators, or all of them for 0.
  mutating func showRegion(number: Int) {
    if case .regionPicker = overlay { views.overlay = nil }
    guard number > 0 else { return setRegions([]) }
    let all = regionsByName
    guard number <= all.count else { return say("there is no region \(number)") }
    toggleRegion(all[number - 1])
  }

  /// Shows the region of a line of the pane of regions alone.
  mutating func showRegion(ofLine line: Int) {
    let all = regionsByName
    if all.indices.contains(line) { setRegions([fleet.regions[Int(all[line])]]) }
  }

  /// Shows a region alone, or all if it was alone or none is given.
  mutating func toggleRegion(_ region: RegionIndex?) {
    guard let region, fleet.regions.indices.contains(Int(region)) else { return setRegions([]) }
    let name = fleet.regions[Int(region)]
    setRegions(regions == [name] ? [] : [name])
  }

  /// `region` at the prompt.
  mutating func chooseRegions(_ line: CommandWords) throws(LineError) {
    let parts = line.rest.listed
    guard !parts.isEmpty else { throw line.missing("name a region, or all") }
    if parts.count == 1, parts[0].text.lowercased() == "all" { return setRegions([]) }
    let known = fleet.regionsByName(withEmpty: true).map { fleet.regions[Int($0)] }
    var chosen: [String] = []
    for part in parts {
      let name = try part.choice(of: known, "region")
      if !chosen.contains(name) { chosen.append(name) }
    }
    setRegions(chosen)
  }

  // MARK: - As groups of the list, and which of them are folded

  mutating func toggleGroups() {
    choices.isGrouped.toggle()
    askOrder(for: .sort)
    say(isGrouped ? groupHint : "not grouped")
  }

  private var groupHint: String {
    let (one, all) = (keys.name(of: .fold), keys.name(of: .foldAll))
    return "grouped by region; \(one) folds a group, \(all) all"
  }

  /// `+`: folds the group of the cursor to its heading, or unfolds it.
  mutating func fold() {
    if !isGrouped || !list.fold(rows: fleetRows) {
      say("\(keys.name(of: .group)) groups the fleet first")
    }
  }

  /// `*`: folds all groups, or unfolds them if all are.
  mutating func foldAll() {
    guard isGrouped else { return say("\(keys.name(of: .group)) groups the fleet first") }
    list.foldAll(rows: fleetRows)
  }

  /// Unfolds the group that a generator is in.
  mutating func unfold(_ generator: GeneratorIndex) {
    guard list.unfold(generator), guest != generator else { return }
    say("the group of \(fleet.ids[Int(generator)]) is unfolded")
  }

  /// `group` at the prompt.
  mutating func group(_ line: CommandWords) throws(LineError) {
    let wanted = try line.words.first?.choice(of: ["on", "off"], "choice") ?? ""
    if wanted.isEmpty || isGrouped != (wanted == "on") { toggleGroups() }
  }

  // MARK: - What the operator picked out: marks and pins

  /// Space: marks the generator under the cursor, or takes its mark, and goes on to the next.
  mutating func toggleMark() {
    guard let generator = generatorToMark else { return }
    mark(generator, !marked.contains(generator))
    guard view != .detail else { return }
    list.moveCursorOn(rows: fleetRows)
  }

  private mutating func mark(_ generator: GeneratorIndex, _ isMarked: Bool) {
    if isMarked { list.marked.insert(generator) } else { list.marked.remove(generator) }
    let word = isMarked ? "marked" : "unmarked"
    say("\(fleet.ids[Int(generator)]) \(word); \(marked.count) in all")
    filterByMarks()
  }

  mutating func unmarkAll() {
    guard !marked.isEmpty else { return say("nothing is marked") }
    say("\(marked.count) unmarked")
    list.marked = []
    filterByMarks()
  }

  /// What the filter lets through may be others, since marks have changed.
  private mutating func filterByMarks() {
    if filter.test?.dependsOnMarks == true { askOrder(for: .filter) }
  }

  /// `m`: lets the generator under the cursor stay at the top of the list, or no longer.
  mutating func togglePinAtCursor() { if let generator = generatorToMark { togglePin(generator) } }

  /// Lets the generator stay at the top of the list, or no longer.
  mutating func togglePin(_ generator: GeneratorIndex) {
    guard list.togglePin(generator) else {
      return say("no more than \(ViewChoices.mostPins) can be pinned")
    }
    let isPinned = pinned.contains(generator)
    let words = isPinned ? "stays at the top, whatever the filter" : "is no longer pinned"
    say("\(fleet.ids[Int(generator)]) \(words)")
    choices.pins = (pinned.map { liveFleet.ids[Int($0)] } + list.awaitedPins).sorted()
    rearrange([generator])
    list.isAtTop = false
    list.putCursor(onGenerator: generator, rows: fleetRows)
  }

  /// The generator under the cursor; on a heading there is none to be seen.
  private var generatorToMark: GeneratorIndex? {
    mutating get {
      guard let selection else {
        say("there is no generator under the cursor")
        return nil
      }
      guard !list.isOnHeading else {
        say("unfold the group by \(keys.name(of: .fold)) first")
        return nil
      }
      return selection
    }
  }

  // MARK: - At the prompt

  /// `mark`: the generator that the line names.
  mutating func mark(_ line: CommandWords) throws(LineError) {
    mark(try generator(orCursor: line), true)
  }

  /// `unmark`: the generator that the line names, or all.
  mutating func unmark(_ line: CommandWords) throws(LineError) {
    if line.rest.text.lowercased() == "all" { return unmarkAll() }
    mark(try generator(orCursor: line), false)
  }

  /// `pin`: the generator that the line names.
  mutating func pin(_ line: CommandWords) throws(LineError) {
    togglePin(try generator(orCursor: line))
  }
}
