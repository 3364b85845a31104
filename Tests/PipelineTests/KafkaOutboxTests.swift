import Kafka
import System
import TestSupport
import Testing

@testable import Pipeline

struct KafkaOutboxTests {
  private func outbox(
    _ kafka: RawKafka,
    _ stop: StopSignal,
    properties: [String: String] = [:],
    patience: Int64 = 100_000_000,
    log: Log = Log(),
  ) throws -> KafkaOutbox {
    try KafkaOutbox(
      kafka.properties.merging(properties) { $1 },
      standard: ["message.max.bytes": "10000"],
      warning: "Kafka acknowledges nothing: the test waits",
      patience: patience,
      StageRun(stop: stop, log: log),
    )
  }

  private func send(_ outbox: KafkaOutbox, _ value: String) throws -> KafkaError? {
    try outbox.send { producer throws(KafkaError) in
      try producer.send(to: "emergency_generators", key: nil, value: Array(value.utf8))
    }
  }

  @Test func waitsWhileTheQueueIsFull() throws {
    let kafka = try RawKafka([("emergency_generators", 1)])
    let outbox = try outbox(
      kafka,
      StopSignal(),
      properties: ["queue.buffering.max.messages": "10", "linger.ms": "0"],
    )
    for number in 0..<100 { #expect(try send(outbox, "\(number)") == nil) }
    #expect(try outbox.waitForDelivery())
    #expect(outbox.delivered == 100)
  }

  @Test func saysWhatKafkaTakesFromNobodyAndDeliversTheRest() throws {
    let kafka = try RawKafka([("emergency_generators", 1)])
    let outbox = try outbox(kafka, StopSignal())
    let large = String(repeating: "x", count: 20_000)
    #expect(try send(outbox, large)?.code.isOfRecord == true)
    let values = ["a", large, "b"]
    let retries = Counter()
    let lost = try outbox.deliver(3, to: "emergency_generators", retries: retries) {
      (index, producer) throws(KafkaError) in
      try producer.send(to: "emergency_generators", key: nil, value: Array(values[index].utf8))
    }
    #expect(lost == 1)
    #expect(outbox.delivered == 2)
    #expect(retries.value == 0)
  }

  /// A broker's answer to a batch says nothing of its records; librdkafka would drop them all.
  @Test(arguments: [1, 3])
  func sendsTheRecordsOfARefusedBatchAlone(times: Int) throws {
    let kafka = try RawKafka([("emergency_generators", 1)])
    let outbox = try outbox(kafka, StopSignal(), properties: ["batch.num.messages": "40"])
    kafka.cluster.refuseBatches(times, with: .messageTooLarge)
    let values = (0..<500).map { "\($0)" }
    for value in values { #expect(try send(outbox, value) == nil) }
    #expect(try outbox.waitForDelivery())
    // As usual again, and what comes later is behind.
    #expect(try send(outbox, "last") == nil)
    #expect(try outbox.waitForDelivery())
    let reader = try TopicReader(kafka.servers, ["emergency_generators"])
    #expect(reader.read { $0.last?.value == "last" })
    // What is refused alone, too, is refused.
    let expected = values.dropFirst(times - 1) + ["last"]
    #expect(reader.records.compactMap(\.value) == Array(expected))
    #expect(outbox.delivered == expected.count)
    #expect(outbox.refused == times - 1)
    #expect(outbox.undelivered == 0)
  }

  @Test func keepsAllOfARecordThatIsSentAgain() throws {
    let kafka = try RawKafka([("emergency_generators", 2)])
    let outbox = try outbox(kafka, StopSignal(), properties: ["linger.ms": "100"])
    kafka.cluster.refuseBatches(1, with: .messageTooLarge)
    for value in ["a", "b"] {
      let refusal = try outbox.send { producer throws(KafkaError) in
        try producer.send(
          to: "emergency_generators",
          key: Array("g1".utf8),
          value: Array(value.utf8),
          partition: 1,
          milliseconds: 1_234,
          headers: [KafkaProducer.Header("mqtt.qos", [49])],
        )
      }
      #expect(refusal == nil)
    }
    #expect(try outbox.waitForDelivery())
    let reader = try TopicReader(kafka.servers, ["emergency_generators"])
    #expect(reader.read { $0.count == 2 })
    for (place, record) in reader.records.enumerated() {
      let expected = Record(
        topic: "emergency_generators",
        partition: 1,
        offset: Int64(place),
        key: "g1",
        value: ["a", "b"][place],
        milliseconds: 1_234,
        headers: ["mqtt.qos": "1"],
      )
      #expect(record == expected)
    }
  }

  @Test func sendsAgainWhatWasGivenUp() throws {
    let kafka = try RawKafka([("emergency_generators", 1)])
    let outbox = try outbox(kafka, StopSignal(), properties: ["message.timeout.ms": "300"])
    kafka.cluster.setBroker(1, isUp: false)
    let retries = Counter()
    let lost = try outbox.deliver(1, to: "emergency_generators", retries: retries) {
      (_, producer) throws(KafkaError) in
      if retries.value > 0 { kafka.cluster.setBroker(1, isUp: true) }
      try producer.send(to: "emergency_generators", key: nil, value: [1])
    }
    #expect(lost == 0)
    #expect(retries.value > 0)
    #expect(outbox.delivered == 1)
  }

  @Test func givesUpWhenTheProgramIsToEnd() throws {
    let kafka = try RawKafka([("emergency_generators", 1)])
    let stop = try StopSignal()
    let outbox = try outbox(kafka, stop, properties: ["queue.buffering.max.messages": "5"])
    kafka.cluster.setBroker(1, isUp: false)
    #expect(try send(outbox, "a") == nil)
    stop.set()
    #expect(try !outbox.waitForDelivery())
    let lost = try outbox.deliver(10, to: "emergency_generators", retries: Counter()) {
      (_, producer) throws(KafkaError) in
      try producer.send(to: "emergency_generators", key: nil, value: [1])
    }
    #expect(lost == nil)
  }

  @Test func tellsOnceThatKafkaDoesNotAnswer() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1)])
      let path = "\(folder)/log"
      let log = try Log(to: .file(path), level: .info)
      let outbox = try outbox(kafka, StopSignal(), log: log)
      kafka.cluster.setBroker(1, isUp: false)
      #expect(try send(outbox, "a") == nil)
      #expect(try !outbox.waitForDelivery(limit: 1_500_000_000))
      kafka.cluster.setBroker(1, isUp: true)
      #expect(try outbox.waitForDelivery())
      let text = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      #expect(text.split(separator: "the test waits").count == 2)
      #expect(text.contains("message=\"Kafka acknowledges again\" after=\""))
    }
  }

  @Test func namesATopicThatNobodyMakes() throws {
    try withFolder { folder in
      let kafka = try RawKafka([("emergency_generators", 1)])
      kafka.cluster.setTopic("emergency_generators", isThere: false)
      let path = "\(folder)/log"
      let outbox = try outbox(
        kafka,
        StopSignal(),
        properties: ["topic.metadata.refresh.interval.ms": "200"],
        log: try Log(to: .file(path), level: .info)
      )
      #expect(try send(outbox, "a") == nil)
      #expect(try !outbox.waitForDelivery(limit: 2_000_000_000))
      kafka.cluster.setTopic("emergency_generators", isThere: true)
      #expect(try outbox.waitForDelivery())
      let text = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      #expect(text.contains("there is no topic emergency_generators"), "\(text)")
      #expect(text.contains("message=\"Kafka acknowledges again\""))
    }
  }
}
