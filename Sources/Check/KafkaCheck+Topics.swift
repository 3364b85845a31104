import Wording
import Kafka
import Settings
import System

/// The steps of the walk that look at topics.
extension KafkaCheck {
  private typealias Topic = KafkaClusterDescription.Topic

  func checkTopics(of cluster: KafkaClusterDescription) throws(CheckInterrupted) {
    // Kafka's own are left out.
    let topics = cluster.topics.filter { !$0.name.hasPrefix("__") }.sorted { $0.name < $1.name }
    let present =
      topics.isEmpty
      ? "there are none at all" : "there are: \(Phrases.list(topics.map(\.name)))"
    let names = checkEnrichedTopics(topics, present)
    if names.isEmpty {
      report.leftOut(["record"])
    } else {
      try checkRecords(of: Set(names))
    }
    checkRawTopic(topics, present)
    try walk.checkInterruption()
    checkSinkGroup(topics)
  }

  /// Tells the enriched topics; returns those that can be read.
  private func checkEnrichedTopics(_ topics: [Topic], _ present: String) -> [String] {
    let found = topics.filter { settings.topics.include($0.name) && $0.name != settings.rawTopic }
    for topic in found { tell(topic, as: "topics") }
    if found.isEmpty { report.failed("topics", "\(absence); \(present)", advice) }
    return found.filter { $0.error == nil && $0.partitions > 0 }.map(\.name)
  }

  private func tell(_ topic: Topic, as step: String) {
    if let error = topic.error {
      let advice =
        error.code.isAuthorization
        ? "this user needs Read and Describe on it" : "look at it with Kafka's own tools"
      report.failed(step, "\(topic.name): \(error)", advice)
    } else {
      report.good(step, "\(topic.name), \(Phrases.count(topic.partitions, "partition"))")
    }
  }

  private var absence: String {
    switch settings.topics {
    case .prefix(let prefix): "no topic begins with \(prefix)"
    case .names(let names): "no topic \(Phrases.list(names))"
    case .pattern(let pattern): "no topic matches \(pattern)"
    }
  }

  private var advice: String {
    "is the source running, and may this user describe its topic? "
      + "(--kafka-prefix, --kafka-topic and --kafka-pattern choose others)"
  }

  private func checkRawTopic(_ topics: [Topic], _ present: String) {
    guard let name = settings.rawTopic else {
      return report.leftOut("raw topic", "not read (--raw reads \(settings.rawTopicName))")
    }
    if let topic = topics.first(where: { $0.name == name }) {
      tell(topic, as: "raw topic")
    } else {
      let advice = "is the bridge running? (--raw-topic names another)"
      report.failed("raw topic", "no topic \(name); \(present)", advice)
    }
  }

  private func checkSinkGroup(_ topics: [Topic]) {
    let groups = settings.sinkGroups
    guard !groups.isEmpty else {
      let reason = "not configured (--sink-group): only groups of Kafka Connect are looked for"
      return report.leftOut("sink group", reason)
    }
    let (topic, names) = (settings.rawTopicName, Phrases.list(groups))
    guard topics.contains(where: { $0.name == topic && $0.error == nil }) else {
      let reason = "no topic \(topic), which \(names) should read"
      return report.failed("sink group", reason, "name the topic with --raw-topic")
    }
    do throws(KafkaError) {
      let query = try KafkaLagQuery(settings.clientProperties, observer: observer)
      let look = try query.look(at: groups, of: [topic], milliseconds: 1_500)
      for group in look.groups { tell(group, look.partitions, topic) }
    } catch {
      let reason = "\(names): \(KafkaCheckWords.reason(error))"
      report.failed("sink group", reason, KafkaCheckWords.advice(error))
    }
  }

  private func tell(
    _ group: KafkaGroupCommits,
    _ partitions: [KafkaPartitionEnds],
    _ topic: String
  ) {
    let name = group.group
    if let error = group.error {
      guard error.code.isAuthorization else {
        let reason = "\(name): \(KafkaCheckWords.reason(error))"
        return report.failed("sink group", reason, KafkaCheckWords.advice(error))
      }
      let advice = "it needs Describe on the group and on \(topic)"
      return report.failed("sink group", "this user may not see \(name)", advice)
    }
    if let error = partitions.lazy.compactMap(\.error).first ?? group.errors.first?.value {
      let advice = "this user needs Describe on the group and on the topic"
      return report.failed("sink group", "\(name): \(error)", advice)
    }
    let committed = zip(group.committed, partitions).compactMap { offset, ends in
      offset.map {
        max(Int64(0), ends.high.subtractingReportingOverflow(max($0, ends.low)).partialValue)
      }
    }
    guard !committed.isEmpty else {
      let advice = "is the sink running, and is this its group?"
      return report.failed("sink group", "\(name) has never committed on \(topic)", advice)
    }
    let behind = committed.reduce(Int64(0)) { $0.addingReportingOverflow($1).partialValue }
    let of = "\(committed.count) of \(Phrases.count(partitions.count, "partition"))"
    let records = "\(Phrases.count(Int(clamping: behind), "record")) behind"
    report.good("sink group", "\(name) has commits on \(of), \(records)")
  }
}
