import Dashboard
import Decoding
import Model
import Settings
import System

extension DashboardOptions {
  /// How the state begins with these settings, at a moment on this machine.
  init(_ settings: Settings, atWall wall: Int64) {
    self.init()
    policy = settings.fleet.policy
    inventory = settings.fleet.inventory
    choices.override(by: settings)
    choices.usesMouse = settings.terminal.usesMouse
    choices.times = TimeDisplay(rawValue: settings.screen.times) ?? .local
    (utcOffset, zoneName) = localZone(atWall: wall)
    if let mqtt = settings.mqtt {
      let scheme = mqtt.tls == nil ? "mqtt" : "mqtts"
      mqttAddress = Scrub.text("\(scheme)://\(mqtt.address.host):\(mqtt.address.port)")
    }
    if let kafka = settings.kafka {
      kafkaAddress = Scrub.text(kafka.brokers.joined(separator: ","))
      enrichedTopics =
        switch kafka.topics {
        case .prefix(let prefix): Scrub.text("topics that begin with \(prefix)")
        case .names(let names): Scrub.text(names.joined(separator: ", "))
        case .pattern(let pattern): Scrub.text("topics like \(pattern)")
        }
    }
    var warnings: [String] = []
    // Keys that are wrong were refused before this.
    keys = (try? KeyTable(settings.keys, warnings: &warnings)) ?? .standard
    notes = settings.warnings.map { Scrub.text($0) }
    historyMemory = settings.screen.historyMemory * 1_000_000
  }

  /// The same, where nobody can look back.
  var withoutPast: DashboardOptions {
    var options = self
    options.historyMemory = 0
    return options
  }
}
