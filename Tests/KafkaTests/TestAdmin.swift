import CRdkafka
import Kafka
import Testing

/// What tests ask of a real Kafka and the product never does.
final class TestAdmin {
  private let client: OpaquePointer
  private let queue: OpaquePointer

  init(_ servers: String) throws {
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set(conf, "bootstrap.servers", servers, nil, 0)
    rd_kafka_conf_set(conf, "log_level", "0", nil, 0)
    client = try #require(rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0))
    queue = try #require(rd_kafka_queue_new(client))
  }

  deinit {
    rd_kafka_queue_destroy(queue)
    rd_kafka_destroy(client)
  }

  func createTopic(_ name: String, partitions: Int) throws {
    var topic = rd_kafka_NewTopic_new(name, Int32(partitions), 1, nil, 0)
    defer { rd_kafka_NewTopic_destroy(topic) }
    rd_kafka_CreateTopics(client, &topic, 1, nil, queue)
    try finish()
    // The broker answers before it knows the leaders: wait until it does.
    let deadline = ContinuousClock.now + .seconds(20)
    while try leaders(of: name) < partitions { try #require(ContinuousClock.now < deadline) }
  }

  func deleteTopic(_ name: String) throws {
    var topic = rd_kafka_DeleteTopic_new(name)
    defer { rd_kafka_DeleteTopic_destroy(topic) }
    rd_kafka_DeleteTopics(client, &topic, 1, nil, queue)
    try finish()
  }

  func setPartitions(_ count: Int, of name: String) throws {
    var partitions = rd_kafka_NewPartitions_new(name, count, nil, 0)
    defer { rd_kafka_NewPartitions_destroy(partitions) }
    rd_kafka_CreatePartitions(client, &partitions, 1, nil, queue)
    try finish()
  }

  /// Deletes the records of partition 0 below an offset.
  func deleteRecords(of name: String, below offset: Int64) throws {
    let list = rd_kafka_topic_partition_list_new(1)
    defer { rd_kafka_topic_partition_list_destroy(list) }
    rd_kafka_topic_partition_list_add(list, name, 0).pointee.offset = offset
    var request = rd_kafka_DeleteRecords_new(list)
    defer { rd_kafka_DeleteRecords_destroy(request) }
    rd_kafka_DeleteRecords(client, &request, 1, nil, queue)
    try finish()
  }

  /// Names of all consumer groups.
  func groups() throws -> Set<String> {
    var list: UnsafePointer<rd_kafka_group_list>?
    try #require(rd_kafka_list_groups(client, nil, &list, 10_000).rawValue == 0)
    let groups = try #require(list)
    defer { rd_kafka_group_list_destroy(groups) }
    let all = UnsafeBufferPointer(
      start: groups.pointee.groups,
      count: Int(groups.pointee.group_cnt)
    )
    return Set(all.compactMap { $0.group.map { String(cString: $0) } })
  }

  func topics() throws -> Set<String> {
    var list: UnsafePointer<rd_kafka_metadata>?
    try #require(rd_kafka_metadata(client, 1, nil, &list, 10_000).rawValue == 0)
    let metadata = try #require(list)
    defer { rd_kafka_metadata_destroy(metadata) }
    let all = UnsafeBufferPointer(
      start: metadata.pointee.topics,
      count: Int(metadata.pointee.topic_cnt)
    )
    return Set(all.compactMap { $0.topic.map { String(cString: $0) } })
  }

  private func leaders(of name: String) throws -> Int {
    let topic = rd_kafka_topic_new(client, name, nil)
    defer { rd_kafka_topic_destroy(topic) }
    var list: UnsafePointer<rd_kafka_metadata>?
    try #require(rd_kafka_metadata(client, 0, topic, &list, 10_000).rawValue == 0)
    let metadata = try #require(list)
    defer { rd_kafka_metadata_destroy(metadata) }
    let found = metadata.pointee.topics[0]
    return (0..<Int(found.partition_cnt)).count { found.partitions[$0].leader >= 0 }
  }

  private func finish() throws {
    let event = try #require(rd_kafka_queue_poll(queue, 20_000))
    defer { rd_kafka_event_destroy(event) }
    let text = rd_kafka_event_error_string(event).map { String(cString: $0) } ?? ""
    try #require(rd_kafka_event_error(event).rawValue == 0, "\(text)")
  }
}

/// Commits offsets for a group, by partition, as a consumer of that group would.
func commit(
  _ offsets: [Int32: Int64],
  topic: String,
  group: String,
  servers: String
) throws {
  let conf = rd_kafka_conf_new()
  rd_kafka_conf_set(conf, "bootstrap.servers", servers, nil, 0)
  rd_kafka_conf_set(conf, "group.id", group, nil, 0)
  let client = try #require(rd_kafka_new(RD_KAFKA_CONSUMER, conf, nil, 0))
  defer { rd_kafka_destroy(client) }
  let list = rd_kafka_topic_partition_list_new(1)
  defer { rd_kafka_topic_partition_list_destroy(list) }
  for (partition, offset) in offsets {
    rd_kafka_topic_partition_list_add(list, topic, partition).pointee.offset = offset
  }
  let deadline = ContinuousClock.now + .seconds(30)
  // A new broker makes the topic of the commits first, and refuses until it is there.
  while rd_kafka_commit(client, list, 0).rawValue != 0 {
    try #require(ContinuousClock.now < deadline)
  }
}
