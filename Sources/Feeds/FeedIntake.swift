internal import Decoding
internal import Model
internal import System

/// What the intakes of both feeds have in common: what was taken and is to be handed on, and what is told of it.
///
/// Lives on the feed's thread.
class FeedIntake {
  /// Samples handed on at once; a round of reading brings no more than twice as many.
  static let batch = 1024

  final let mailbox: Mailbox
  final let feed: FeedKind
  final var samples: [Sample] = []
  final var changes: [PresenceChange] = []
  final var rejected: RejectedMessages
  final var counters = FeedCounters()
  final private(set) var reportedCounters = FeedCounters()
  final var reportedAt: Int64 = 0
  final var status = FeedStatus.off
  final var watch = MessageWatch()
  /// Nil where messages are read by the built-in names.
  final let sources: SourceIntake?
  /// When the message at hand came; no two have the same.
  final private(set) var lastStamp: Int64 = 0

  init(_ feed: FeedKind, _ sources: [Source], into mailbox: Mailbox) {
    self.sources = sources.isEmpty ? nil : SourceIntake(sources)
    self.feed = feed
    self.mailbox = mailbox
    rejected = RejectedMessages(feed: feed)
    samples.reserveCapacity(Self.batch)
  }

  /// Counts a message that has come now.
  final func countMessage() {
    _ = nextStamp()
    counters.received += 1
  }

  /// A time of now that no message has yet.
  final func nextStamp() -> Int64 {
    lastStamp = max(lastStamp &+ 1, monotonicNanoseconds())
    return lastStamp
  }

  /// The index of the generator with this id; nil beyond the bound.
  final func generator(of id: [UInt8]) -> GeneratorIndex? {
    let generator = mailbox.generator(id.span)
    if generator == nil { counters.beyondBound += 1 }
    return generator
  }

  final func reject(
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ reason: Rejection,
    kind: RejectedMessage.Kind? = nil
  ) {
    counters.rejected += 1
    keep(topic, payload, reason, kind)
  }

  /// Counts a message that is nothing to us; one that says something is kept, as it may be meant for us.
  final func ignore(_ topic: Span<UInt8>, _ payload: Span<UInt8>, _ reason: Rejection) {
    counters.ignored += 1
    if !payload.isEmpty { keep(topic, payload, reason, .foreign) }
  }

  /// Keeps a message as a specimen for the status page.
  private func keep(
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>,
    _ reason: Rejection,
    _ kind: RejectedMessage.Kind?
  ) {
    rejected.add(topic: topic, payload: payload, reason: reason, kind: kind, receivedAt: lastStamp)
  }

  /// Counts the fields that a message was read without, and keeps it as a specimen.
  final func noteLost(
    _ count: Int,
    _ loss: Rejection?,
    _ topic: Span<UInt8>,
    _ payload: Span<UInt8>
  ) {
    guard let loss else { return }
    counters.lostFields += count
    rejected.add(
      topic: topic,
      payload: payload,
      reason: loss,
      isReadInPart: true,
      receivedAt: lastStamp
    )
  }

  final func flushSamples() {
    if !samples.isEmpty { mailbox.put(handOver(&samples)) }
  }

  /// Gives an array away whole, with room for as many again in its place: nothing is shared with the thread that reads
  /// what was given.
  final func handOver<Item>(_ items: inout [Item]) -> [Item] {
    var given: [Item] = []
    swap(&given, &items)
    items.reserveCapacity(given.count)
    return given
  }

  final func flushRejected() {
    if !rejected.isEmpty { mailbox.put(.rejected(rejected.take())) }
  }

  /// Tells the counters, if they have changed.
  final func reportCounters() {
    guard counters != reportedCounters else { return }
    if let sources { counters.sources = sources.currentFigures() }
    reportedCounters = counters
    reportedAt = monotonicNanoseconds()
    mailbox.put(.counters(feed, counters))
  }
}
