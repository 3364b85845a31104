public import Model

/// What was looked for by its letters.
public struct Search: Equatable, Sendable {
  public var text: String
  /// How many generators have the letters in id or name.
  public var matches: Int
  /// How many of those are hidden.
  public var hidden: Int
}

/// Where the cursor goes: by keys, by letters that are looked for, and from one alarm to the next.
extension DashboardState {
  /// Moves the cursor of the focused pane, or scrolls the overlay.
  mutating func move(_ motion: Motion) {
    if overlay == nil { moveCursor(motion) } else { views.scrollOverlay(motion) }
  }

  /// Moves the cursor that the focused pane has; to the sides only the map has anywhere to go.
  private mutating func moveCursor(_ motion: Motion) {
    let cursor = focus.row.cursor
    if cursor != .map, motion == .left || motion == .right { return scrollColumns(motion) }
    switch cursor {
    case .generators: list.moveCursor(motion, rows: fleetRows)
    case .map: moveOnMap(motion)
    case .regions: moveRegion(motion)
    case .log: log.move(motion, rows: max(1, layout.listRows(of: .log)))
    case .lines: views.moveCursor(motion, count: focus.row.lines(self))
    }
  }

  /// `l` brings columns into sight for which there is no room; `h` goes back.
  private mutating func scrollColumns(_ motion: Motion) {
    guard layout.area(of: .fleet) != nil else { return }
    let most = FleetColumn.choosable.count { choices.shows($0) } - 1
    list.columnScroll = min(max(0, columnScroll + (motion == .left ? -1 : 1)), max(0, most))
  }

  /// How many rows the list of the fleet has.
  var fleetRows: Int { layout.listRows(of: .fleet) }

  /// Enter: on an alarm, an event or a region, goes to the generator or region it is about; on a
  /// generator, to its detail; on the heading of a folded group, unfolds it.
  mutating func openAtCursor() { focus.row.open(&self, cursors[focus] ?? 0) }

  /// From a list beside the fleet to the generator that a line is about: to its row, and from there to
  /// its detail.
  mutating func goToGenerator(ofLine line: Int, in pane: PaneID) {
    guard let generator = pane.row.generator(self, line) else { return }
    guard selection == generator, order.shows(generator) else { return reveal(generator) }
    openDetail(of: generator)
  }

  // MARK: - Search

  /// Looks for the letters of `text` and puts the cursor on the shown generator that fits best.
  mutating func search(for text: String) {
    bringUpToDate()
    let wanted = FuzzyMatch(text)
    list.search = nil
    guard !wanted.isEmpty else { return }
    var found = Search(text: text, matches: 0, hidden: 0)
    var best: (index: GeneratorIndex, score: Int)?
    for index in order.all {
      guard let score = names.score(wanted, of: index) else { continue }
      found.matches += 1
      if !order.shows(index) {
        found.hidden += 1
      } else if score > best?.score ?? .min {
        // The first in order wins among those that fit equally well.
        best = (index, score)
      }
    }
    list.search = found
    if let best { list.putCursor(onGenerator: best.index, rows: fleetRows) }
  }

  /// Enter: what only hidden generators have is shown despite filter and regions.
  mutating func revealHiddenMatch() {
    guard let search, search.matches > 0, search.matches == search.hidden else { return }
    let wanted = FuzzyMatch(search.text)
    let scores = order.all.map { ($0, names.score(wanted, of: $0) ?? .min) }
    if let best = scores.max(by: { $0.1 < $1.1 }) { reveal(best.0) }
  }

  /// Goes to the next generator that has the letters: among those shown, if any of them has.
  mutating func findAgain(_ step: Int) {
    guard let search else {
      return say("nothing searched for yet; \(keys.name(of: .find)) finds")
    }
    let wanted = FuzzyMatch(search.text)
    let isShown = search.matches > search.hidden
    jump(step, to: "\"\(search.text)\"") { index, state in
      (!isShown || state.order.shows(index)) && state.names.score(wanted, of: index) != nil
    }
  }

  /// `find` at the prompt: nothing changes if nobody has the letters.
  mutating func find(_ line: CommandWords) throws(LineError) {
    guard !line.rest.text.isEmpty else { throw line.missing("letters of an id or a name") }
    let before = search
    search(for: line.rest.text)
    guard let search, search.matches > 0 else {
      list.search = before
      throw LineError("no id and no name has these letters", at: line.rest.range)
    }
    revealHiddenMatch()
  }

  // MARK: - Jumping

  mutating func jumpToAlarm(_ step: Int) {
    jump(step, to: "alarm") { index, state in
      state.timeline.fleet.generators.span[Int(index)].conditions.contains(.alarm)
    }
  }

  mutating func jumpToWarning(_ step: Int) {
    jump(step, to: "lost or stale generator") { index, state in
      let conditions = state.timeline.fleet.generators.span[Int(index)].conditions
      return !conditions.isDisjoint(with: [.lost, .stale])
    }
  }

  mutating func jumpToMarked(_ step: Int) {
    jump(step, to: "marked generator") { index, state in state.marked.contains(index) }
  }

  /// `goto` at the prompt.
  mutating func goToGenerator(_ line: CommandWords) throws(LineError) {
    guard !line.rest.text.isEmpty else { throw line.missing("the id of a generator") }
    reveal(try generator(line.rest))
  }

  private typealias Wanted = (GeneratorIndex, DashboardState) -> Bool

  /// Goes to the next generator, in the order of the list, for which `isWanted` holds.
  ///
  /// Hidden ones have their turn at their place, so that pressing the key again and again comes past
  /// each of them once, whatever is filtered.
  private mutating func jump(_ step: Int, to what: String, where isWanted: Wanted) {
    guard let (place, isRound) = nextPlace(step, where: isWanted) else {
      return say("there is no \(what)")
    }
    let generator = list.order.all[place]
    if generator == selection {
      say("there is no other \(what)")
    } else if isRound {
      say("from the \(step > 0 ? "top" : "end") again: \(fleet.ids[Int(generator)])")
    }
    reveal(generator)
  }

  /// The place among all of the next generator that is wanted, and whether the way there went round.
  private func nextPlace(_ step: Int, where isWanted: Wanted) -> (place: Int, isRound: Bool)? {
    let all = Array(list.order.all)
    let cursor = selection.flatMap { list.order.placeAmongAll(of: $0) }
    let start = cursor ?? (step > 0 ? -1 : all.count)
    for offset in 1..<(all.count + 1) {
      let place = start + step * offset
      let round = ((place % all.count) + all.count) % all.count
      if isWanted(all[round], self) { return (round, round != place) }
    }
    return nil
  }

  /// Puts the cursor on `generator` and brings it into sight.
  ///
  /// What hides it stays in force: at three in the morning the filter is what holds the operator's
  /// thread, and the next alarm shall be seen without cutting it. So the generator becomes a guest,
  /// a row at its place in the list that goes when the cursor leaves, and the screen says so. Only a
  /// folded group is unfolded.
  mutating func reveal(_ generator: GeneratorIndex) {
    guard fleet.generators.indices.contains(Int(generator)) else { return }
    let before = guest
    let reasons = hiding(generator)
    list.guest = reasons.isEmpty || pinned.contains(generator) ? nil : generator
    rearrange(Set([before, guest].compactMap { $0 }).sorted())
    if guest != nil {
      say("\(fleet.ids[Int(generator)]) is shown despite \(reasons.joined(separator: " and "))")
    }
    if focus != .map, view != .detail { showFleet() }
    unfold(generator)
    updateLines()
    list.putCursor(firmlyOn: generator, rows: fleetRows)
  }

  /// What hides a generator, in words; nothing for one that is shown.
  public func hiding(_ generator: GeneratorIndex) -> [String] {
    guard fleet.generators.indices.contains(Int(generator)), !isInView(generator) else { return [] }
    let isNormal = abnormalOnly && !fleet.generators[Int(generator)].severity.isAbnormal
    let isFiltered = filter.test.map { !holds($0, generator) } ?? false
    return [
      isInRegions(generator) ? nil : "the regions", isFiltered ? "the filter" : nil,
      isNormal ? "abnormal only" : nil,
    ].compactMap { $0 }
  }

  /// Lets the guest go from the list.
  mutating func dismissGuest() {
    guard let guest else { return }
    list.guest = nil
    rearrange([guest])
  }
}
