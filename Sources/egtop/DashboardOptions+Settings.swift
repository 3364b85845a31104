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
    regions = settings.screen.regions
    filter = settings.screen.filter
    if let column = settings.screen.sortColumn.flatMap(SortColumn.init(rawValue:)) {
      sort = SortOrder(column: column)
    }
    usesMouse = settings.terminal.usesMouse
    times = settings.screen.usesUTC ? .utc : .local
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
    notes = settings.warnings.map { Scrub.text($0) }
  }
}
