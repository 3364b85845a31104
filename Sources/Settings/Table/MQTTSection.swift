internal import Model

/// The MQTT broker and what is asked of it.
public final class MQTTSection: SettingsSection {
  public static let title = "MQTT"
  public static let commands = CommandSet.feeds

  public let url = Row("mqtt.url", .optional(.text))
    .option("mqtt", value: "url", for: .mqtt)
    .help("The broker: mqtt://host:1883, or mqtts://host:8883 for TLS.")
  public let topics = Row("mqtt.topics", .texts(default: [Convention.rawFilter]))
    .option("mqtt-topic", value: "filter")
    .help("Topic filters of the raw samples.")
  public let user = Row("mqtt.user", .optional(.text))
    .option("mqtt-user", value: "name", for: .mqtt)
    .help("The user name.")
  public let password = Row("mqtt.password", .optional(.text))
    .secret("EGTOP_MQTT_PASSWORD", for: .mqtt)
    .help("The password; only in the environment or in a private file.")
  public let passwordFile = Row("mqtt.passwordFile", .optional(.path))
    .option("mqtt-password-file", value: "file", for: .mqtt)
    .help("A file whose first line is the password; else set EGTOP_MQTT_PASSWORD.")
  public let version = Row("mqtt.version", .one(.choice, default: MQTTSettings.Version.v3_1_1))
    .option("mqtt-version", value: "version", for: .mqtt)
    .help("The version of the protocol.")
  public let qos = Row("mqtt.qos", .integer(0...2, default: 0))
    .option("mqtt-qos", value: "level")
    .help("The quality of service asked for.")
  public let keepAlive = Row("mqtt.keepAlive", .time(5...65_535, default: 15))
    .help("A broker that is silent for this long is considered dead; whole seconds.")
  public let maximumPacketSize = Row(
    "mqtt.maximumPacketSize",
    .integer(1024...268_435_455, default: 1_048_576)
  )
  .help(
    "Bytes of a packet at most: MQTT 5 lets the broker keep back larger ones, else egtop leaves it."
  )
  public let tls = SettingRows.section(TLSSection())
  public let presence = SettingRows.section(PresenceSection())
}

/// How the connection to the broker is secured.
public final class TLSSection: SettingsSection {
  public static let title = MQTTSection.title
  public static let commands = CommandSet.mqtt

  public let ca = Row("mqtt.tls.ca", .optional(.path))
    .option("mqtt-ca", value: "path")
    .help("A file, or a folder that ends in /, of the authorities to trust.")
  public let certificate = Row("mqtt.tls.certificate", .optional(.path))
    .option("mqtt-cert", value: "file")
    .help("The client certificate.")
  public let key = Row("mqtt.tls.key", .optional(.path))
    .option("mqtt-key", value: "file")
    .help("The key of that certificate.")
  public let keyPasswordFile = Row("mqtt.tls.keyPasswordFile", .optional(.path))
    .help("A file whose first line is the password of the key.")
  public let insecure = Row("mqtt.tls.insecure", .flag)
    .option("mqtt-insecure")
    .help("Do not check the broker's certificate.")
}

/// How presence and last wills are told.
public final class PresenceSection: SettingsSection {
  public static let title = MQTTSection.title
  public static let commands = CommandSet.feeds

  public let filter = Row("mqtt.presence.filter", .text(default: Convention.presenceFilter))
    .option("presence", value: "filter")
    .help("The topics of presence and last wills; empty for none.")
  public let level = Row("mqtt.presence.level", .optional(.integer(1...128)))
    .help("The topic level that is the generator, from 1; by default where the + is.")
  public let aliveTexts = Row("mqtt.presence.alive", .texts(default: [Convention.alive]))
    .help("Payloads that say a generator is connected.")
  public let deadTexts = Row("mqtt.presence.dead", .texts(default: [Convention.dead]))
    .help("Payloads of a last will.")
  public let cleanTexts = Row("mqtt.presence.clean", .texts(default: [Convention.disconnected]))
    .help("Payloads that say a generator disconnected on purpose.")
  public let jsonKey = Row("mqtt.presence.json", .optional(.text))
    .help("The key of the text, where payloads are JSON objects.")
}
