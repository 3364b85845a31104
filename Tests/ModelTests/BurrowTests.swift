import Testing

@testable import Model

/// The same traces judged by Burrow's rules and by ours, step by step.
struct BurrowTests {
  /// Good, doubtful or bad, whatever the word.
  enum Verdict: String {
    case good, doubtful, bad

    init(_ status: Burrow.Status) {
      switch status {
      case .ok: self = .good
      case .warn: self = .doubtful
      case .stop, .stall, .rewind: self = .bad
      }
    }

    init(_ state: LagState) {
      switch state.severity {
      case .ok, .unknown: self = .good
      case .warning: self = .doubtful
      case .critical: self = .bad
      }
    }
  }

  /// Where the two may differ, and why.
  struct Difference: Equatable {
    var burrow: Verdict
    var state: LagState
  }

  struct Scenario: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var partitions = 1
    /// Half a second of it, from 0.
    let step: @Sendable (inout Trace) -> Void
    /// What both say at the end, and ours alone in a word.
    let end: (burrow: Verdict, state: LagState)
    /// Besides the end.
    var differences: [(Verdict, LagState)] = []
  }

  /// A world in which Burrow sees the commits too.
  struct Trace {
    var world: GroupWorld
    var burrows: [Burrow]
    /// How far the group has read.
    var read: [Double]

    init(_ partitions: Int) {
      world = GroupWorld(partitions)
      burrows = Array(repeating: Burrow(), count: partitions)
      read = Array(repeating: 0, count: partitions)
    }

    var seconds: Double { world.seconds }
    func isAt(_ each: Double) -> Bool { world.isAt(each) }

    mutating func write(_ count: Int64, to partition: Int = 0) {
      world.write(count, to: partition)
    }

    mutating func commit(_ offset: Int64, of partition: Int = 0) {
      world.commit(offset, of: partition)
      burrows[partition].see(commit: offset, at: world.seconds)
    }

    /// Ten records a second, of which the group reads `share`, and commits each `rhythm` seconds.
    mutating func flow(_ share: Double = 1, rhythm: Double = 5, _ partition: Int = 0) {
      if isAt(1) { write(10, to: partition) }
      let end = Double(world.truth[partition].end)
      read[partition] = min(end, share == 1 ? end : read[partition] + 5 * share)
      if isAt(rhythm) { commit(Int64(read[partition]), of: partition) }
    }

    var status: Burrow.Status { burrows.map { $0.status(at: seconds) }.max() ?? .ok }
  }

  static let scenarios = [
    Scenario(testDescription: "well", step: { $0.flow() }, end: (.good, .ok)),
    Scenario(
      testDescription: "well, each minute",
      step: { $0.flow(rhythm: 60) },
      end: (.good, .ok),
      // Before three commits ours says nothing.
      differences: [(.bad, .unknown)]
    ),
    Scenario(
      testDescription: "well and at rest",
      step: { if $0.seconds <= 100 { $0.flow() } },
      end: (.good, .idle)
    ),
    Scenario(
      testDescription: "a record after a pause",
      step: { trace in
        if trace.seconds <= 100 { return trace.flow() }
        if trace.isAt(150) { trace.write(1) }
        if (trace.seconds - 5).truncatingRemainder(dividingBy: 150) == 0 {
          trace.commit(trace.world.truth[0].end)
        }
      },
      end: (.good, .idle)
    ),
    // Burrow waits as long as its ten commits took.
    Scenario(
      testDescription: "dead",
      step: { $0.seconds < 300 ? $0.flow() : $0.isAt(1) ? $0.write(10) : () },
      end: (.bad, .stop),
      differences: [(.good, .stop)]
    ),
    Scenario(
      testDescription: "dead, of those that commit each minute",
      step: { $0.seconds < 420 ? $0.flow(rhythm: 60) : $0.isAt(1) ? $0.write(10) : () },
      end: (.good, .stop),
      differences: [(.good, .stop), (.bad, .unknown), (.good, .warn)]
    ),
    // From outside the same offset committed again cannot be seen; ours says that nothing is committed.
    Scenario(
      testDescription: "the same offset again and again",
      step: { trace in
        if trace.seconds < 300 { return trace.flow() }
        if trace.isAt(1) { trace.write(10) }
        if trace.isAt(5) { trace.commit(Int64(trace.read[0])) }
      },
      end: (.bad, .stop),
      differences: [(.good, .stop)]
    ),
    Scenario(
      testDescription: "one of four partitions stays",
      partitions: 4,
      step: { trace in
        for place in 0..<4 {
          guard place == 2, trace.seconds >= 300 else {
            trace.flow(1, rhythm: 5, place)
            continue
          }
          if trace.isAt(1) { trace.write(10, to: place) }
          if trace.isAt(5) { trace.commit(Int64(trace.read[place]), of: place) }
        }
      },
      end: (.bad, .stall),
      differences: [(.good, .stall)]
    ),
    Scenario(
      testDescription: "half as fast",
      step: { $0.flow($0.seconds < 200 ? 1 : 0.5) },
      // Of ten commits one may fall a little, which is enough for Burrow.
      end: (.good, .warn),
      differences: [(.good, .warn)]
    ),
    Scenario(
      testDescription: "behind, and catching up",
      step: { $0.flow($0.seconds < 100 ? 1 : $0.seconds < 120 ? 0.2 : 1.5) },
      end: (.good, .ok),
      differences: [(.doubtful, .ok), (.good, .warn)]
    ),
    // A rewind is a warning of ours, an error of Burrow's.
    Scenario(
      testDescription: "set back, and slow",
      step: { trace in
        if trace.seconds == 300 {
          trace.read[0] = 100
          return trace.commit(100)
        }
        trace.flow(trace.seconds < 300 ? 1 : 1.1)
      },
      end: (.good, .warn),
      differences: [(.bad, .rewind), (.good, .rewind), (.good, .warn), (.bad, .ok)]
    ),
    Scenario(
      testDescription: "set back a little, and there again",
      step: { trace in
        if trace.seconds == 300 {
          trace.read[0] -= 50
          return trace.commit(Int64(trace.read[0]))
        }
        trace.flow(trace.seconds < 300 ? 1 : 4)
      },
      end: (.good, .ok),
      // Ours looks each two seconds.
      differences: [(.bad, .rewind), (.good, .rewind), (.bad, .ok)]
    ),
    // What Burrow does not know.
    Scenario(
      testDescription: "nothing committed",
      step: { if $0.isAt(1) { $0.write(10) } },
      end: (.good, .neverCommitted),
      differences: [(.good, .neverCommitted)]
    ),
    Scenario(
      testDescription: "behind an open transaction",
      step: { trace in
        if trace.seconds < 300 { return trace.flow() }
        if trace.seconds == 300 { trace.world.truth[0].open = trace.world.truth[0].end }
        if trace.isAt(1) { trace.write(10) }
        if trace.isAt(5) { trace.commit(trace.world.truth[0].stable) }
      },
      end: (.bad, .transaction),
      differences: [(.good, .transaction), (.bad, .transaction), (.bad, .ok)]
    ),
    Scenario(
      testDescription: "records deleted unread",
      step: { trace in
        if trace.seconds == 301 {
          trace.write(100)
          trace.world.truth[0].low = trace.world.truth[0].end - 40
          trace.read[0] = Double(trace.world.truth[0].end)
        }
        trace.flow()
      },
      end: (.good, .lost),
      differences: [(.good, .lost)]
    ),
    Scenario(
      testDescription: "a topic made anew",
      step: { trace in
        if trace.seconds < 300 { return trace.flow() }
        if trace.seconds == 300 {
          trace.world.truth[0] = GroupWorld.Truth(committed: trace.world.truth[0].committed)
        }
        if trace.isAt(1) { trace.write(1) }
      },
      end: (.good, .reset),
      differences: [(.good, .reset)]
    ),
  ]

  @Test(arguments: scenarios)
  func differsOnlyWhereItIsMeantTo(_ scenario: Scenario) {
    var trace = Trace(scenario.partitions)
    if scenario.end.state != .neverCommitted {
      for partition in 0..<scenario.partitions { trace.commit(0, of: partition) }
    }
    var differences: [Difference] = []
    while trace.seconds < 600 {
      trace.world.run(0.5)
      scenario.step(&trace)
      guard trace.isAt(10) else { continue }
      for place in trace.burrows.indices {
        trace.burrows[place].see(end: trace.world.truth[place].end)
      }
      let (status, state) = (trace.status, trace.world.state)
      let difference = Difference(burrow: Verdict(status), state: state)
      if Verdict(status) != Verdict(state), !differences.contains(difference) {
        differences.append(difference)
      }
    }
    #expect(Verdict(trace.status) == scenario.end.burrow)
    #expect(trace.world.state == scenario.end.state)
    for difference in differences {
      let isMeant = scenario.differences.contains { $0 == (difference.burrow, difference.state) }
      #expect(isMeant, "Burrow \(difference.burrow), we \(difference.state)")
    }
  }
}
