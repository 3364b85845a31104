internal import Decoding
public import Kafka
internal import Model
internal import Settings
public import System

/// The Kafka feed's loop: make a client, read until stopped.
///
/// Lives on the feed's thread.
struct KafkaFeedLoop {
  let options: KafkaFeed.Options
  let mailbox: Mailbox
  let log: Log
  let control: FeedControl

  /// Between two tries to make a client, which fails for a file that is not there or the like.
  private static let retryNanoseconds: Int64 = 5_000_000_000
  /// The longest wait for a record: after so long a stop is obeyed.
  private static let waitMilliseconds: Int32 = 100

  /// Returns when the feed is stopped.
  func run() {
    let intake = KafkaIntake(options, into: mailbox)
    intake.report(.connecting)
    var attempt = 0
    while !control.isStopped {
      do throws(KafkaError) {
        read(with: try makeReader(), into: intake)
      } catch {
        attempt += 1
        log.error("kafka client refused", ["reason": error.text])
        let nextTry = monotonicNanoseconds() + Self.retryNanoseconds
        let reason = Scrub.text(error.text)
        intake.report(.retrying(reason: reason, nextTry: nextTry, attempt: attempt))
        control.rest(Self.retryNanoseconds)
      }
    }
  }

  private func makeReader() throws(KafkaError) -> KafkaReader {
    let since = wallNanoseconds() / 1_000_000 - options.historySeconds * 1000
    let enriched = KafkaSubscription(
      options.enriched.selection,
      from: .since(milliseconds: since, orLast: options.historyRecords)
    )
    // The first that takes a topic in gets it: a raw topic that begins like the enriched ones is raw.
    let topics = options.rawTopics
    let raw = topics.isEmpty ? [] : [KafkaSubscription(.named(topics), from: .end)]
    return try KafkaReader(
      options.properties,
      subscriptions: raw + [enriched],
      observer: .writing(to: log)
    )
  }

  private func read(with reader: KafkaReader, into intake: KafkaIntake) {
    while !control.isStopped {
      if control.takeReconnectRequest() { reader.lookNow() }
      // The log keeps its records: wait for the main thread rather than fill the memory.
      if mailbox.isFull {
        control.rest(2_000_000)
        continue
      }
      if intake.handOnPast() { continue }
      intake.beginRound()
      _ = reader.read(milliseconds: Self.waitMilliseconds) { intake.receive($0, of: reader) }
      note(reader.takeEvents(), of: reader)
      intake.endRound(reader)
    }
  }

  private func note(_ events: [KafkaReaderEvent], of reader: KafkaReader) {
    for event in events {
      let topics = reader.topics
      switch event {
      case .topicFound(let topic): log.info("kafka topic found", ["topic": topics[topic].name])
      case .topicGone(let topic): log.warning("kafka topic gone", ["topic": topics[topic].name])
      case .partitionsAdded(let topic, let count):
        log.info("kafka partitions added", ["topic": topics[topic].name, "count": "\(count)"])
      case .offsetLost(let topic, let partition, let offset):
        log.warning(
          "kafka offset gone, reading from the beginning",
          ["topic": topics[topic].name, "partition": "\(partition)", "offset": "\(offset)"]
        )
      case .failed(let topic, let partition, let error):
        log.warning(
          "kafka partition failed",
          ["topic": topics[topic].name, "partition": "\(partition)", "reason": error.text]
        )
      case .started, .reachedEnd: break
      }
    }
  }
}

extension KafkaSettings.Topics {
  /// For the reader; to be used on the thread that asked for it.
  fileprivate var selection: KafkaSubscription.Topics {
    switch self {
    case .names(let names): return .named(names)
    case .prefix(let prefix): return .matching { $0.hasPrefix(prefix) }
    case .pattern(let text):
      guard let pattern = try? Regex(text) else { return .named([]) }
      return .matching { ((try? pattern.firstMatch(in: $0)) ?? nil) != nil }
    }
  }

  /// What to say when there is none.
  var absence: String {
    switch self {
    case .prefix(let prefix): "no topic begins with \(Scrub.text(prefix))"
    case .names(let names): "no topic \(Scrub.text(names.joined(separator: ", ")))"
    case .pattern(let text): "no topic matches \(Scrub.text(text))"
    }
  }
}

extension KafkaObserver {
  /// Hands the library's own words to the log.
  public static func writing(to log: Log) -> KafkaObserver {
    KafkaObserver(log: { line in
      let level: Log.Level =
        switch line.level {
        case ...4: .warning
        case 5, 6: .info
        default: .debug
        }
      log.write(level, "kafka library") { ["facility": line.facility, "text": line.text] }
    })
  }
}
