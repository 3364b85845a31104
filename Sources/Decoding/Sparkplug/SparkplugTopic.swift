internal import JSON

/// What a topic of Sparkplug B says: `spBv1.0/<group>/<type>/<node>[/<device>]`.
///
/// Source: Sparkplug 3.0, chapter 4.
struct SparkplugTopic {
  enum Kind {
    case birth, data, death
    /// What is said to a node, or of a host application.
    case notOfNode
  }

  let kind: Kind
  /// Where the topic of its node's messages begins: all before the type, with the `/`.
  let head: Range<Int>
  let type: Range<Int>
  let node: Range<Int>
  /// Nil for what the node says of itself.
  let device: Range<Int>?

  /// Names are kept, so they are bounded.
  private static let longest = 1_024

  /// Nil for what is no such topic.
  ///
  /// - Parameters:
  ///   - topic: The topic.
  ///   - levels: How many stand before the group.
  init?(_ topic: Span<UInt8>, behind levels: Int) {
    guard topic.count <= Self.longest, let group = TopicLevels.range(levels + 1, in: topic) else {
      return nil
    }
    if topic.extracting(group).equals(Self.state.span) {
      (kind, head, type, node, device) = (.notOfNode, group, group, group, nil)
      return
    }
    guard let type = TopicLevels.range(levels + 2, in: topic),
      let node = TopicLevels.range(levels + 3, in: topic)
    else { return nil }
    let word = topic.extracting(type)
    guard let row = Self.types.first(where: { word.equals($0.word.span) }) else { return nil }
    device = TopicLevels.range(levels + 4, in: topic)
    let end = device?.upperBound ?? node.upperBound
    guard row.hasDevice == (device != nil), end == topic.count else { return nil }
    (kind, head, self.type, self.node) = (row.kind, 0..<type.lowerBound, type, node)
  }

  private static let state = Array("STATE".utf8)
  private static let types: [(word: [UInt8], kind: Kind, hasDevice: Bool)] = [
    ("DDATA", .data, true), ("NDATA", .data, false), ("DBIRTH", .birth, true),
    ("NBIRTH", .birth, false), ("DDEATH", .death, true), ("NDEATH", .death, false),
    ("DCMD", .notOfNode, true), ("NCMD", .notOfNode, false),
  ].map { (Array($0.utf8), $1, $2) }
}
