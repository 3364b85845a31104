import Model

/// The regions as groups of the list, and which of them are folded.
extension DashboardState {
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
  mutating func group(_ line: CommandWords) throws(CommandError) {
    let wanted = try line.words.first?.choice(of: ["on", "off"], "choice") ?? ""
    if wanted.isEmpty || isGrouped != (wanted == "on") { toggleGroups() }
  }
}
