import Decoding
import Model

/// A source that follows announcements, and what is known after messages.
struct Announced {
  let sourced: Sourced

  init(_ change: (inout HomeAssistantRule) -> Void = { _ in }, tank: Double? = nil) {
    var rule = HomeAssistantRule()
    change(&rule)
    var source = Source(name: "homeassistant", id: TextTemplate([]))
    source.homeAssistant = rule
    source.sendsChanges = true
    source.tank = tank
    sourced = Sourced(source)
  }

  @discardableResult
  func hear(_ topic: String, _ payload: String) -> SourceOutcome { sourced.decode(topic, payload) }

  /// Announces a sensor of a device.
  @discardableResult
  func sensor(
    _ object: String,
    _ name: String,
    unit: String? = nil,
    of device: String = "g4",
    more: String = ""
  ) -> SourceOutcome {
    let unit = unit.map { #""unit_of_measurement": "\#($0)", "# } ?? ""
    return hear(
      "homeassistant/sensor/\(device)/\(object)/config",
      """
      {"name": "\(name)", "state_topic": "\(device)/\(object)", \(unit)\(more)
       "device": {"identifiers": ["\(device)"], "name": "Genset \(device)"}}
      """
    )
  }

  var wanted: [String] { sourced.decoder.wantedTopics }
  var ids: [String] { sourced.ids }
  var reading: Reading? { sourced.reading }
  var words: [PresenceChange.Word] {
    sourced.findings.compactMap { if case .presence(let word) = $0.kind { word } else { nil } }
  }
  var losses: [String] { sourced.decoder.losses.map(\.description) }
  var otherDevices: Int { sourced.decoder.counts[0].otherDevices }
}
