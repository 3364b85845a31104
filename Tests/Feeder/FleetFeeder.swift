import Wording
internal import Kafka
internal import MQTT
internal import System

/// Feeds a broker and a Kafka with what a fleet would send.
///
/// It stands in for generators, bridge and enrichment at once, for the smoke tests and the bench, where the pipeline itself
/// is not what is looked at.
final class FleetFeeder {
  /// What to feed.
  struct Plan {
    var generatorCount = 24
    /// How many of them have a connection of their own; the others share one and have no presence.
    var sessionCount = 24
    var seed: UInt64 = 1
    /// Mean seconds between two samples of a generator.
    var interval = 2.0
    /// Seconds between two runs of the enrichment; 0 for none.
    var taskInterval = 5.0
    /// Mean seconds between two outages; 0 for none.
    var outageInterval = 25.0
    /// Minutes of enriched records written before the start.
    var historyMinutes = 60
  }

  private let plan: Plan
  private let producer: KafkaProducer
  private let gateway: FedSession
  private var generators: [FedGenerator]
  private var topics: [String]
  private var sessions: [FedSession]
  /// Samples since the last run of the enrichment, by generator, with their wall time.
  private var latest: [Int: (sample: FedSample, wallNanoseconds: Int64)] = [:]
  private var random: SeededRandom
  private let start = monotonicNanoseconds()
  private var nextTask: Int64
  private var nextOutage: Int64
  private var round = 0

  static let rawTopic = "emergency_generators"
  static let enrichedTopic = "EGkafka_downsampled"

  init(_ plan: Plan, mqttPort: Int, kafka: String) throws(KafkaError) {
    self.plan = plan
    producer = try KafkaProducer(["bootstrap.servers": kafka, "compression.type": "lz4"])
    generators = (0..<plan.generatorCount).map {
      FedGenerator(number: $0, seed: plan.seed, meanInterval: plan.interval)
    }
    topics = generators.map { "emergency_generator/\($0.id)" }
    sessions = generators.prefix(plan.sessionCount).map {
      FedSession(id: $0.id, host: "127.0.0.1", port: mqttPort)
    }
    gateway = FedSession(id: "gateway", host: "127.0.0.1", port: mqttPort, hasPresence: false)
    random = SeededRandom(seed: plan.seed &+ 7)
    nextTask = Int64(plan.taskInterval * 1e9)
    nextOutage = Int64(plan.outageInterval * 1e9)
  }

  /// Writes the enriched records of the past, one a minute, and leaves the fleet where they end.
  func writeHistory() throws(KafkaError) {
    let now = wallNanoseconds()
    for minute in stride(from: plan.historyMinutes, to: 0, by: -1) {
      for index in generators.indices {
        generators[index].advance(seconds: 60)
        let time = now - Int64(minute) * 60_000_000_000
        try send(generators[index].sample, of: index, wallNanoseconds: time)
      }
    }
    try producer.flush(milliseconds: 30_000)
  }

  /// Does what is due; to be called every few milliseconds.
  func serve() throws {
    let now = monotonicNanoseconds() - start
    round += 1
    if generators.count > sessions.count { try gateway.serve(now: now) }
    // A connection that stands has little to do, and there may be many.
    for (index, session) in sessions.enumerated()
    where !session.isOnline || (round + index) % 10 == 0 {
      try session.serve(now: now)
    }
    for index in generators.indices where generators[index].due <= now {
      try publish(index, now: now)
    }
    if plan.taskInterval > 0, now >= nextTask { try runTask(now: now) }
    if plan.outageInterval > 0, now >= nextOutage { breakSomething(now: now) }
    producer.serve()
  }

  private func publish(_ index: Int, now: Int64) throws(KafkaError) {
    generators[index].advance(seconds: Double(generators[index].interval) / 1e9)
    generators[index].due += max(1, generators[index].interval)
    let session = index < sessions.count ? sessions[index] : gateway
    guard session.isOnline else { return }
    let sample = generators[index].sample
    let payload = sample.payload(id: generators[index].id)
    session.publish(payload, to: topics[index], now: now)
    latest[index] = (sample, wallNanoseconds())
    let key = Array(generators[index].id.utf8)
    try offer { () throws(KafkaError) in
      try producer.send(to: Self.rawTopic, key: key, value: payload)
    }
  }

  /// The enrichment: the last sample of each generator that sent one since the last run.
  private func runTask(now: Int64) throws(KafkaError) {
    nextTask = now + Int64(plan.taskInterval * 1e9)
    for (index, last) in latest.sorted(by: { $0.key < $1.key }) {
      try send(last.sample, of: index, wallNanoseconds: last.wallNanoseconds)
    }
    latest.removeAll(keepingCapacity: true)
  }

  private func send(
    _ sample: FedSample,
    of index: Int,
    wallNanoseconds: Int64,
  ) throws(KafkaError) {
    let generator = generators[index]
    let record = sample.record(
      id: generator.id,
      region: generator.region.name,
      time: CivilTime(wall: wallNanoseconds).rfc3339,
    )
    try offer { () throws(KafkaError) in
      try producer.send(
        to: Self.enrichedTopic,
        key: Array(generator.id.utf8),
        value: record,
        milliseconds: wallNanoseconds / 1_000_000,
      )
    }
  }

  /// Offers a record again while the queue is full.
  private func offer(_ send: () throws(KafkaError) -> Void) throws(KafkaError) {
    while true {
      do {
        return try send()
      } catch  where error.code == .queueFull {
        producer.serve(milliseconds: 10)
      }
    }
  }

  /// Cuts a connection (the will follows), or lets a generator leave in order, for a while.
  private func breakSomething(now: Int64) {
    let mean = plan.outageInterval * 1e9
    nextOutage = now + Int64(mean * .random(in: 0.5...1.5, using: &random))
    guard let session = sessions.randomElement(using: &random) else { return }
    let back = now + Int64.random(in: 8_000_000_000...25_000_000_000, using: &random)
    let isCut = Int.random(in: 0..<4, using: &random) > 0
    if isCut { session.drop(until: back) } else { session.leave(until: back) }
  }
}
