import Wording
internal import Kafka
internal import System

/// Records of the last hour, written at once: a backlog for a reader to catch up with.
struct Backlog {
  var kafka: String
  var topic: String
  var records: Int
  var generatorCount: Int
  /// Raw samples, not enriched ones.
  var isRaw = false

  /// Writes everything and returns when all of it is acknowledged.
  func run() throws(KafkaError) {
    let producer = try KafkaProducer([
      "bootstrap.servers": kafka, "compression.type": "lz4", "linger.ms": "20",
      "batch.num.messages": "10000",
    ])
    var generators = (0..<generatorCount).map {
      FedGenerator(number: $0, seed: 1, meanInterval: 1)
    }
    let hour: Int64 = 3_500_000_000_000
    let start = wallNanoseconds() - hour
    for number in 0..<records {
      let index = number % generatorCount
      let time = start + Int64(Double(number) / Double(records) * Double(hour))
      generators[index].advance(seconds: 1)
      let (id, sample) = (generators[index].id, generators[index].sample)
      let record =
        isRaw
        ? sample.payload(id: id)
        : sample.record(
          id: id,
          region: generators[index].region.name,
          time: CivilTime(wall: time).rfc3339,
        )
      let key = Array(generators[index].id.utf8)
      var isQueued = false
      while !isQueued {
        do throws(KafkaError) {
          try producer.send(to: topic, key: key, value: record, milliseconds: time / 1_000_000)
          isQueued = true
        } catch  where error.code == .queueFull {
          producer.serve(milliseconds: 10)
        }
      }
      if number % 1000 == 0 { producer.serve() }
    }
    try producer.flush(milliseconds: 120_000)
    guard producer.undelivered == 0 else {
      throw producer.deliveryError ?? KafkaError(code: .transport)
    }
  }
}
