/// A topic that a reader found, and how far it has read it.
public struct KafkaTopic: Sendable {
  /// As the broker has it; Kafka allows letters, digits, `.`, `_` and `-`.
  public let name: String
  /// Place of the subscription that it belongs to.
  public let subscription: Int
  /// It was there when the broker was last asked; one that was asked for by name may never have been.
  public internal(set) var isPresent = false
  /// What the broker said of it, such as that we may not read it.
  public internal(set) var error: KafkaError?
  /// By partition number.
  public internal(set) var partitions: [KafkaPartition] = []
  /// A record of it came since its ends were last asked for.
  var isTouched = false
  /// Answers in a row that did not name it.
  ///
  /// One may come from a broker that has only just started.
  var timesMissing = 0

  init(name: String, subscription: Int) {
    self.name = name
    self.subscription = subscription
  }

  /// Everything that was there when the reading began has been read, or the topic is not there.
  public var isHistoryRead: Bool {
    !isPresent || partitions.allSatisfy { $0.isHistoryRead || $0.state == .gone }
  }

  /// Records that were gone before they were read, over all partitions, counted by their offsets.
  public var missed: Int64 {
    partitions.reduce(0) { $0.addingReportingOverflow($1.missed).partialValue }
  }

  /// Records that are not read yet, over the partitions that are being read.
  public var recordsBehind: Int64 {
    partitions.reduce(0) { $0.addingReportingOverflow($1.recordsBehind).partialValue }
  }
}

/// How far one partition is read.
public struct KafkaPartition: Sendable, Equatable {
  public enum State: Sendable, Equatable {
    /// Found; its first offset is being asked for.
    case found
    case reading
    /// Gone, with its topic.
    case gone
  }

  public internal(set) var state = State.found
  /// The offset that is read next.
  public internal(set) var position: Int64 = 0
  /// The next offset to be written, as far as the broker has told; never below `position`.
  public internal(set) var end: Int64 = 0
  /// The end when the reading began: what is before it was there already.
  public internal(set) var historyEnd: Int64 = 0
  /// Everything that was there when the reading began has been read.
  public internal(set) var isHistoryRead = false
  /// Offsets passed over because they were gone before they were read; at most so many records are missing.
  public internal(set) var missed: Int64 = 0
  /// What keeps it from being read.
  public internal(set) var error: KafkaError?
  /// It was read, if only up to an end with nothing before it; so `position` means something.
  var hasBegun = false
  /// How the reading begins when its offsets are known.
  var plan = StartPlan.subscription

  enum StartPlan {
    /// As the subscription says.
    case subscription
    case beginning
    /// Where it stopped, if that offset is still there.
    case resume
    /// Where it stopped is gone, the broker says.
    case afterLoss
  }

  public var recordsBehind: Int64 {
    guard state == .reading, end > position else { return 0 }
    // Both are a broker's words.
    let (behind, overflow) = end.subtractingReportingOverflow(position)
    return overflow ? .max : behind
  }
}
