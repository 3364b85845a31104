import Wording
import Decoding
import Kafka
import Model
import System

/// The newest enriched record of those that were read.
final class KafkaCheckIntake {
  struct Newest {
    /// Wall nanoseconds of the record; 0 without a time.
    var time: Int64
    var words: String
  }

  private let decoder = EnrichedDecoder()
  private(set) var newest: Newest?
  private(set) var count = 0
  /// Why a record that should have been readable was not.
  private(set) var rejection: String?

  /// Takes one record; its bytes are not kept.
  func receive(_ message: borrowing KafkaMessage, of reader: KafkaReader) {
    count += 1
    let now = wallNanoseconds()
    let stamp = message.milliseconds.flatMap { RecordTime.nanoseconds(milliseconds: $0, now: now) }
    let topic = reader.topics[message.topic].name
    message.withKeyAndValue { key, value in
      RecordBatch.forEach(value) { record in
        switch decoder.decode(key: key, value: record, now: now) {
        case .ignored: return
        case .rejected(let reason): rejection = "a record of \(topic) is unreadable: \(reason)"
        case .record(let content):
          let time = stamp ?? content.sampleTime ?? 0
          guard newest.map({ time >= $0.time }) ?? true else { return }
          let shape = RecordShape(record).description
          newest = Newest(time: time, words: words(content, topic, shape, stamp, now))
        }
      }
    }
  }

  private func words(
    _ content: EnrichedContent,
    _ topic: String,
    _ shape: String,
    _ stamp: Int64?,
    _ now: Int64
  ) -> String {
    let id = Scrub.text(decoder.identifier.span, limit: Scrub.Limit.identifier)
    let region = Scrub.text(decoder.region.span, limit: Scrub.Limit.identifier)
    let alarm: String? =
      switch content.alarm {
      case .raised(let kind): "alarm \(kind.row.name)"
      case .noAction: "no alarm"
      case .other: "an alarm that egtop does not know"
      case .absent: nil
      }
    let parts = [
      "newest: \(id)", region.isEmpty ? "no region" : "region \(region)", alarm,
      CheckWords.values(content.reading),
      stamp.map { "written \(age(since: $0, now)) ago" },
      content.sampleTime.map { "sampled \(age(since: $0, now)) ago" } ?? "no time of the sample",
      shape,
    ]
    return parts.compactMap { $0 }.joined(separator: ", ")
  }

  private func age(since time: Int64, _ now: Int64) -> String {
    Figures.about(Double(now.subtractingReportingOverflow(time).partialValue) / 1e9)
  }
}
