import Kafka
import LocalBrokers
import MQTT
import SQLite
import System
import TestSupport
import Testing

/// A broker, a Kafka, generators, and the four stages as processes that die.
final class CrashPlant {
  /// Nanoseconds of a window of the task.
  static let window: Int64 = 1_000_000_000

  let rawTopic: String
  let enrichedTopic: String
  let stages: [MortalStage]
  /// What the broker has acknowledged.
  private(set) var sent: [Sample] = []

  private let folder: String
  private let kafka: String
  private let cluster: LocalKafkaCluster?
  private let mosquitto: LocalMosquitto
  private let sender: Sender
  private var number = 0
  private var nextRound: Int64 = 0

  init(_ kind: KafkaKind, folder: String) throws {
    let unique = "c\(UInt32.random(in: 0...(.max)))"
    self.folder = folder
    rawTopic = "\(unique)-raw"
    enrichedTopic = "EG\(unique)-kafka_downsampled"
    switch kind {
    case .local:
      let cluster = try LocalKafkaCluster()
      for topic in [rawTopic, enrichedTopic] { try cluster.createTopic(topic, partitions: 4) }
      self.cluster = cluster
      kafka = cluster.bootstrapServers
    case .real:
      cluster = nil
      kafka = try #require(KafkaKind.realAddress)
    }
    mosquitto = try LocalMosquitto.start(directory: folder)
    sender = try Sender(port: mosquitto.port)
    let broker = ["--mqtt", "mqtt://127.0.0.1:\(mosquitto.port)"]
    let cluster = [
      "--kafka", kafka, "-X", "session.timeout.ms=6000", "-X", "fetch.wait.max.ms=20",
    ]
    let store = ["--store", folder]
    let plans: [(name: String, arguments: [String], places: [String])] = [
      (
        "bridge",
        ["--topic-regex-list", "\(rawTopic):emergency_generator/[^/]+"] + broker + cluster,
        ["bridge.read", "bridge.acknowledged"]
      ),
      (
        "sink",
        ["--raw-topic", rawTopic, "--group", "\(unique)-sink", "--sequence-field", "number"]
          + store + cluster,
        ["sink.writing", "sink.written"]
      ),
      ("task", ["--every", "1s"] + store, ["task.writing", "task.written"]),
      (
        "source", ["--topic-prefix", "EG\(unique)-", "--poll", "50ms"] + store + cluster,
        ["source.publishing", "source.published"]
      ),
    ]
    stages = try plans.map { plan in
      try MortalStage(
        [plan.name] + plan.arguments,
        log: "\(folder)/\(plan.name).log",
        // Later and later, so that each time another message is under way.
        deaths: (1...5).flatMap { time in plan.places.map { "\($0):\(time)" } },
      )
    }
  }

  /// Waits until the bridge has its session in the broker and the task has run.
  func prepare() throws {
    let watch = try Watch(port: mosquitto.port, "egpipe/bridge/status")
    try #require(try watch.hears("online"), "the bridge did not start")
    try #require(
      holds { (try? count("SELECT count(*) FROM state", in: "kafka_downsampled")) ?? 0 > 0 }
    )
  }

  /// Publishes, and starts what has died, until all have died as often as they were to.
  func publish(untilAllHaveSurvived seconds: Int64) throws {
    let done = try holds(within: seconds) {
      for stage in stages { try stage.tend() }
      // Not more than the local Kafka keeps while the sink is down.
      if monotonicNanoseconds() >= nextRound {
        nextRound = monotonicNanoseconds() + 50_000_000
        try publishOnce()
      }
      return stages.allSatisfy(\.hasSurvived)
    }
    #expect(done, "\(stages.map(\.died))")
  }

  /// Lets the last window end, with a sample of each generator behind it.
  func publishOneMoreWindow() throws {
    let end = (wallNanoseconds() / Self.window + 1) * Self.window
    _ = holds { wallNanoseconds() > end }
    try publishOnce()
  }

  private func publishOnce() throws {
    for generator in 1...6 {
      let sample = Sample("generator\(generator)", number)
      try sender.send(sample.payload, to: "emergency_generator/generator\(generator)", qos: 1)
      sent.append(sample)
    }
    number += 1
  }

  /// All that is in the raw bucket.
  func rawPoints() throws -> [RawPoint] {
    let connection = try SQLiteConnection("\(folder)/kafka.db")
    let statement = try connection.prepare(
      "SELECT series.generatorID, point.fuel, point.time FROM point JOIN series ON series.id = point.series"
    )
    var points: [RawPoint] = []
    while try statement.step() {
      let sample = Sample(statement.text(at: 0), Int(statement.integer(at: 1)))
      points.append(RawPoint(sample: sample, nanoseconds: statement.integer(at: 2)))
    }
    return points
  }

  private func count(_ query: String, in bucket: String) throws -> Int {
    let connection = try SQLiteConnection("\(folder)/\(bucket).db")
    let statement = try connection.prepare(query)
    return try statement.step() ? Int(statement.integer(at: 0)) : 0
  }

  /// All records of a topic, once a condition holds of them or a minute has passed.
  func records(of topic: String, until condition: ([Record]) -> Bool) throws -> [Record] {
    let reader = try TopicReader(kafka, [topic])
    _ = reader.read(within: 60, until: condition)
    return reader.records
  }
}
