internal import Decoding
internal import MQTT
internal import Model
internal import System

/// The MQTT feed's loop: connect, subscribe, read, and again.
///
/// Lives on the feed's thread.
final class MQTTReader {
  private let options: MQTTFeed.Options
  private let control: FeedControl
  private let log: Log
  private let intake: MQTTIntake
  private var delay = ReconnectDelay()
  private var random = SystemRandomNumberGenerator()
  /// Subscriptions that the broker has not answered yet.
  private var unanswered: Set<String> = []
  private var refusals: [String] = []

  /// Being connected for so long makes the next failure the first one again.
  private static let stableNanoseconds: Int64 = 10_000_000_000

  init(_ options: MQTTFeed.Options, into mailbox: Mailbox, log: Log, control: FeedControl) {
    self.options = options
    self.control = control
    self.log = log
    intake = MQTTIntake(options, into: mailbox)
  }

  /// Returns when the feed is stopped.
  func run() {
    while !control.isStopped {
      intake.report(.connecting)
      do throws(MQTTError) {
        try readUntilGone()
      } catch {
        intake.flush()
        if !control.isStopped { waitForNextTry(after: error) }
      }
    }
    intake.flush()
  }

  /// One connection, from its beginning to the end; returns if told to reconnect or to stop.
  private func readUntilGone() throws(MQTTError) {
    if control.takeReconnectRequest() { delay.reset() }
    let client = try MQTTClient(options.connection)
    do throws(MQTTError) {
      try client.connect(wakingOn: control.wake.descriptor)
    } catch {
      // Told to stop or to begin again.
      if error.cause == .interrupted { return }
      throw error
    }
    let begin = monotonicNanoseconds()
    var pace = ReadingPace()
    defer { if monotonicNanoseconds() - begin > Self.stableNanoseconds { delay.reset() } }
    while true {
      let timeout = min(intake.nextTurn ?? 1_000_000_000, 1_000_000_000)
      let events = try client.poll(
        wakingOn: control.wake.descriptor,
        timeoutNanoseconds: timeout,
        onMessage: intake.receive,
      )
      for event in events { try handle(event, of: client) }
      if let news = intake.takeTopicNews() { try follow(news, client) }
      let taken = intake.flush()
      pace.add(taken, at: monotonicNanoseconds())
      if pace.isBusy { sleepThread(nanoseconds: ReadingPace.pause) }
      if control.isStopped || control.takeReconnectRequest() {
        client.disconnect()
        return
      }
      let isLate = monotonicNanoseconds() - begin > 2 * Self.stableNanoseconds
      if !unanswered.isEmpty, client.isConnected, isLate {
        throw MQTTError(.timedOut, "the broker does not answer the subscription")
      }
    }
  }

  private func handle(_ event: MQTTEvent, of client: MQTTClient) throws(MQTTError) {
    switch event {
    case .connected:
      intake.noteConnection()
      log.info("mqtt connected", ["address": options.connection.address])
      let filters = options.subscriptions
      refusals = []
      unanswered = Set(filters)
      for filter in filters + intake.wantedTopics {
        try client.subscribe(to: filter, qos: options.qos)
      }
      if filters.isEmpty { intake.report(.degraded(reason: "nothing to subscribe to")) }
    case .subscribed(let filter, _):
      answered(filter)
    case .subscriptionRefused(let filter, let reason):
      log.warning("mqtt subscription refused", ["filter": filter, "reason": reason])
      refusals.append("\(Scrub.text(filter)): \(reason)")
      answered(filter, isRefused: true)
    }
  }

  /// Subscribes to topics that have been announced, and leaves those that are announced no more.
  private func follow(_ news: TopicNews, _ client: MQTTClient) throws(MQTTError) {
    guard client.isConnected else { return }
    for topic in news.unwanted { try client.unsubscribe(from: topic) }
    for topic in news.wanted.sorted() { try client.subscribe(to: topic, qos: options.qos) }
  }

  private func answered(_ filter: String, isRefused: Bool = false) {
    guard unanswered.remove(filter) != nil || isRefused, unanswered.isEmpty else { return }
    intake.report(
      refusals.isEmpty
        ? .live : .degraded(reason: "subscription refused: \(refusals.joined(separator: ", "))")
    )
  }

  private func waitForNextTry(after error: MQTTError) {
    var wait = delay.next(using: &random)
    // A packet that is retained comes with each connection.
    if error.cause == .oversized { wait = ReconnectDelay.longestNanoseconds }
    let nextTry = monotonicNanoseconds() + wait
    let (address, attempt) = (options.connection.address, "\(delay.attempts)")
    log.warning(
      "mqtt connection failed",
      ["address": address, "reason": error.reason, "attempt": attempt]
    )
    let reason = Scrub.text("\(address): \(error.reason)", limit: Scrub.Limit.topic)
    intake.report(.retrying(reason: reason, nextTry: nextTry, attempt: delay.attempts))
    // A request stays for the next connection to take.
    control.rest(wait)
  }
}
