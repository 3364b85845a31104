import Model

/// The regions: which of them are shown, and as groups of the list.
extension DashboardState {
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
    let all = fleet.regionsByName()
    guard number <= all.count else { return say("there is no region \(number)") }
    toggleRegion(all[number - 1])
  }

  /// Shows the region of a line of the pane of regions alone.
  mutating func showRegion(ofLine line: Int) {
    let all = fleet.regionsByName()
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
    layLines()
    guard list.unfold(generator), guest != generator else { return }
    say("the group of \(fleet.ids[Int(generator)]) is unfolded")
  }

  /// `group` at the prompt.
  mutating func group(_ line: CommandWords) throws(LineError) {
    let wanted = try line.words.first?.choice(of: ["on", "off"], "choice") ?? ""
    if wanted.isEmpty || isGrouped != (wanted == "on") { toggleGroups() }
  }
}
