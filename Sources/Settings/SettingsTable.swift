public import Arguments

/// Everything that can be set, once: the options, the check of the file and what is printed all
/// come from these rows.
public enum SettingsTable {
  /// In the order of help and of the printed file.
  public static let rows =
    mqtt + mqttTLS + presence + kafka + fleet + screen + view + terminal + run + configuration

  /// The only key whose value is a mapping with names that are not ours: librdkafka's properties.
  static let propertiesKey = "kafka.properties"

  /// The options of one command.
  public static func options(for command: CommandSet) -> [Option] {
    rows.filter { !$0.commands.isDisjoint(with: command) }.compactMap(\.option)
  }

  /// The options of the settings with these ids, in the order of the table.
  public static func options(of ids: [String]) -> [Option] {
    rows.filter { ids.contains($0.id) }.compactMap(\.option)
  }

  static let mqtt = [
    Setting(
      "mqtt.url",
      .text,
      flag: "mqtt",
      value: "url",
      for: .feeds,
      section: "MQTT",
      help: "The broker: mqtt://host:1883, or mqtts://host:8883 for TLS."
    ),
    Setting(
      "mqtt.topics",
      .text,
      takes: .commaSeparated,
      flag: "mqtt-topic",
      value: "filter",
      defaults: ["emergency_generator/#"],
      for: .feeds,
      section: "MQTT",
      help: "Topic filters of the raw samples."
    ),
    Setting(
      "mqtt.user",
      .text,
      flag: "mqtt-user",
      value: "name",
      for: .feeds,
      section: "MQTT",
      help: "The user name."
    ),
    Setting(
      "mqtt.password",
      .text,
      environment: "EGTOP_MQTT_PASSWORD",
      isSecret: true,
      for: .feeds,
      section: "MQTT",
      help: "The password; only in the environment or in a private file."
    ),
    Setting(
      "mqtt.passwordFile",
      .path,
      flag: "mqtt-password-file",
      value: "file",
      for: .feeds,
      section: "MQTT",
      help: "A file whose first line is the password; else set EGTOP_MQTT_PASSWORD."
    ),
    Setting(
      "mqtt.version",
      .oneOf(["3.1.1", "5"]),
      flag: "mqtt-version",
      value: "version",
      defaults: ["3.1.1"],
      for: .feeds,
      section: "MQTT",
      help: "The version of the protocol."
    ),
    Setting(
      "mqtt.qos",
      .integer(0...2),
      flag: "mqtt-qos",
      value: "level",
      defaults: ["0"],
      for: .feeds,
      section: "MQTT",
      help: "The quality of service asked for."
    ),
    Setting(
      "mqtt.keepAlive",
      .duration(.seconds(5) ... .seconds(65_535)),
      defaults: ["15s"],
      for: .feeds,
      section: "MQTT",
      help: "A broker that does not answer for so long is taken for dead; whole seconds."
    ),
  ]

  static let mqttTLS = [
    Setting(
      "mqtt.tls.ca",
      .path,
      flag: "mqtt-ca",
      value: "path",
      for: .feeds,
      section: "MQTT",
      help: "A file, or a folder that ends in /, of the authorities to trust."
    ),
    Setting(
      "mqtt.tls.certificate",
      .path,
      flag: "mqtt-cert",
      value: "file",
      for: .feeds,
      section: "MQTT",
      help: "The certificate to show to the broker."
    ),
    Setting(
      "mqtt.tls.key",
      .path,
      flag: "mqtt-key",
      value: "file",
      for: .feeds,
      section: "MQTT",
      help: "The key of that certificate."
    ),
    Setting(
      "mqtt.tls.keyPasswordFile",
      .path,
      for: .feeds,
      section: "MQTT",
      help: "A file whose first line is the password of the key."
    ),
    Setting(
      "mqtt.tls.insecure",
      .flag,
      flag: "mqtt-insecure",
      for: .feeds,
      section: "MQTT",
      help: "Do not check whether the broker is who it says it is."
    ),
  ]

  static let presence = [
    Setting(
      "mqtt.presence.filter",
      .text,
      flag: "presence",
      value: "filter",
      defaults: ["emergency_generator/+/status"],
      for: .feeds,
      section: "MQTT",
      help: "The topics on which presence and last wills are told; empty for none."
    ),
    Setting(
      "mqtt.presence.level",
      .integer(1...128),
      for: .feeds,
      section: "MQTT",
      help: "The level of the topic that is the generator, from 1; else where the + stands."
    ),
    Setting(
      "mqtt.presence.alive",
      .text,
      takes: .commaSeparated,
      defaults: ["online"],
      for: .feeds,
      section: "MQTT",
      help: "Payloads that say a generator is connected."
    ),
    Setting(
      "mqtt.presence.dead",
      .text,
      takes: .commaSeparated,
      defaults: ["offline"],
      for: .feeds,
      section: "MQTT",
      help: "Payloads of a last will."
    ),
    Setting(
      "mqtt.presence.clean",
      .text,
      takes: .commaSeparated,
      defaults: ["disconnected"],
      for: .feeds,
      section: "MQTT",
      help: "Payloads that say a generator left on purpose."
    ),
    Setting(
      "mqtt.presence.json",
      .text,
      for: .feeds,
      section: "MQTT",
      help: "The key of the text, where payloads are JSON objects."
    ),
  ]
}
