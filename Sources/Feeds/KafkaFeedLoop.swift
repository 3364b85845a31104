internal import Decoding
public import Kafka
internal import Model
public import System

/// The Kafka feed's loop: make a client, read until stopped.
///
/// Lives on the feed's thread.
struct KafkaFeedLoop {
  private let options: KafkaFeed.Options
  private let control: FeedControl
  private let mailbox: Mailbox
  private let log: Log

  /// Between two tries to make a client, which fails for a file that is not there or the like.
  private static let retryNanoseconds: Int64 = 5_000_000_000
  /// The longest wait for a record: after so long a stop is obeyed.
  private static let waitMilliseconds: Int32 = 100

  init(_ options: KafkaFeed.Options, into mailbox: Mailbox, log: Log, control: FeedControl) {
    self.options = options
    self.mailbox = mailbox
    self.log = log
    self.control = control
  }

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
    let start = KafkaSubscription.Start.since(
      milliseconds: since,
      orLast: options.historyRecords
    )
    var subscriptions: [KafkaSubscription] = []
    // The first that takes a topic in gets it: a raw topic that begins like the enriched ones is raw.
    if let rawTopic = options.rawTopic {
      subscriptions.append(KafkaSubscription(.named([rawTopic]), from: .end))
    }
    subscriptions.append(KafkaSubscription(options.enriched.selection, from: start))
    return try KafkaReader(
      options.properties,
      subscriptions: subscriptions,
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
      intake.beginRound()
      _ = reader.read(milliseconds: Self.waitMilliseconds) { intake.receive($0, of: reader) }
      note(reader.takeEvents(), of: reader)
      intake.endRound(reader)
    }
  }

  private func note(_ events: [KafkaReaderEvent], of reader: KafkaReader) {
    for event in events {
      switch event {
      case .topicFound(let topic):
        log.info("kafka topic found", ["topic": reader.topics[topic].name])
      case .topicGone(let topic):
        log.warning("kafka topic gone", ["topic": reader.topics[topic].name])
      case .partitionsAdded(let topic, let count):
        log.info(
          "kafka partitions added",
          ["topic": reader.topics[topic].name, "count": "\(count)"]
        )
      case .offsetLost(let topic, let partition, let offset):
        log.warning(
          "kafka offset gone, reading from the beginning",
          [
            "topic": reader.topics[topic].name, "partition": "\(partition)",
            "offset": "\(offset)",
          ]
        )
      case .failed(let topic, let partition, let error):
        log.warning(
          "kafka partition failed",
          [
            "topic": reader.topics[topic].name, "partition": "\(partition)",
            "reason": error.text,
          ]
        )
      case .started, .reachedEnd: break
      }
    }
  }
}

extension KafkaFeed.Topics {
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

extension FeedControl {
  /// Waits, but not longer than until something is asked of the feed.
  func rest(_ nanoseconds: Int64) {
    var poll = Poll()
    poll.add(wake.descriptor, .read)
    do { try poll.wait(timeoutNanoseconds: nanoseconds) } catch {
      sleepThread(nanoseconds: nanoseconds)
    }
  }
}
