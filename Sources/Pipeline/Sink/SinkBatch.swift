internal import Buckets
internal import Kafka

/// Records that are written together.
struct SinkBatch {
  /// Their origins' topics are places in `topics`.
  var points: [Point] = []
  var deadLetters: [DeadLetter] = []
  var tombstones = 0
  /// Records of messages from the broker's store, which tell nothing of now.
  var retained = 0
  /// Fields that points are written without.
  var lostFields = 0
  var records = 0
  /// Bytes that are held besides the points.
  var bytes = 0
  /// Names of topics, by place; for as long as the sink runs.
  private(set) var topics: [String] = []

  /// What a batch may hold besides its points.
  static let mostBytes = 16 << 20

  mutating func clear() {
    points.removeAll(keepingCapacity: true)
    deadLetters.removeAll()
    (tombstones, retained, lostFields, records, bytes) = (0, 0, 0, 0, 0)
  }

  /// The place of a topic.
  mutating func place(of topic: String) -> Int {
    if let place = topics.lastIndex(of: topic) { return place }
    topics.append(topic)
    return topics.count - 1
  }
}
