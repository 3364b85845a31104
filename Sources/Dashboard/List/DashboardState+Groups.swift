import Model

/// The regions as groups of the list, and which of them are folded.
extension DashboardState {
  /// The group of the generator under the cursor.
  private var cursorGroup: FleetGroup? {
    selection.flatMap { order.place(of: $0) }.flatMap { lines.group(of: $0) }
  }

  /// Whether the cursor is on the heading of a folded group.
  var isOnHeading: Bool { cursorGroup?.isCollapsed ?? false }

  mutating func toggleGroups() {
    choices.isGrouped.toggle()
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

  /// Lays the lines again and leaves the cursor on its generator.
  private mutating func relay() {
    layLines()
    if let selection { putCursor(onGenerator: selection) }
  }

  /// `group` at the prompt.
  mutating func group(_ line: CommandWords) throws(CommandError) {
    let wanted = try line.words.first?.choice(of: ["on", "off"], "choice") ?? ""
    if wanted.isEmpty || isGrouped != (wanted == "on") { toggleGroups() }
  }
}
