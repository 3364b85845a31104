import Wording
import Decoding
import Feeds
import MQTT
import Model
import Settings
import System

/// Walks the connection to the MQTT broker, as the dashboard makes it.
struct MQTTCheck {
  let settings: MQTTSettings
  let options: MQTTFeed.Options
  private let patience: Int64
  let walk: CheckWalk

  var report: CheckReport { walk.report }

  /// - Parameters:
  ///   - settings: The broker and what to ask it for.
  ///   - sources: What messages are read by; empty for the built-in names.
  ///   - patience: The longest wait for a message.
  ///   - walk: What all steps need.
  init(_ settings: MQTTSettings, _ sources: [Source], patience: Duration, _ walk: CheckWalk) {
    self.settings = settings
    options = MQTTFeed.Options(settings, sources: sources)
    self.patience = patience.wholeNanoseconds
    self.walk = walk
  }

  /// Takes every step, as far as it goes.
  func run() throws(CheckInterrupted) {
    let address = settings.address
    let scheme = settings.tls == nil ? "mqtt" : "mqtts"
    report.heading("MQTT \(scheme)://\(address.host):\(address.port)")
    let later = ["subscribe", "message", "last wills"]
    guard try walk.reach(address.host, address.port) else {
      return report.leftOut(["TLS", "login"] + later)
    }
    guard let client = try logIn() else { return report.leftOut(later) }
    let intake = MQTTCheckIntake(options)
    do throws(MQTTError) {
      let refused = try subscribe(client, intake)
      try wait(for: intake, from: client)
      client.disconnect()
      tellMessages(intake)
      tellLastWills(intake, refused)
    } catch {
      if error.cause == .interrupted { throw CheckInterrupted() }
      let advice =
        error.cause == .oversized
        ? "with --mqtt-version 5 the broker keeps it back (mqtt.maximumPacketSize sets the bound)"
        : "the broker's log may say more"
      report.failed("message", error.reason, advice)
      report.leftOut(["last wills"])
    }
  }

  /// Asks for every filter, and tells what became of it; returns those that were not granted.
  private func subscribe(
    _ client: MQTTClient,
    _ intake: MQTTCheckIntake
  ) throws(MQTTError) -> Set<String> {
    let filters = options.subscriptions
    var missing = filters
    var refused: Set<String> = []
    for filter in filters { try client.subscribe(to: filter, qos: options.qos) }
    let deadline = monotonicNanoseconds() + CheckWalk.limit
    while !missing.isEmpty, monotonicNanoseconds() < deadline {
      for event in try poll(client, intake) {
        switch event {
        // What is announced meanwhile is told by its source.
        case .subscribed(let filter, _) where !filters.contains(filter): break
        case .subscribed(let filter, let qos):
          missing.removeAll { $0 == filter }
          report.good("subscribe", "\(filter), QoS \(qos)")
        case .subscriptionRefused(let filter, let reason):
          missing.removeAll { $0 == filter }
          refused.insert(filter)
          let advice = "let this user read it in the broker's access rules"
          report.failed("subscribe", "\(filter): \(reason)", advice)
        case .connected: break
        }
      }
    }
    for filter in missing {
      refused.insert(filter)
      let reason = "\(filter): no answer within 10 s"
      report.failed("subscribe", reason, "the broker's log may say more")
    }
    let covered = options.filters.filter { !filters.contains($0) }
    // A profile may have a filter for each of a hundred titles.
    for filter in covered.prefix(3) {
      report.good("subscribe", "\(filter), within another filter")
    }
    if covered.count > 3 {
      report.good("subscribe", "\(covered.count - 3) more, within other filters")
    }
    return refused
  }

  /// Waits for a live sample, with sources for one of each, as long as patience lasts.
  private func wait(for intake: MQTTCheckIntake, from client: MQTTClient) throws(MQTTError) {
    let deadline = monotonicNanoseconds() + patience
    while !intake.hasHeardAll, monotonicNanoseconds() < deadline {
      _ = try poll(client, intake)
    }
  }

  private func poll(
    _ client: MQTTClient,
    _ intake: MQTTCheckIntake
  ) throws(MQTTError) -> [MQTTEvent] {
    try checkInterruption()
    let events = try client.poll(
      wakingOn: walk.waker,
      timeoutNanoseconds: 100_000_000,
      onMessage: intake.receive
    )
    if let news = intake.takeTopicNews() {
      for topic in news.unwanted { try client.unsubscribe(from: topic) }
      for topic in news.wanted.sorted() { try client.subscribe(to: topic, qos: options.qos) }
    }
    return events
  }

  func checkInterruption() throws(MQTTError) {
    do throws(CheckInterrupted) { try walk.checkInterruption() } catch {
      throw MQTTError(.interrupted, "interrupted")
    }
  }

  private func tellMessages(_ intake: MQTTCheckIntake) {
    for source in intake.sources { tell(source) }
    if let live = intake.live {
      report.good("message", live.words)
      report.good("payload", live.payload)
      for value in live.values { report.good("value", value) }
      for loss in live.losses { report.leftOut("value", loss) }
      return
    }
    let waited = Figures.about(Double(patience) / 1e9)
    if let rejection = intake.rejection, intake.samples == 0 {
      let advice =
        options.sources.isEmpty
        ? "egtop reads JSON objects, one for each sample; sources in the configuration say how to read others"
        : "look at what its source says of it"
      report.failed("message", rejection, advice)
    } else if intake.samples > 0 {
      let seen = "only \(Phrases.count(intake.samples, "retained sample"))"
      let advice = "are the generators running? (--settle waits longer)"
      report.failed("message", "\(seen), nothing live within \(waited)", advice)
    } else {
      let others = intake.words + intake.ignored
      let seen = others == 0 ? "nothing" : "\(Phrases.count(others, "message")), but no sample,"
      let topics = Phrases.list(options.sources.isEmpty ? settings.topics : options.filters)
      let advice = "do generators publish to \(topics)? (--settle waits longer)"
      report.failed("message", "\(seen) within \(waited)", advice)
    }
  }

  /// What became of the messages of a source.
  private func tell(_ source: SourceFigures) {
    let counts =
      "\(source.name): \(Phrases.count(source.messages, "message")), \(source.understood) understood"
    guard source.messages > 0 else { return report.leftOut("source", counts) }
    if let others = source.otherDevices, others > 0 {
      let devices = Phrases.count(others, "device")
      report.good("source", "\(source.name): \(devices) announced besides, no generator")
    }
    guard let reason = source.reason else { return report.good("source", counts) }
    let example =
      "\(source.notUnderstood) not: \(reason), e.g. \(source.topic ?? "") \(source.payload ?? "")"
    report.good("source", "\(counts), \(example)")
  }

  private func tellLastWills(_ intake: MQTTCheckIntake, _ refused: Set<String>) {
    // Those of Sparkplug come with all else of a node.
    let filters = options.sources.flatMap { source in
      source.presence.map(\.topic) + (source.sparkplug?.filters ?? [])
    }
    if filters.isEmpty, options.sources.contains(where: { $0.homeAssistant != nil }) {
      return tellAnnouncedPresence(intake)
    }
    guard let filter = options.sources.isEmpty ? settings.presence?.filter : filters.first else {
      let reason = "no presence topic is set (--presence): they cannot be seen"
      return report.leftOut("last wills", reason)
    }
    if refused.contains(filter) || refused.count == options.subscriptions.count {
      report.leftOut("last wills", "\(filter) was refused: they cannot be seen")
    } else if intake.words == 0 {
      let texts =
        options.sources.isEmpty
        ? settings.presence?.deadTexts : options.sources.flatMap(\.presence).first?.offline
      let words = texts.map { "whose will says \($0.joined(separator: ", ")) there" }
      let whose =
        "they are seen only of generators \(words ?? "whose node says its birth and death")"
      report.leftOut("last wills", "no word on \(filter) yet: \(whose)")
    } else {
      let counts = "\(intake.alive) alive, \(intake.dead) dead, \(intake.others) other"
      report.good("last wills", "\(filter): \(counts)")
    }
  }

  /// What came on the topics that announcements name for it.
  private func tellAnnouncedPresence(_ intake: MQTTCheckIntake) {
    guard intake.words > 0 else {
      return report.leftOut("last wills", "no word yet on an availability topic that is announced")
    }
    let counts = "\(intake.alive) alive, \(intake.dead) dead, \(intake.others) other"
    report.good("last wills", "as announced: \(counts)")
  }
}

extension Duration {
  /// Clamped to some decades.
  fileprivate var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return min(max(0, seconds), 1_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
