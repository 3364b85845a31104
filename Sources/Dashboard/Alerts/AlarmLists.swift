import Model

/// The alarms of the fleet: those that are shown, in the order of the list, and how many are not.
///
/// Kept up to date by looking again at single generators.
struct AlarmLists: Sendable {
  private(set) var shown = SortedList<Alarm>()
  /// How many alarms are not shown.
  var hidden: Int { known.count - shown.count }
  /// The generators in alarm.
  var generators: some Collection<GeneratorIndex> { known.keys }

  /// An alarm as it was at the last look.
  private struct Known: Equatable {
    var alarm: Alarm
    var isShown: Bool
  }

  private var known: [GeneratorIndex: Known] = [:]

  /// Takes alarms in that are new or not as they were, and those out that are over.
  ///
  /// - Parameters:
  ///   - generators: Each once.
  ///   - fleet: Has the alarms.
  ///   - isInSight: Whether the alarm of a generator is shown.
  mutating func update(
    _ generators: [GeneratorIndex],
    _ fleet: Fleet,
    where isInSight: (GeneratorIndex) -> Bool
  ) {
    var (old, new): ([Alarm], [Alarm]) = ([], [])
    for generator in generators {
      let before = known[generator]
      let now = fleet.alarm(of: generator).map { Known(alarm: $0, isShown: isInSight(generator)) }
      guard now != before else { continue }
      known[generator] = now
      if let before, before.isShown { old.append(before.alarm) }
      if let now, now.isShown { new.append(now.alarm) }
    }
    shown.update(removing: old, inserting: new)
  }
}
