internal import CRdkafka
internal import System

/// Sees to it that there is a topic, in the background.
///
/// Used by one thread.
public final class KafkaTopicMaker {
  /// What came of it.
  public enum Outcome: Sendable {
    case made
    case wasThere
  }

  private let client: KafkaClient
  private let answers: KafkaAnswerQueue
  private let name: String
  /// Whether the brokers are asked to make it, and have not answered.
  private var isAsking = false
  /// When they are next asked whether it is there: monotonic nanoseconds.
  private var nextLook: Int64 = 0

  /// How long the brokers have to make it.
  private static let milliseconds: Int32 = 5000

  /// Makes a client; it connects in the background.
  ///
  /// - Parameters:
  ///   - name: Of the topic.
  ///   - properties: Of librdkafka; `bootstrap.servers` among them.
  ///   - observer: Gets the library's log.
  /// - Throws: `KafkaError` naming the property that was refused.
  public init(
    _ name: String,
    _ properties: [String: String],
    observer: KafkaObserver = KafkaObserver()
  ) throws(KafkaError) {
    self.name = name
    var configuration = KafkaConfiguration()
    try configuration.set("reconnect.backoff.max.ms", "2000")
    try configuration.set(properties)
    // Many brokers make a topic when they are asked whether it is there.
    try configuration.set("allow.auto.create.topics", "true")
    client = try configuration.makeClient(RD_KAFKA_PRODUCER, observer: observer)
    answers = KafkaAnswerQueue(client)
  }

  /// Goes on with it; to be called again as long as nothing has come of it.
  ///
  /// Waits for nothing but, each second while no broker can be reached, a fifth of one. Calls `rd_kafka_metadata`, and
  /// `rd_kafka_CreateTopics` if there is no such topic.
  ///
  /// - Returns: What came of it; nil while that is not known.
  /// - Throws: `KafkaError` with the reason of the brokers, when there is none and they let us make none.
  public func outcome() throws(KafkaError) -> Outcome? {
    guard isAsking else { return look() }
    guard let event = rd_kafka_queue_poll(answers.pointer, 0) else { return nil }
    defer { rd_kafka_event_destroy(event) }
    isAsking = false
    do throws(KafkaError) {
      try check(rd_kafka_event_error(event), "topic \(name)")
      try checkAnswer(rd_kafka_event_CreateTopics_result(event))
      return .made
    } catch {
      if error.code == .topicExists { return .wasThere }
      // They may have gone away meanwhile, or somebody else has made it.
      guard let isThere else { return nil }
      guard isThere else { throw error }
      return .wasThere
    }
  }

  /// Asks whether the topic is there, and asks for it if it is not.
  private func look() -> Outcome? {
    let now = monotonicNanoseconds()
    guard now >= nextLook else { return nil }
    nextLook = now + 1_000_000_000
    guard let isThere else { return nil }
    if isThere { return .wasThere }
    ask()
    return nil
  }

  private func ask() {
    isAsking = true
    // As many partitions and copies as the brokers give a topic of which nothing is said.
    var topic = rd_kafka_NewTopic_new(name, -1, -1, nil, 0)
    defer { rd_kafka_NewTopic_destroy(topic) }
    let options = rd_kafka_AdminOptions_new(client.pointer, RD_KAFKA_ADMIN_OP_CREATETOPICS)
    defer { rd_kafka_AdminOptions_destroy(options) }
    _ = rd_kafka_AdminOptions_set_request_timeout(options, Self.milliseconds, nil, 0)
    rd_kafka_CreateTopics(client.pointer, &topic, 1, options, answers.pointer)
  }

  private func checkAnswer(_ result: OpaquePointer?) throws(KafkaError) {
    var count = 0
    guard let result, let topics = rd_kafka_CreateTopics_result_topics(result, &count), count > 0,
      let topic = topics[0]
    else { return }
    let code = KafkaErrorCode(rd_kafka_topic_result_error(topic))
    guard code != .none else { return }
    let text = rd_kafka_topic_result_error_string(topic).map { String(cString: $0) }
    throw KafkaError(code: code, text: text)
  }

  /// Whether the brokers know the topic; nil if they do not answer.
  private var isThere: Bool? {
    guard let topic = try? client.makeTopic(name) else { return false }
    defer { rd_kafka_topic_destroy(topic) }
    return try? client.withMetadata(of: topic, "topic \(name)", milliseconds: 200) { found in
      found.topicList.contains { $0.name == name && $0.error == nil }
    }
  }
}
