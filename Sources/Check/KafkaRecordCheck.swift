import Wording
import Decoding
import Kafka
import Settings
import System

/// The step that reads the newest records of the enriched topics.
struct KafkaRecordCheck {
  /// Records of each partition that are looked at: markers and tombstones may be among them.
  private static let depth: Int64 = 10

  private let settings: KafkaSettings
  private let names: [String]
  private let report: CheckReport
  private let interruption: Interruption
  private let observer: KafkaObserver

  init(
    _ settings: KafkaSettings,
    _ names: [String],
    _ report: CheckReport,
    _ interruption: Interruption,
    _ observer: KafkaObserver
  ) {
    self.settings = settings
    self.names = names
    self.report = report
    self.interruption = interruption
    self.observer = observer
  }

  func run() throws(CheckInterrupted) {
    let reader: KafkaReader
    do throws(KafkaError) {
      reader = try makeReader()
    } catch {
      let (reason, advice) = KafkaCheckWords.words(error)
      report.failed("record", reason, advice)
      return
    }
    let intake = KafkaCheckIntake()
    let deadline = monotonicNanoseconds() + ServerCheck.limit
    while !reader.isHistoryRead, monotonicNanoseconds() < deadline {
      try interruption.check()
      _ = reader.read(milliseconds: 100) { intake.take($0, of: reader) }
    }
    tell(intake, reader)
  }

  private func makeReader() throws(KafkaError) -> KafkaReader {
    let names = Set(names)
    return try KafkaReader(
      settings.clientProperties,
      subscriptions: [.init(.matching { names.contains($0) }, from: .last(Self.depth))],
      discovery: KafkaDiscovery(interval: .milliseconds(500), timeout: .seconds(1)),
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
      let (reason, advice) = KafkaCheckWords.words(error)
      report.failed(
        "record",
        reason,
        error.code.isAuthorization ? "this user needs Read on the topic" : advice
      )
    } else if !reader.isHistoryRead {
      report.failed(
        "record",
        "not answered within 10 s",
        "are all brokers of these topics up, and reached under listeners?"
      )
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
