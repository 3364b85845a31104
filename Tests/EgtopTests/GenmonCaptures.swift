/// Parts of what genmon 2.0.2 with a Deep Sea controller published: by its MQTT add-on as installed, and by its add-on for Home
/// Assistant.
enum GenmonCaptures {
  struct Message {
    var topic: String
    var payload: String
    var isRetained = false

    init(_ topic: String, _ payload: String, retained isRetained: Bool = false) {
      (self.topic, self.payload, self.isRetained) = (topic, payload, isRetained)
    }
  }

  /// One program's messages below a root of its own: those of the start, those of 40 s later, and its last will.
  struct Capture {
    var first: [Message]
    var later: [Message]
    var will: Message
  }

  /// Values as texts with their units, changes only, of the site `root`.
  static func text(_ root: String) -> Capture {
    let top = "generators/\(root)/generator"
    let values = [
      ("Status/Switch State", "Auto"), ("Status/Output Voltage", "240 V"),
      ("Status/Frequency", "600 Hz"), ("Status/Battery Voltage", "27.10 V"),
      ("Status/Utility Voltage", "0 V"), ("Maintenance/Model", "DeepSea Controller"),
      ("Maintenance/Rated kW", "Unknown"), ("Maintenance/Nominal Frequency", "60"),
      ("Maintenance/Fuel Type", "Diesel"), ("Maintenance/Fuel Level Sensor", "61 %"),
      ("Maintenance/Fuel In Tank (Sensor)", "305.00 gal"), ("Maintenance/Run Hours", "1234 h"),
      ("Outage/System In Outage", "No"), ("Outage/Utility Voltage", "0 V"),
      ("Outage/Outage Log", ""),
    ]
    let later = [
      ("Status/Battery Voltage", "23.80 V"), ("Maintenance/Fuel Level Sensor", "39 %"),
      ("Maintenance/Fuel In Tank (Sensor)", "195.00 gal"),
    ]
    return Capture(
      first: [Message("\(top)/client_status", "Online", retained: true)]
        + values.map { Message("\(top)/\($0.0)", $0.1) },
      later: later.map { Message("\(top)/\($0.0)", $0.1) },
      will: Message("\(top)/client_status", "Offline", retained: true)
    )
  }

  /// Bare numbers, retained, changes only, below `root`.
  static func homeAssistant(_ root: String) -> Capture {
    func state(_ name: String, _ value: String) -> Message {
      Message("\(root)/sensor/\(name)/state", value, retained: true)
    }
    return Capture(
      first: [
        Message("\(root)/status", "online", retained: true),
        state("model", "DeepSea Controller"), state("status_output_voltage", "240"),
        state("status_frequency", "600"), state("status_battery_voltage", "27.1"),
        state("maintenance_fuel_level_sensor", "61"),
        state("maintenance_fuel_in_tank_sensor", "305.0"), state("maintenance_run_hours", "1234"),
        Message("\(root)/binary_sensor/alarm_active/state", "OFF", retained: true),
      ],
      later: [
        state("status_battery_voltage", "23.8"), state("maintenance_fuel_level_sensor", "39"),
        state("maintenance_fuel_in_tank_sensor", "195.0"),
      ],
      will: Message("\(root)/status", "offline", retained: true)
    )
  }
}
