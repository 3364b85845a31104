import Wording
import Decoding
import Kafka
import Settings
import System

/// The step that reads the newest records of the enriched topics.
extension KafkaCheck {
  /// Records of each partition that are looked at: markers and tombstones may be among them.
  private static let depth: Int64 = 10

  func checkRecords(of names: Set<String>) throws(CheckInterrupted) {
    let reader: KafkaReader
    do throws(KafkaError) {
      reader = try makeReader(of: names)
    } catch {
      return report.failed("record", error)
    }
    let intake = KafkaCheckIntake()
    let deadline = monotonicNanoseconds() + CheckWalk.limit
    while !reader.isHistoryRead, monotonicNanoseconds() < deadline {
      try walk.checkInterruption()
      _ = reader.read(milliseconds: 100) { intake.receive($0, of: reader) }
    }
    tell(intake, reader)
  }

  private func makeReader(of names: Set<String>) throws(KafkaError) -> KafkaReader {
    var discovery = KafkaDiscovery()
    discovery.interval = .milliseconds(500)
    discovery.timeout = .seconds(1)
    return try KafkaReader(
      settings.clientProperties,
      subscriptions: [.init(.matching { names.contains($0) }, from: .last(Self.depth))],
      discovery: discovery,
      observer: observer
    )
  }

  private func tell(_ intake: KafkaCheckIntake, _ reader: KafkaReader) {
    if let newest = intake.newest {
      report.good("record", newest.words)
    } else if let rejection = intake.rejection {
      report.failed("record", rejection, "egtop reads enriched records in JSON")
    } else if intake.count > 0 {
      let seen = "\(Phrases.count(intake.count, "record")), none of a generator"
      report.failed("record", seen, "do these topics hold enriched records?")
    } else if let error = reader.topics.lazy.compactMap(\.partitionError).first {
      let advice =
        error.code.isAuthorization
        ? "this user needs Read on the topic" : KafkaCheckWords.advice(error)
      report.failed("record", KafkaCheckWords.reason(error), advice)
    } else if !reader.isHistoryRead {
      let advice = "are all brokers of these topics up, and reached under listeners?"
      report.failed("record", "not answered within 10 s", advice)
    } else {
      report.failed("record", "the topics are empty", "are the task and the source running?")
    }
  }
}

extension KafkaTopic {
  /// Why one of its partitions is not read.
  fileprivate var partitionError: KafkaError? {
    error ?? partitions.lazy.compactMap(\.error).first
  }
}
