import Wording
import Decoding
import Feeds
import MQTT
import Model
import System

/// What came from the broker during a check, and what it was.
final class MQTTCheckIntake {
  private let raw: RawDecoder
  private let presence: PresenceDecoder?
  private let began = monotonicNanoseconds()

  /// The first live sample in words.
  private(set) var live: String?
  /// Samples, retained ones included.
  private(set) var samples = 0
  /// Presence words by what they say.
  private(set) var alive = 0
  private(set) var dead = 0
  private(set) var others = 0
  /// What is no error, but nothing to us.
  private(set) var ignored = 0
  /// Why the first message that should have been readable was not.
  private(set) var rejection: String?

  init(_ options: MQTTFeed.Options) {
    raw = RawDecoder(filters: options.rawFilters)
    presence = options.presence.map(PresenceDecoder.init)
  }

  /// Presence words of all kinds.
  var words: Int { alive + dead + others }

  /// Takes one message; its bytes are not kept.
  func receive(topic: Span<UInt8>, payload: Span<UInt8>, message: MQTTMessage) {
    switch presence?.decode(topic: topic, payload: payload) {
    case .word(let word): return add(word)
    case .rejected(let reason): return reject(topic, reason)
    case .notPresence, nil: break
    }
    switch raw.decode(topic: topic, payload: payload) {
    case .sample(let reading): add(reading, topic, message)
    case .ignored: ignored += 1
    case .rejected(let reason): reject(topic, reason)
    }
  }

  private func add(_ word: PresenceChange.Word) {
    switch word {
    case .alive: alive += 1
    case .lastWill: dead += 1
    case .disconnected, .cleared: others += 1
    }
  }

  private func add(_ reading: Reading, _ topic: Span<UInt8>, _ message: MQTTMessage) {
    samples += 1
    guard live == nil, !message.isRetained else { return }
    let id = Scrub.text(raw.identifier.span, limit: Scrub.Limit.identifier)
    let after = Figures.about(Double(monotonicNanoseconds() - began) / 1e9)
    live = "\(id) on \(Scrub.text(topic)): \(CheckWords.values(reading)), after \(after)"
  }

  private func reject(_ topic: Span<UInt8>, _ reason: Rejection) {
    guard rejection == nil else { return }
    rejection = "a message on \(Scrub.text(topic)) is unreadable: \(reason)"
  }
}

/// Words for the people who read the report.
enum CheckWords {
  /// Such as `fuel 277, load 2`.
  static func values(_ reading: Reading) -> String {
    let words = Metric.allCases.filter { $0.row.column != nil }.compactMap { metric in
      reading[metric].map { "\(metric.row.title) \(Figures.plain($0))" }
    }
    return words.isEmpty ? "no value" : words.joined(separator: ", ")
  }
}
