import Model

/// The generators that the operator picked out: marks and pins.
extension DashboardState {
  /// Space: marks the generator under the cursor, or takes its mark, and goes on to the next.
  mutating func toggleMark() {
    guard let generator = generatorToMark else { return }
    list.toggleMark(generator)
    let word = marked.contains(generator) ? "marked" : "unmarked"
    say("\(fleet.ids[Int(generator)]) \(word); \(marked.count) in all")
    filterByMarks()
    guard view != .detail else { return }
    list.moveCursorOn(rows: fleetRows)
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
  mutating func togglePinAtCursor() {
    if let generator = generatorToMark { togglePin(generator) }
  }

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
    layLines()
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
    let generator = try generator(orCursor: line)
    list.marked.insert(generator)
    say("\(fleet.ids[Int(generator)]) marked; \(marked.count) in all")
    filterByMarks()
  }

  /// `unmark`: the generator that the line names, or all.
  mutating func unmark(_ line: CommandWords) throws(LineError) {
    if line.rest.text.lowercased() == "all" { return unmarkAll() }
    let generator = try generator(orCursor: line)
    list.marked.remove(generator)
    say("\(fleet.ids[Int(generator)]) unmarked; \(marked.count) in all")
    filterByMarks()
  }

  /// `pin`: the generator that the line names.
  mutating func pin(_ line: CommandWords) throws(LineError) {
    togglePin(try generator(orCursor: line))
  }
}
