/// What the generators and the pipeline agree on unless they are told otherwise: each name once.
///
/// From the article "MQTT vs Kafka: An IoT Advocate's Perspective, part 3".
public enum Convention {
  /// What stands before the id in the topic of a generator's samples.
  public static let topicPrefix = "emergency_generator"
  /// The MQTT filter of all that the generators publish.
  public static let rawFilter = "emergency_generator/#"
  /// The MQTT filter of what they say of their sessions; the second level is the id.
  public static let presenceFilter = "emergency_generator/+/status"
  /// What a session that begins publishes there, retained.
  public static let alive = "online"
  /// The last will.
  public static let dead = "offline"
  /// What one that ends in order publishes.
  public static let disconnected = "disconnected"
  /// The Kafka topic that the bridge writes.
  public static let rawTopic = "emergency_generators"
  /// Which MQTT topics the bridge carries into it: all but those of presence.
  public static let topicRules = "\(rawTopic):\(topicPrefix)/[^/]+"
  /// The header of a record there that says `true` if the broker sent the message from its store.
  public static let retainedHeader = "mqtt.retained"
  /// The header of a record there that says `merged` if the bridge has put it together of messages with some values
  /// each.
  public static let sourceHeader = "egpipe.source"
  public static let mergedSource = "merged"
  /// The header of such a record that says `changes` if its generator does not send a value again that stands still.
  public static let sendsHeader = "egpipe.sends"
  public static let sendsChanges = "changes"
  /// The session of the bridge at the broker, and where it tells of its own presence.
  public static let bridgeClient = "egpipe-bridge"
  public static let bridgeStatus = "egpipe/bridge/status"
  /// The consumer group of the sink.
  public static let sinkGroup = "egpipe-sink"
  /// Groups of Kafka Connect's sinks begin with it.
  public static let connectGroupPrefix = "connect-"
  /// Where a sink puts what can never be written: `dlq-` and the name of its group, or of its connector, the best first.
  public static func deadLetterTopics(of group: String) -> [String] {
    let connector =
      group.hasPrefix(connectGroupPrefix) ? group.dropFirst(connectGroupPrefix.count) : nil
    return [group[...], connector].compactMap { $0 }.map { deadLetterPrefix + $0 }
  }
  public static let deadLetterPrefix = "dlq-"
  /// The measurement of samples that name none.
  public static let measurement = "genData"
  /// The bucket that the sink writes.
  public static let rawBucket = "kafka"
  /// The bucket that the task writes.
  public static let enrichedBucket = "kafka_downsampled"
  /// What stands before the name of a bucket in the name of its enriched topic.
  public static let enrichedPrefix = "EG"
  /// The `alarm` of an enriched record whose fuel is strictly below the mark.
  public static let refuel = "refuel"
  /// The `alarm` of any other.
  public static let noAction = "no action"
  /// The mark, in units of fuel.
  public static let refuelMark = 500.0
}
