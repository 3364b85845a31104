/// Topics to read, and from where.
public struct KafkaSubscription {
  public enum Topics {
    /// These and no others; one that does not exist is waited for.
    case named([String])
    /// All topics whose name the closure accepts, now or later. Internal topics (`__…`) are not offered.
    case matching((String) -> Bool)
  }

  /// Where the first reading of a partition starts.
  ///
  /// A partition that is added to a topic later is read from its beginning.
  public enum Start: Sendable, Equatable {
    case beginning
    /// Only what comes from now on. A topic that is made later is read from its beginning.
    case end
    /// The newest records of each partition, at most this many.
    case last(Int64)
    /// The first record that is not older than this, in milliseconds since 1970 UTC; where there is none,
    /// or the broker cannot tell, the newest `orLast` records.
    case since(milliseconds: Int64, orLast: Int64)
  }

  public let topics: Topics
  public let start: Start

  public init(_ topics: Topics, from start: Start) {
    self.topics = topics
    self.start = start
  }

  func includes(_ topic: String) -> Bool {
    switch topics {
    case .named(let names): names.contains(topic)
    case .matching(let accepts): !topic.hasPrefix("__") && accepts(topic)
    }
  }
}
