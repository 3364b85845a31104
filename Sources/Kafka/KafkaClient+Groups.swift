internal import CRdkafka
internal import System

/// Questions about groups that join nothing.
extension KafkaClient {
  /// The offsets that groups committed, all asked for at once.
  ///
  /// Calls `rd_kafka_ListConsumerGroupOffsets`, which takes one group. Asks again, as long as the time allows, while the
  /// brokers settle who keeps a group's commits.
  func commits(
    of groups: [String],
    on partitions: [KafkaPartitionEnds],
    _ milliseconds: Int32
  ) throws(KafkaError) -> [KafkaGroupCommits] {
    let deadline = monotonicNanoseconds() + Int64(milliseconds) * 1_000_000
    let none = [Int64?](repeating: nil, count: partitions.count)
    var commits = groups.map { KafkaGroupCommits(group: $0, committed: none) }
    var waiting = Array(groups.indices)
    let places = PartitionPlaces(partitions)
    while !waiting.isEmpty {
      for index in waiting { commits[index].error = nil }
      try ask(waiting, groups, partitions, milliseconds) { index, answers in
        for answer in answers {
          guard let place = places[answer] else { continue }
          if answer.error != .none {
            commits[index].errors[place] = KafkaError(code: answer.error)
          } else {
            commits[index].committed[place] = answer.offset >= 0 ? answer.offset : nil
          }
        }
      } failed: { index, error in
        commits[index].error = error
      }
      waiting = waiting.filter { commits[$0].error?.code.isOfMovingCoordinator == true }
      guard !waiting.isEmpty, monotonicNanoseconds() < deadline else { break }
      serve(milliseconds: 100)
    }
    // Where no coordinator answers there is nothing to tell of any group.
    let silent = commits.compactMap(\.error).filter {
      $0.code == .timedOut || $0.code == .transport
    }
    if let error = silent.first, silent.count == commits.count { throw error }
    return commits
  }

  /// Sends one request for each group, and hands over the answers as they come.
  private func ask(
    _ waiting: [Int],
    _ groups: [String],
    _ partitions: [KafkaPartitionEnds],
    _ milliseconds: Int32,
    answered: (Int, [KafkaPartitionList.Answer]) -> Void,
    failed: (Int, KafkaError) -> Void
  ) throws(KafkaError) {
    var list = KafkaPartitionList()
    for entry in partitions {
      list.add(entry.topic, entry.partition, offset: Int64(RD_KAFKA_OFFSET_INVALID))
    }
    let queue = rd_kafka_queue_new(pointer)
    defer { rd_kafka_queue_destroy(queue) }
    for index in waiting {
      var request = list.withPointer {
        rd_kafka_ListConsumerGroupOffsets_new(groups[index], $0)
      }
      defer { rd_kafka_ListConsumerGroupOffsets_destroy(request) }
      let options = options(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, milliseconds)
      defer { rd_kafka_AdminOptions_destroy(options) }
      rd_kafka_AdminOptions_set_opaque(options, UnsafeMutableRawPointer(bitPattern: index + 1))
      rd_kafka_ListConsumerGroupOffsets(pointer, &request, 1, options, queue)
    }
    for _ in waiting {
      guard let event = rd_kafka_queue_poll(queue, milliseconds &+ 500) else {
        throw KafkaError(code: .timedOut, text: "offsets of groups")
      }
      defer { rd_kafka_event_destroy(event) }
      let index = Int(bitPattern: rd_kafka_event_opaque(event)) - 1
      guard groups.indices.contains(index) else { continue }
      do {
        answered(index, try Self.offsets(in: event, of: groups[index]))
      } catch {
        failed(index, error)
      }
    }
  }

  private static func offsets(
    in event: OpaquePointer,
    of group: String
  ) throws(KafkaError) -> [KafkaPartitionList.Answer] {
    try check(rd_kafka_event_error(event), "offsets of group \(group)")
    var count = 0
    guard let result = rd_kafka_event_ListConsumerGroupOffsets_result(event),
      let results = rd_kafka_ListConsumerGroupOffsets_result_groups(result, &count), count > 0,
      let entry = results[0]
    else { return [] }
    if let error = rd_kafka_group_result_error(entry) {
      // The result owns this error.
      try check(rd_kafka_error_code(error), "offsets of group \(group)")
    }
    guard let list = rd_kafka_group_result_partitions(entry) else { return [] }
    return KafkaPartitionList.answers(of: list)
  }

  /// What coordinators say of groups; `notTold` of those whose coordinator does not answer.
  func members(of groups: [String], _ milliseconds: Int32) -> [KafkaMembership] {
    var members = groups.map { _ in KafkaMembership.notTold }
    guard !groups.isEmpty else { return members }
    let queue = rd_kafka_queue_new(pointer)
    defer { rd_kafka_queue_destroy(queue) }
    let options = options(RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, milliseconds)
    defer { rd_kafka_AdminOptions_destroy(options) }
    withCStrings(groups) { names in
      rd_kafka_DescribeConsumerGroups(pointer, names, groups.count, options, queue)
    }
    guard let event = rd_kafka_queue_poll(queue, milliseconds &+ 500) else { return members }
    defer { rd_kafka_event_destroy(event) }
    var count = 0
    guard let result = rd_kafka_event_DescribeConsumerGroups_result(event),
      let found = rd_kafka_DescribeConsumerGroups_result_groups(result, &count)
    else { return members }
    for entry in UnsafeBufferPointer(start: found, count: count) {
      guard let entry, let name = rd_kafka_ConsumerGroupDescription_group_id(entry),
        let place = groups.firstIndex(of: String(cString: name))
      else { continue }
      members[place] = Self.membership(of: entry)
    }
    return members
  }

  private static func membership(of description: OpaquePointer) -> KafkaMembership {
    if let error = rd_kafka_ConsumerGroupDescription_error(description),
      rd_kafka_error_code(error).rawValue != 0
    {
      return .notTold
    }
    let count = rd_kafka_ConsumerGroupDescription_member_count(description)
    switch rd_kafka_ConsumerGroupDescription_state(description) {
    case RD_KAFKA_CONSUMER_GROUP_STATE_STABLE: return .stable(members: count)
    case RD_KAFKA_CONSUMER_GROUP_STATE_PREPARING_REBALANCE,
      RD_KAFKA_CONSUMER_GROUP_STATE_COMPLETING_REBALANCE:
      return .rebalancing(members: count)
    case RD_KAFKA_CONSUMER_GROUP_STATE_EMPTY:
      // One by manual assignment never had any.
      return rd_kafka_ConsumerGroupDescription_is_simple_consumer_group(description) != 0
        ? .notTold : .none
    default: return .notTold
    }
  }

  /// The names of all groups, and whether the brokers know the question; nil if they did not answer.
  func groups(_ milliseconds: Int32) -> (names: [String], isKnown: Bool?) {
    let queue = rd_kafka_queue_new(pointer)
    defer { rd_kafka_queue_destroy(queue) }
    let options = options(RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, milliseconds)
    defer { rd_kafka_AdminOptions_destroy(options) }
    rd_kafka_ListConsumerGroups(pointer, options, queue)
    guard let event = rd_kafka_queue_poll(queue, milliseconds &+ 500) else { return ([], nil) }
    defer { rd_kafka_event_destroy(event) }
    var (count, errorCount) = (0, 0)
    guard let result = rd_kafka_event_ListConsumerGroups_result(event) else { return ([], nil) }
    let errors = rd_kafka_ListConsumerGroups_result_errors(result, &errorCount)
    if errorCount > 0, let first = errors?[0] {
      let code = KafkaErrorCode(rd_kafka_error_code(first))
      return ([], code == .unsupportedFeature ? false : nil)
    }
    let found = rd_kafka_ListConsumerGroups_result_valid(result, &count)
    let names = UnsafeBufferPointer(start: found, count: count).compactMap { entry in
      entry.flatMap { rd_kafka_ConsumerGroupListing_group_id($0) }.map { String(cString: $0) }
    }
    return (names, true)
  }

  private func options(_ operation: rd_kafka_admin_op_t, _ milliseconds: Int32) -> OpaquePointer? {
    let options = rd_kafka_AdminOptions_new(pointer, operation)
    _ = textFilled { rd_kafka_AdminOptions_set_request_timeout(options, milliseconds, $0, $1) }
    return options
  }
}

/// Lends texts as an array of C's.
private func withCStrings(
  _ texts: [String],
  _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Void
) {
  let copies = texts.map { Array($0.utf8CString) }
  func lend(_ place: Int, _ pointers: inout [UnsafePointer<CChar>?]) {
    guard place < copies.count else {
      return pointers.withUnsafeMutableBufferPointer { buffer in
        if let start = buffer.baseAddress { body(start) }
      }
    }
    copies[place].withUnsafeBufferPointer { buffer in
      pointers.append(buffer.baseAddress)
      lend(place + 1, &pointers)
    }
  }
  var pointers: [UnsafePointer<CChar>?] = []
  lend(0, &pointers)
}
