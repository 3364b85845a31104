import Dashboard
import FoundationEssentials
import Model
import Report
import Testing

struct LagReportTests {
  private static func stamp(_ second: Int64) -> Stamp {
    Stamp(
      monotonic: 100_000_000_000 + second * 1_000_000_000,
      wall: 1_700_000_000_000_000_000 + second * 1_000_000_000
    )
  }

  /// A group that stands still on one of two partitions, one that is well, and a transaction in an enriched topic.
  private var state: DashboardState {
    var options = DashboardOptions()
    options.policy.sinkGroup = "sink, other"
    var state = DashboardState(options)
    func apply(_ kind: Event.Kind, at second: Int64) {
      _ = state.apply(Event(kind, at: Self.stamp(second)))
    }
    apply(.feed(.status(.kafka, .live)), at: 0)
    var tracker = LagTracker()
    var held = LagTracker()
    let places = [0, 1].map { PartitionPlace(topic: "raw", partition: $0) }
    for second in stride(from: Int64(0), through: 60, by: 2) {
      let now = Self.stamp(second)
      let end = 100 + second * 10
      tracker.apply(
        [
          GroupLook(name: "other", committed: [end, end]),
          GroupLook(name: "sink", committed: [end, min(end, 400)]),
        ],
        of: places,
        [
          .known(low: 0, end: end, stable: end), .known(low: 5, end: end, stable: end),
        ],
        at: now
      )
      tracker.set(.some(2), of: "sink", at: now.monotonic)
      held.apply(
        [GroupLook(name: "")],
        of: [PartitionPlace(topic: "EGa", partition: 0)],
        [.known(low: 0, end: 10 + second, stable: 10)],
        at: now
      )
      var lag = tracker.lag(partitions: .max, at: now)
      lag.held = held.held(at: now)
      apply(.feed(.groupLag(lag)), at: second)
    }
    apply(.frame, at: 60)
    return state
  }

  private struct Shape: Decodable {
    struct Hop: Decodable {
      var id, state: String
      var recordsBehind: Int?
      var reason: String?
    }

    struct Partition: Decodable, Equatable {
      var topic: String
      var partition: Int
      var state: String
      var committed: Int64?
      var low, stable, end: Int64
      var recordsBehind, recordsToStable: Int?
      var forSeconds: Double?
    }

    struct Group: Decodable {
      var id, state: String
      var recordsBehind: Int?
      var members: Int?
      var partitions: [Partition]
    }

    struct Pipeline: Decodable {
      var groups: [Group]
      var held: [Partition]
    }

    var schema: Int
    var hops: [Hop]
    var pipeline: Pipeline
  }

  @Test func tellsGroupsAndPartitionsInBothReports() throws {
    let state = state
    for json in [try LagReport(state).json(), try FleetReport(state).json()] {
      let shape = try JSONDecoder().decode(Shape.self, from: Data(json.utf8))
      let sink = try #require(shape.hops.first { $0.id == "sink" })
      #expect(sink.state == "critical")
      #expect(sink.recordsBehind == 300)
      #expect(sink.reason?.hasSuffix("on 1 of 2 partitions") == true)
      let enriched = try #require(shape.hops.first { $0.id == "enriched" })
      #expect(enriched.state == "warning")
      #expect(
        enriched.reason
          == "held up by an open transaction for 60 s: 60 to the end, 0 to the last stable offset"
      )
      #expect(shape.pipeline.groups.map(\.id) == ["sink", "other"])
      #expect(shape.pipeline.groups.map(\.state) == ["stall", "ok"])
      #expect(shape.pipeline.groups.map(\.members) == [2, nil])
      let partition = try #require(shape.pipeline.groups.first?.partitions.last)
      #expect(partition.state == "stall")
      #expect(partition.committed == 400 && partition.low == 5 && partition.end == 700)
      #expect(partition.recordsBehind == 300 && partition.recordsToStable == 300)
      #expect(partition.forSeconds == 30)
      #expect(shape.pipeline.held.map(\.topic) == ["EGa"])
      #expect(shape.pipeline.held.map(\.recordsBehind) == [60])
    }
  }

  @Test func printsTables() {
    let text = plainLag(state)
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(8).joined(
        separator: "\n"
      ) == """
        GROUP  STATE  MEMBERS  BEHIND  TIME  COMMITS
        sink   STALL  2        300     30 s  each 2 s  stalled: same offset for 30 s on 1 of 2 partitions
        other  OK     ?        0       0 s   each 2 s

        GROUP  TOPIC  PARTITION  STATE        COMMITTED  LOW  STABLE  END  BEHIND  TIME  FOR
        sink   raw    0          OK           700        0    700     700  0       0 s   -
        sink   raw    1          STALL        400        5    700     700  300     30 s  30 s
        other  raw    0          OK           700        0    700     700  0       0 s   -
        other  raw    1          OK           700        5    700     700  0       0 s   -
        -      EGa    0          TRANSACTION  -          0    10      70   60      ?     60 s
        """
    )
  }

  /// A sink of Kafka Connect, whose lag is a saw of a minute while it is well.
  @Test func theTimeOfOneThatCommitsEachMinuteIsTheLongest() throws {
    var options = DashboardOptions()
    options.policy.sinkGroup = "connect-a"
    var state = DashboardState(options)
    _ = state.apply(Event(.feed(.status(.kafka, .live)), at: Self.stamp(0)))
    var tracker = LagTracker()
    for second in stride(from: Int64(0), through: 328, by: 2) {
      let end = 100 + second * 10
      tracker.apply(
        [GroupLook(name: "connect-a", committed: [100 + second / 60 * 600])],
        of: [PartitionPlace(topic: "raw", partition: 0)],
        [.known(low: 0, end: end, stable: end)],
        at: Self.stamp(second)
      )
      let lag = tracker.lag(partitions: .max, at: Self.stamp(second))
      _ = state.apply(Event(.feed(.groupLag(lag)), at: Self.stamp(second)))
    }
    _ = state.apply(Event(.frame, at: Self.stamp(328)))
    let hop = plainLag(state).split(separator: "\n").first { $0.hasPrefix("sink") }
    #expect(hop?.contains("up to 60 s  commits each 60 s") == true, "\(hop ?? "")")
    let json = try LagReport(state).json()
    #expect(json.contains(#""secondsBehind":28,"starvedBy":null,"state":"ok","upToSeconds":60"#))
  }
}
