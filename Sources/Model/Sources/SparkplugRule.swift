/// Which nodes of Sparkplug B a source reads.
///
/// Metrics are chosen by their names, compared without case, blanks, `_` and `-`; a name without its folders stands for
/// the first metric that ends in it. Each device is a generator, and a node if it has one of the metrics itself.
public struct SparkplugRule: Equatable, Sendable {
  /// What stands before the group in topics: some levels.
  public var prefix = "spBv1.0"
  /// Those whose nodes are read; empty for all.
  public var groups: [String] = []
  /// Whether the bridge may ask a node to announce itself again; egtop never does.
  public var asksForBirths = false

  public init() {}

  /// How many levels of a topic stand before the group.
  public var levels: Int { 1 + prefix.utf8.count { $0 == UInt8(ascii: "/") } }

  /// The MQTT filters of its messages.
  public var filters: [String] {
    groups.isEmpty ? ["\(prefix)/#"] : groups.map { "\(prefix)/\($0)/#" }
  }
}
