/// Where a partition begins and ends.
public struct KafkaPartitionEnds: Sendable, Equatable {
  public let topic: String
  public let partition: Int32
  /// The first offset that is still there.
  public internal(set) var low: Int64 = 0
  /// The high watermark: the next offset to be written.
  public internal(set) var high: Int64 = 0
  /// The last stable offset: what is behind it waits for an open transaction to end.
  public internal(set) var stable: Int64 = 0
  /// Why they are not known.
  public internal(set) var error: KafkaError?

  init(_ topic: String, _ partition: Int32) {
    self.topic = topic
    self.partition = partition
  }
}

/// What a consumer group has committed.
public struct KafkaGroupCommits: Sendable, Equatable {
  public let group: String
  /// What it reads next, by the place of the partition in ``KafkaLagLook/partitions``; nil without a commit.
  public internal(set) var committed: [Int64?]
  /// Why that is not known of some partitions, by their places.
  public internal(set) var errors: [Int: KafkaError] = [:]
  /// Why nothing is known of the group.
  public internal(set) var error: KafkaError?
}

/// What was seen of some groups on some topics, at one time.
public struct KafkaLagLook: Sendable {
  /// By topic and number; a topic that does not exist has none.
  public internal(set) var partitions: [KafkaPartitionEnds]
  /// In the order in which they were asked for.
  public internal(set) var groups: [KafkaGroupCommits]
}

/// What the coordinator of a group says of its members.
public enum KafkaMembership: Sendable, Equatable {
  /// It refuses or cannot, or the group is not of the kind that has members it knows of.
  case notTold
  /// The group had members that a coordinator knew, and has none.
  case none
  case stable(members: Int)
  /// They are sharing out the partitions.
  case rebalancing(members: Int)
}
