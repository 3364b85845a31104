internal import Model

/// How many of the records that groups read ended as dead letters: their offsets go on though nothing is written.
///
/// The topics are found by their names: ``Convention/deadLetterTopics(of:)``.
struct DeadLetters {
  /// Of one group, at one time.
  private struct Look {
    /// Monotonic nanoseconds.
    var at: Int64
    /// The sum of the ends of its topic.
    var letters: Int
    /// The sum of its commits.
    var committed: Int
  }

  /// How far back is counted, in nanoseconds: a group of Kafka Connect commits once or twice in that.
  private static let span: Int64 = 120_000_000_000

  /// The topic of each group that has one, by the group's name as it is told.
  private(set) var topics: [String: String] = [:]
  private var looks: [String: [Look]] = [:]

  /// Finds the topics of groups, each by its own name and by that which is told, among all there are.
  mutating func find(_ groups: [(name: String, told: String)], among all: [String]) {
    let all = Set(all)
    topics = [:]
    for group in groups {
      let names = Convention.deadLetterTopics(of: group.name)
      topics[group.told] = names.first { all.contains($0) }
    }
    looks = looks.filter { topics[$0.key] != nil }
  }

  /// Notes where topics end.
  mutating func note(_ ends: [String: Int], _ groups: [GroupFigures], at now: Int64) {
    for group in groups {
      guard let topic = topics[group.name], let letters = ends[topic],
        let committed = group.committed
      else { continue }
      var known = looks[group.name] ?? []
      known.append(Look(at: now, letters: letters, committed: committed))
      // The first one is as old as what is counted, or all there is.
      while known.count > 2, known[1].at <= now - Self.span { known.removeFirst() }
      looks[group.name] = known
    }
  }

  /// Tells it of each group that has such a topic.
  func tell(in groups: inout [GroupFigures]) {
    for place in groups.indices {
      guard let known = looks[groups[place].name], let first = known.first, let last = known.last
      else { continue }
      groups[place].deadLetters = max(0, last.letters - first.letters)
      groups[place].recordsRead = max(0, last.committed - first.committed)
    }
  }
}
