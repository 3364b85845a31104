internal import Decoding
internal import MQTT
internal import Model
internal import System

/// Turns messages into samples and presence words, and hands them on in batches, in their order.
///
/// Lives on the feed's thread. A message costs no allocation of ours, a batch one at most.
final class MQTTIntake: FeedIntake {
  private let raw: RawDecoder
  private let presence: PresenceDecoder?
  /// How many messages had been received at the last flush.
  private var flushed = 0

  /// Counters are told ten times a second at most.
  private static let reportNanoseconds: Int64 = 100_000_000

  init(_ options: MQTTFeed.Options, into mailbox: Mailbox) {
    raw = RawDecoder(filters: options.rawFilters)
    presence = options.presence.map(PresenceDecoder.init)
    super.init(.mqtt, options.sources, into: mailbox)
    changes.reserveCapacity(Self.batch)
  }

  /// Takes one message; the bytes are not kept.
  func receive(topic: Span<UInt8>, payload: Span<UInt8>, message: MQTTMessage) {
    countMessage()
    counters.bytes += payload.count
    if message.isRetained { counters.retained += 1 }
    if let sources { return receive(topic, payload, message, by: sources) }
    if let presence {
      switch presence.decode(topic: topic, payload: payload) {
      case .word(let word): return add(word, of: presence.identifier, message)
      case .rejected(.unknownPresence):
        counters.unknownWords += 1
        return reject(topic, payload, .unknownPresence, kind: .presence)
      case .rejected(let reason): return reject(topic, payload, reason)
      case .notPresence: break
      }
    }
    switch raw.decode(topic: topic, payload: payload) {
    case .sample(let reading):
      if raw.lostCount > 0 { noteLost(raw.lostCount, raw.loss, topic, payload) }
      if let generator = generator(of: raw.identifier) {
        add(reading, of: generator, message)
        show(generator, reading, topic, payload, message)
      }
    case .ignored: ignore(topic, payload, raw.foreignness)
    case .rejected(let reason): reject(topic, payload, reason)
    }
  }

  /// Hands on what was taken, and the counters if it is time; gives the messages since the last call.
  @discardableResult
  func flush() -> Int {
    defer { flushed = counters.received }
    flushSources()
    flushSamples()
    flushChanges()
    flushRejected()
    if let left = nextReport, left <= 0 { reportCounters() }
    return counters.received - flushed
  }

  /// Says how the connection stands, if that is new; everything taken before goes first.
  func report(_ status: FeedStatus) {
    guard status != self.status else { return }
    self.status = status
    flush()
    reportCounters()
    mailbox.put(.status(.mqtt, status))
  }

  /// Counts a connection that was made.
  func noteConnection() {
    counters.connections += 1
  }

  /// Nanoseconds until changed counters should be told; nil if none changed.
  var nextReport: Int64? {
    guard counters != reportedCounters else { return nil }
    return max(0, reportedAt + Self.reportNanoseconds - monotonicNanoseconds())
  }

  /// Nanoseconds until there is something to hand on, or to tell; nil if nothing came.
  var nextTurn: Int64? {
    let values = sources?.memory.wait(at: monotonicNanoseconds())
    return [nextReport, values].compactMap { $0 }.min()
  }

  /// Takes a sample.
  func add(
    _ reading: Reading,
    of generator: GeneratorIndex,
    _ message: MQTTMessage,
    _ notes: SourceNotes? = nil
  ) {
    counters.samples += 1
    // Order per generator: words that came before go before.
    flushChanges()
    samples.append(
      Sample(
        generator: generator,
        source: .mqtt,
        isRetained: message.isRetained,
        receivedAt: lastStamp,
        reading: reading,
        notes: notes,
      )
    )
    if samples.count == Self.batch { flushSamples() }
  }

  /// Hands on the message itself, if its generator is looked at.
  func show(
    _ generator: GeneratorIndex,
    _ reading: Reading,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ message: MQTTMessage
  ) {
    _ = watch.look(at: mailbox.watched)
    guard let text = watch.text(of: generator, .mqtt, at: lastStamp) else { return }
    var shown = text.message(
      of: generator,
      .mqtt,
      topic: topic,
      payload: payload,
      fingerprint: reading.fingerprint,
      receivedAt: lastStamp
    )
    shown.qos = message.qos
    shown.isRetained = message.isRetained
    flushSamples()
    mailbox.put(.watched(shown))
  }

  func add(_ word: PresenceChange.Word, of id: [UInt8], _ message: MQTTMessage) {
    guard let generator = generator(of: id) else { return }
    counters.presence += 1
    add(word, of: generator, isRetained: message.isRetained)
  }
}
