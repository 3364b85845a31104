internal import Decoding
internal import Model
internal import System

/// Messages that no rule wants: told once a minute with one of their topics, so that a rule that misses is seen.
struct UnmatchedMessages {
  /// Generators tell of their presence where their samples are, and no rule is to want that.
  private let presence = TopicFilter(Convention.presenceFilter)
  private var count = 0
  /// Of the first that is not told yet.
  private var topic: [UInt8] = []
  private var toldAt: Int64?

  private static let pause: Int64 = 60_000_000_000

  mutating func note(_ topic: Span<UInt8>) {
    guard !presence.matches(topic) else { return }
    if count == 0 { self.topic = topic.copied }
    count += 1
  }

  mutating func tell(_ log: Log) {
    guard count > 0 else { return }
    let now = monotonicNanoseconds()
    guard now - (toldAt ?? .min / 2) >= Self.pause else { return }
    toldAt = now
    let example = Scrub.text(topic.span, limit: Scrub.Limit.topic)
    log.info("no rule wants these messages", ["count": "\(count)", "topic": example])
    count = 0
  }
}
