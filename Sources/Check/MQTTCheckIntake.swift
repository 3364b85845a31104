import Wording
import Decoding
import Feeds
import MQTT
import Model
import System

/// What came from the broker during a check, and what it was.
final class MQTTCheckIntake {
  /// A message that was understood, for people.
  struct Live {
    /// Whose it is, where it came from, and after how long.
    var words: String
    var payload: String
    /// What was read of it, value by value.
    var values: [String]
    /// What was not, and why.
    var losses: [String]
  }

  private let raw: RawDecoder
  private let presence: PresenceDecoder?
  /// Nil where messages are read by the built-in names.
  private let bySource: SourceIntake?
  private let began = monotonicNanoseconds()

  /// The first live sample.
  private(set) var live: Live?
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
    bySource = options.sources.isEmpty ? nil : SourceIntake(options.sources)
  }

  /// Presence words of all kinds.
  var words: Int { alive + dead + others }

  /// What became of the messages of each source; none without sources.
  var sources: [SourceFigures] { bySource?.currentFigures() ?? [] }

  /// What changed of the topics that announcements name.
  func takeTopicNews() -> TopicNews? { bySource?.decoder.takeTopicNews().ifAny }

  /// Whether there is nothing more to wait for: a live sample came, and each source had something to read.
  var hasHeardAll: Bool { live != nil && sources.allSatisfy { $0.understood > 0 } }

  /// Takes one message; its bytes are not kept.
  func receive(topic: Span<UInt8>, payload: Span<UInt8>, message: MQTTMessage) {
    if let bySource { return receive(topic, payload, message, by: bySource) }
    switch presence?.decode(topic: topic, payload: payload) {
    case .word(let word): return add(word)
    case .rejected(let reason): return reject(topic, reason)
    case .notPresence, nil: break
    }
    switch raw.decode(topic: topic, payload: payload) {
    case .sample(let reading):
      let losses = raw.loss.map { [$0.description] } ?? []
      add(reading, of: raw.identifier, losses, topic, payload, message)
    case .ignored: ignored += 1
    case .rejected(let reason): reject(topic, reason)
    }
  }

  private func receive(
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ message: MQTTMessage,
    by sources: SourceIntake
  ) {
    let decoder = sources.decoder
    switch decoder.decode(topic: topic, payload: payload, now: wallNanoseconds()) {
    case .passed: ignored += 1
    case .ignored(let reason):
      sources.note(topic, payload, reason)
      ignored += 1
    case .rejected(let reason):
      sources.note(topic, payload, reason)
      reject(topic, reason)
    case .understood:
      let losses = decoder.losses.map(\.description)
      for finding in decoder.findings {
        if case .presence(let word) = finding.kind {
          add(word)
        } else {
          let id = decoder.identifier(of: finding)
          add(finding.reading, of: id, losses, topic, payload, message)
        }
      }
    }
  }

  private func add(_ word: PresenceChange.Word) {
    switch word {
    case .alive: alive += 1
    case .lastWill: dead += 1
    case .disconnected, .cleared: others += 1
    }
  }

  private func add(
    _ reading: Reading,
    of identifier: [UInt8],
    _ losses: [String],
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ message: MQTTMessage
  ) {
    samples += 1
    guard live == nil, !message.isRetained else { return }
    let id = Scrub.text(identifier.span, limit: Scrub.Limit.identifier)
    let after = Figures.about(Double(monotonicNanoseconds() - began) / 1e9)
    live = Live(
      words: "\(id) on \(Scrub.text(topic)): \(CheckWords.values(reading)), after \(after)",
      payload: payload.isEmpty ? "empty" : Scrub.text(payload, limit: 300),
      values: CheckWords.all(reading),
      losses: losses
    )
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

  /// All values, one by one, with their units.
  static func all(_ reading: Reading) -> [String] {
    Metric.allCases.compactMap { metric in
      reading[metric].map { value in
        let isShare = metric == .fuel && reading[.tank] == 100
        let unit = isShare ? "%" : metric.row.unit
        return "\(metric.row.title) \(Figures.plain(value)) \(unit)".trimmed
      }
    }
  }
}

extension String {
  /// Without a space at its end.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
