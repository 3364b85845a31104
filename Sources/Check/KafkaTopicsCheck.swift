import Wording
import Kafka
import Settings
import System

/// The steps of the walk that look at topics.
struct KafkaTopicsCheck {
  private let settings: KafkaSettings
  private let cluster: KafkaClusterDescription
  private let report: CheckReport
  private let interruption: Interruption
  private let observer: KafkaObserver

  init(
    _ settings: KafkaSettings,
    _ cluster: KafkaClusterDescription,
    _ report: CheckReport,
    _ interruption: Interruption,
    _ observer: KafkaObserver
  ) {
    self.settings = settings
    self.cluster = cluster
    self.report = report
    self.interruption = interruption
    self.observer = observer
  }

  func run() throws(CheckInterrupted) {
    let names = checkTopics()
    if names.isEmpty {
      report.leftOut(["record"])
    } else {
      let records = KafkaRecordCheck(settings, names, report, interruption, observer)
      try records.run()
    }
    checkRawTopic()
    try interruption.check()
    checkSinkGroup()
  }

  /// Topics that are not Kafka's own, in alphabetical order.
  private var topics: [KafkaClusterDescription.Topic] {
    cluster.topics.filter { !$0.name.hasPrefix("__") }.sorted { $0.name < $1.name }
  }

  /// Tells the enriched topics; returns those that can be read.
  private func checkTopics() -> [String] {
    let found = topics.filter { settings.topics.include($0.name) && $0.name != settings.rawTopic }
    for topic in found { tell(topic, as: "topics") }
    if found.isEmpty { report.failed("topics", "\(absence); \(present)", advice) }
    return found.filter { $0.error == nil && $0.partitions > 0 }.map(\.name)
  }

  private func tell(_ topic: KafkaClusterDescription.Topic, as step: String) {
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
    case .pattern(let pattern): "no topic is like \(pattern)"
    }
  }

  private var present: String {
    topics.isEmpty ? "there are none at all" : "there are: \(Phrases.list(topics.map(\.name)))"
  }

  private var advice: String {
    "is the source running, and may this user describe its topic? "
      + "(--kafka-prefix, --kafka-topic and --kafka-pattern choose others)"
  }

  private func checkRawTopic() {
    guard let name = settings.rawTopic else {
      report.leftOut("raw topic", "not read (--raw reads \(settings.rawTopicName))")
      return
    }
    if let topic = topics.first(where: { $0.name == name }) {
      tell(topic, as: "raw topic")
    } else {
      let advice = "is the bridge running? (--raw-topic names another)"
      report.failed("raw topic", "no topic \(name); \(present)", advice)
    }
  }

  private func checkSinkGroup() {
    guard let group = settings.sinkGroup else {
      report.leftOut("sink group", "none is named (--sink-group): the sink's lag cannot be seen")
      return
    }
    let topic = settings.rawTopicName
    guard topics.contains(where: { $0.name == topic && $0.error == nil }) else {
      report.failed(
        "sink group",
        "no topic \(topic), which \(group) should read",
        "name the topic with --raw-topic"
      )
      return
    }
    do throws(KafkaError) {
      let query = try KafkaLagQuery(
        group: group,
        settings.clientProperties,
        observer: observer
      )
      tell(try query.lag(of: [topic], milliseconds: 1_500), group, topic)
    } catch {
      let (reason, advice) = KafkaCheckWords.words(error)
      report.failed(
        "sink group",
        error.code.isAuthorization ? "this user may not see \(group)" : "\(group): \(reason)",
        error.code.isAuthorization ? "it needs Describe on the group and on \(topic)" : advice
      )
    }
  }

  private func tell(_ lags: [KafkaPartitionLag], _ group: String, _ topic: String) {
    if let error = lags.lazy.compactMap(\.error).first {
      let advice = "this user needs Describe on the group and on the topic"
      report.failed("sink group", "\(group): \(error)", advice)
      return
    }
    let committed = lags.count { $0.committed != nil }
    guard committed > 0 else {
      report.failed(
        "sink group",
        "\(group) never committed on \(topic)",
        "is the sink running, and is this its group?"
      )
      return
    }
    let behind = lags.compactMap(\.recordsBehind).reduce(Int64(0)) {
      $0.addingReportingOverflow($1).partialValue
    }
    report.good(
      "sink group",
      "\(group) has commits on \(committed) of \(Phrases.count(lags.count, "partition")), "
        + "\(behind) records behind"
    )
  }
}
