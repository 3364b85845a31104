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

  /// What the same announces of itself, retained, as it stands in the capture; the monitor's id is `root` in small.
  static func announcements(_ root: String) -> [Message] {
    let site = root.split(separator: "/").last ?? ""
    let availability = """
      "availability_topic": "\(root)/status", "payload_available": "online", "payload_not_available": "offline", \
      "device": {"identifiers": ["\(site)"], "name": "Generator", "manufacturer": "Generac", "model": "Generator", "sw_version": "2.0.2"}
      """
    let values = [
      ("sensor", "model", "Model", #""icon": "mdi:information", "entity_category": "diagnostic""#),
      (
        "sensor", "rated_kw", "Rated Power",
        #""device_class": "power", "unit_of_measurement": "kW""#
      ),
      ("sensor", "fuel_type", "Fuel Type", #""icon": "mdi:fuel""#),
      (
        "sensor", "cpu_usage", "CPU Usage", #""unit_of_measurement": "%", "icon": "mdi:cpu-64-bit""#
      ),
      (
        "sensor", "status_switch_state", "Status Switch State",
        #""icon": "mdi:information-outline""#
      ),
      (
        "sensor", "status_output_voltage", "Status Output Voltage",
        #""device_class": "voltage", "unit_of_measurement": "V""#
      ),
      (
        "sensor", "status_frequency", "Status Frequency",
        #""device_class": "frequency", "unit_of_measurement": "Hz""#
      ),
      (
        "sensor", "status_battery_voltage", "Status Battery Voltage",
        #""device_class": "voltage", "unit_of_measurement": "V""#
      ),
      (
        "sensor", "status_utility_voltage", "Status Utility Voltage",
        #""device_class": "voltage", "unit_of_measurement": "V""#
      ),
      (
        "sensor", "maintenance_fuel_level_sensor", "Maintenance Fuel Level Sensor",
        #""unit_of_measurement": "%", "state_class": "measurement""#
      ),
      (
        "sensor", "maintenance_fuel_in_tank_sensor", "Maintenance Fuel In Tank (Sensor)",
        #""unit_of_measurement": "gal", "state_class": "measurement""#
      ),
      (
        "sensor", "maintenance_run_hours", "Maintenance Run Hours",
        #""device_class": "duration", "unit_of_measurement": "h""#
      ),
      (
        "binary_sensor", "alarm_active", "Alarm Active",
        #""payload_on": "ON", "payload_off": "OFF", "device_class": "problem""#
      ),
      (
        "binary_sensor", "system_in_outage", "System In Outage",
        #""payload_on": "ON", "payload_off": "OFF", "device_class": "power""#
      ),
    ]
    return values.map { component, object, name, more in
      Message(
        "homeassistant/\(component)/\(site)/\(object)/config",
        """
        {"name": "\(name)", "unique_id": "\(site)_\(object)", "state_topic": "\(root)/\(component)/\(object)/state", \
        \(availability), \(more)}
        """,
        retained: true
      )
    }
  }
}
