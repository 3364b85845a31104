/// How a consumer group stands on a partition, from the best to the worst.
///
/// The rules are Burrow's (lag evaluation of its `caching.go`), and what it does not see besides: open transactions,
/// records deleted unread, topics made anew and what the group's coordinator says.
public enum LagState: String, CaseIterable, Comparable, Codable, Sendable {
  /// Nothing to read, and nothing comes.
  case idle
  case ok
  /// Too little was seen yet, or the brokers do not tell.
  case unknown
  /// Its members have been sharing out the partitions for more than a minute.
  case rebalancing
  /// It commits, and falls behind.
  case warn
  /// There are records and no commit.
  case neverCommitted = "never-committed"
  /// It went back, and has not come again to where it was.
  case rewind
  /// An open transaction holds up what comes behind it.
  case transaction
  /// Records were deleted before it read them, in the last 24 hours.
  case lost
  /// Its commit lies beyond the end: the topic was made anew; as long.
  case reset
  /// Its members live, or it commits elsewhere, and this offset stays.
  case stall
  /// It commits nothing any more.
  case stop
  /// It commits nothing any more, and its coordinator knows no member.
  case noMembers = "no-members"

  public static func < (left: LagState, right: LagState) -> Bool { left.rank < right.rank }

  /// The place in the order of badness.
  private var rank: Int { Self.ranks[self] ?? 0 }
  private static let ranks = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) }
  )

  /// What it means for the hop.
  public var severity: HopState {
    switch self {
    case .idle, .ok: .ok
    case .unknown: .unknown
    case .rebalancing, .warn, .neverCommitted, .rewind, .transaction: .warning
    case .lost, .reset, .stall, .stop, .noMembers: .critical
    }
  }

  /// In a table, as operators of Kafka know it: `NO MEMBERS`.
  public var word: String {
    rawValue.uppercased().split(separator: "-").joined(separator: " ")
  }
}
