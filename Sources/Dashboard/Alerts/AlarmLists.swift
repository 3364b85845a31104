import Model

/// The alarms of the fleet: those that are shown, in the order of the list, and how many are not.
///
/// Kept up to date by looking again at single generators.
struct AlarmLists: Sendable {
  private(set) var shown = SortedList<Alarm>()
  /// How many alarms are not shown.
  var hidden: Int { known.count - shown.count }
  /// How many generators these are of.
  var hiddenGenerators: Int {
    Set(known.values.filter { !$0.isShown }.map(\.alarm.generator)).count
  }
  /// The generators in alarm; one with several more than once.
  var generators: some Collection<GeneratorIndex> { known.keys.lazy.map(\.generator) }

  /// An alarm as it was at the last look.
  private struct Known: Equatable {
    var alarm: Alarm
    var isShown: Bool
  }

  private var known: [AlarmKey: Known] = [:]
  /// The kinds in ``known``, by generator: most have none, and are not looked for.
  private var kinds: [AlarmKinds] = []
  /// Whether others may be shown than before though nothing happened to their generators.
  private var isOld = false

  /// Notes that others may be shown than before though nothing happened to their generators.
  mutating func noteOtherSight() { isOld = true }

  /// Which generators are to be looked at: those that changed, and all in alarm if others may be shown.
  mutating func generatorsToUpdate(_ changed: [GeneratorIndex]) -> [GeneratorIndex] {
    defer { isOld = false }
    return isOld ? Set(changed).union(generators).sorted() : changed
  }

  /// Takes alarms in that are new or not as they were, and those out that are over.
  ///
  /// - Parameters:
  ///   - generators: Each once.
  ///   - fleet: Has the alarms.
  ///   - isInSight: Whether the alarms of a generator are shown.
  mutating func update(_ generators: [GeneratorIndex], _ fleet: Fleet, where isInSight: Sight) {
    var (old, new): ([Alarm], [Alarm]) = ([], [])
    let missing = fleet.count - kinds.count
    if missing > 0 { kinds += Array(repeating: [], count: missing) }
    for generator in generators where fleet.generators.indices.contains(Int(generator)) {
      let standing = fleet.generators[Int(generator)].conditions.alarms
      let concerned = standing.union(kinds[Int(generator)])
      guard !concerned.isEmpty else { continue }
      kinds[Int(generator)] = standing
      for kind in concerned {
        let key = AlarmKey(generator: generator, kind: kind)
        let before = known[key]
        let now = fleet.alarm(kind, of: generator).map {
          Known(alarm: $0, isShown: isInSight(generator))
        }
        guard now != before else { continue }
        known[key] = now
        if let before, before.isShown { old.append(before.alarm) }
        if let now, now.isShown { new.append(now.alarm) }
      }
    }
    shown.update(removing: old, inserting: new)
  }
}
