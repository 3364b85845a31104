import Wording
import Decoding
import Feeds
import MQTT
import Settings
import System

/// Walks the connection to the MQTT broker, as the dashboard makes it.
struct MQTTCheck {
  private let settings: MQTTSettings
  private let options: MQTTFeed.Options
  private let patience: Int64
  private let report: CheckReport
  private let interruption: Interruption

  /// - Parameters:
  ///   - settings: The broker and what to ask it for.
  ///   - patience: The longest wait for a message.
  ///   - report: Gets a line for each step.
  ///   - interruption: Ends the walk.
  init(
    _ settings: MQTTSettings,
    patience: Duration,
    into report: CheckReport,
    _ interruption: Interruption
  ) {
    self.settings = settings
    options = MQTTFeed.Options(settings)
    self.patience = patience.wholeNanoseconds
    self.report = report
    self.interruption = interruption
  }

  /// Takes every step, as far as it goes.
  func run() throws(CheckInterrupted) {
    let address = settings.address
    let scheme = settings.tls == nil ? "mqtt" : "mqtts"
    report.heading("MQTT \(scheme)://\(address.host):\(address.port)")
    let later = ["subscribe", "message", "last wills"]
    let server = ServerCheck(report: report, interruption: interruption)
    guard try server.reach(address.host, address.port) else {
      report.leftOut(["TLS", "login"] + later)
      return
    }
    let login = MQTTLoginCheck(settings, options.connection, report, interruption)
    guard let client = try login.run() else {
      report.leftOut(later)
      return
    }
    let intake = MQTTCheckIntake(options)
    do throws(MQTTError) {
      let refused = try subscribe(client, intake)
      try wait(for: intake, from: client)
      client.disconnect()
      tellMessages(intake)
      tellLastWills(intake, refused)
    } catch {
      if error.cause == .interrupted { throw CheckInterrupted() }
      report.failed("message", error.reason, "the broker's log may say more")
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
    let deadline = monotonicNanoseconds() + ServerCheck.limit
    while !missing.isEmpty, monotonicNanoseconds() < deadline {
      for event in try poll(client, intake) {
        switch event {
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
      report.failed(
        "subscribe",
        "\(filter): no answer within 10 s",
        "the broker's log may say more"
      )
    }
    for filter in wanted where !filters.contains(filter) {
      report.good("subscribe", "\(filter), within another filter")
    }
    return refused
  }

  private var wanted: [String] {
    options.rawFilters.map(\.text) + (options.presence.map { [$0.filter.text] } ?? [])
  }

  /// Waits for a live sample as long as patience lasts.
  private func wait(for intake: MQTTCheckIntake, from client: MQTTClient) throws(MQTTError) {
    let deadline = monotonicNanoseconds() + patience
    while intake.live == nil, monotonicNanoseconds() < deadline {
      _ = try poll(client, intake)
    }
  }

  private func poll(
    _ client: MQTTClient,
    _ intake: MQTTCheckIntake
  ) throws(MQTTError) -> [MQTTEvent] {
    do throws(CheckInterrupted) { try interruption.check() } catch {
      throw MQTTError(.interrupted, "interrupted")
    }
    return try client.poll(
      wakingOn: interruption.descriptor,
      timeoutNanoseconds: 100_000_000,
      onMessage: intake.take
    )
  }

  private func tellMessages(_ intake: MQTTCheckIntake) {
    if let live = intake.live {
      report.good("message", live)
      return
    }
    let waited = Figures.about(Double(patience) / 1e9)
    if let rejection = intake.rejection, intake.samples == 0 {
      report.failed("message", rejection, "egtop reads JSON objects, one for each sample")
    } else if intake.samples > 0 {
      report.failed(
        "message",
        "only \(Phrases.count(intake.samples, "retained sample")), nothing live within \(waited)",
        "are the generators running? (--settle waits longer)"
      )
    } else {
      let others = intake.words + intake.ignored
      let seen = others == 0 ? "nothing" : "\(others) messages, but no sample,"
      report.failed(
        "message",
        "\(seen) within \(waited)",
        "do generators publish to \(Phrases.list(settings.topics))? (--settle waits longer)"
      )
    }
  }

  private func tellLastWills(_ intake: MQTTCheckIntake, _ refused: Set<String>) {
    guard let filter = settings.presence?.filter else {
      report.leftOut("last wills", "no presence topic is set (--presence): they cannot be seen")
      return
    }
    if refused.contains(filter) || refused.count == options.subscriptions.count {
      report.leftOut("last wills", "\(filter) was refused: they cannot be seen")
    } else if intake.words == 0 {
      let words = settings.presence?.deadTexts.joined(separator: ", ") ?? ""
      report.leftOut(
        "last wills",
        "no word on \(filter) yet: they are seen only of generators whose will says \(words) there"
      )
    } else {
      report.good(
        "last wills",
        "\(filter): \(intake.alive) alive, \(intake.dead) dead, \(intake.others) other"
      )
    }
  }
}

extension Duration {
  /// Clamped to some decades.
  fileprivate var wholeNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    return min(max(0, seconds), 1_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000
  }
}
