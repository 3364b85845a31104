internal import Model

/// The MQTT broker and what is asked of it.
public struct MQTTSection: SettingsSection {
  public static let title = "MQTT"
  public static let commands = CommandSet.feeds

  public let url = Setting(
    "mqtt.url",
    .optional(.text),
    .flag("mqtt", value: "url"),
    for: .mqtt,
    help: "The broker: mqtt://host:1883, or mqtts://host:8883 for TLS."
  )
  public let topics = Setting(
    "mqtt.topics",
    .list(.text, default: [Convention.rawFilter]),
    .flag("mqtt-topic", value: "filter"),
    help: "Topic filters of the raw samples."
  )
  public let user = Setting(
    "mqtt.user",
    .optional(.text),
    .flag("mqtt-user", value: "name"),
    for: .mqtt,
    help: "The user name."
  )
  public let password = Setting(
    "mqtt.password",
    .optional(.text),
    .secret("EGTOP_MQTT_PASSWORD"),
    for: .mqtt,
    help: "The password; only in the environment or in a private file."
  )
  public let passwordFile = Setting(
    "mqtt.passwordFile",
    .optional(.path),
    .flag("mqtt-password-file", value: "file"),
    for: .mqtt,
    help: "A file whose first line is the password; else set EGTOP_MQTT_PASSWORD."
  )
  public let version = Setting(
    "mqtt.version",
    .one(.choice, default: MQTTSettings.Version.v3_1_1),
    .flag("mqtt-version", value: "version"),
    for: .mqtt,
    help: "The version of the protocol."
  )
  public let qos = Setting(
    "mqtt.qos",
    .one(.integer(0...2), default: 0),
    .flag("mqtt-qos", value: "level"),
    help: "The quality of service asked for."
  )
  public let keepAlive = Setting(
    "mqtt.keepAlive",
    .one(.duration(.seconds(5) ... .seconds(65_535)), default: .seconds(15)),
    help: "A broker that does not answer for so long is taken for dead; whole seconds."
  )
  public let tls = SettingRows.section(TLSSection())
  public let presence = SettingRows.section(PresenceSection())
}

/// How the connection to the broker is secured.
public struct TLSSection: SettingsSection {
  public static let title = MQTTSection.title
  public static let commands = CommandSet.mqtt

  public let ca = Setting(
    "mqtt.tls.ca",
    .optional(.path),
    .flag("mqtt-ca", value: "path"),
    help: "A file, or a folder that ends in /, of the authorities to trust."
  )
  public let certificate = Setting(
    "mqtt.tls.certificate",
    .optional(.path),
    .flag("mqtt-cert", value: "file"),
    help: "The certificate to show to the broker."
  )
  public let key = Setting(
    "mqtt.tls.key",
    .optional(.path),
    .flag("mqtt-key", value: "file"),
    help: "The key of that certificate."
  )
  public let keyPasswordFile = Setting(
    "mqtt.tls.keyPasswordFile",
    .optional(.path),
    help: "A file whose first line is the password of the key."
  )
  public let insecure = Setting(
    "mqtt.tls.insecure",
    .flag,
    .flag("mqtt-insecure"),
    help: "Do not check whether the broker is who it says it is."
  )
}

/// How presence and last wills are told.
public struct PresenceSection: SettingsSection {
  public static let title = MQTTSection.title
  public static let commands = CommandSet.feeds

  public let filter = Setting(
    "mqtt.presence.filter",
    .one(.text, default: Convention.presenceFilter),
    .flag("presence", value: "filter"),
    help: "The topics on which presence and last wills are told; empty for none."
  )
  public let level = Setting(
    "mqtt.presence.level",
    .optional(.integer(1...128)),
    help: "The level of the topic that is the generator, from 1; else where the + stands."
  )
  public let aliveTexts = Setting(
    "mqtt.presence.alive",
    .list(.text, default: [Convention.alive]),
    help: "Payloads that say a generator is connected."
  )
  public let deadTexts = Setting(
    "mqtt.presence.dead",
    .list(.text, default: [Convention.dead]),
    help: "Payloads of a last will."
  )
  public let cleanTexts = Setting(
    "mqtt.presence.clean",
    .list(.text, default: [Convention.disconnected]),
    help: "Payloads that say a generator left on purpose."
  )
  public let jsonKey = Setting(
    "mqtt.presence.json",
    .optional(.text),
    help: "The key of the text, where payloads are JSON objects."
  )
}
