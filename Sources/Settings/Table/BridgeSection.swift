internal import Model

/// The bridge: from an MQTT broker into Kafka.
public struct BridgeSection: SettingsSection {
  public static let title = "Bridge"
  public static let commands = CommandSet.bridge

  public let topicRules = Setting(
    "egpipe.bridge.topicRules",
    .one(.text, default: Convention.topicRules),
    .flag("topic-regex-list", value: "rules"),
    help: """
      Kafka topics and the MQTT topics that belong to them: topic:regex,topic:regex; the first that \
      matches counts.
      """
  )
  public let filters = Setting(
    "egpipe.bridge.subscribe",
    .list(.text, default: [Convention.rawFilter]),
    .flag("subscribe", value: "filter"),
    help: "Topic filters to subscribe to."
  )
  public let qos = Setting(
    "egpipe.bridge.qos",
    .one(.integer(0...1), default: 1),
    .flag("subscribe-qos", value: "level"),
    help: "With 1 the broker keeps each message until Kafka has it."
  )
  public let clientID = Setting(
    "egpipe.bridge.clientID",
    .one(.text, default: Convention.bridgeClient),
    .flag("client-id", value: "id"),
    help: "The session in which the broker keeps messages for this bridge."
  )
  public let status = Setting(
    "egpipe.bridge.status",
    .one(.text, default: Convention.bridgeStatus),
    .flag("bridge-status", value: "topic"),
    help: "Where the bridge's own presence is published; empty for nowhere."
  )
  public let keepAlive = Setting(
    "egpipe.bridge.keepAlive",
    .one(.duration(.seconds(5) ... .seconds(65_535)), default: .seconds(60)),
    .flag("bridge-keep-alive", value: "time"),
    defaultText: "60s",
    help: """
      The keep-alive of its connection, and how long Kafka may be away before it leaves the broker.
      """
  )
  public let listen = SettingRows.section(ListenSection())
}

/// A mosquitto that the bridge starts itself.
public struct ListenSection: SettingsSection {
  public static let title = BridgeSection.title
  public static let commands = BridgeSection.commands

  public let address = Setting(
    "egpipe.bridge.listen.address",
    .optional(.text),
    .flag("listen", value: "address"),
    help: "Start a mosquitto on this address, such as 0.0.0.0:1883, and bridge that."
  )
  public let certificate = Setting(
    "egpipe.bridge.listen.certificate",
    .optional(.path),
    .flag("listen-cert", value: "file"),
    help: "The certificate to listen with, for TLS."
  )
  public let key = Setting(
    "egpipe.bridge.listen.key",
    .optional(.path),
    .flag("listen-key", value: "file"),
    help: "The key of that certificate."
  )
  public let clientCA = Setting(
    "egpipe.bridge.listen.clientCA",
    .optional(.path),
    .flag("listen-client-ca", value: "file"),
    help: "The authority whose certificates clients have to show."
  )
  public let passwords = Setting(
    "egpipe.bridge.listen.passwords",
    .optional(.path),
    .flag("listen-passwords", value: "file"),
    help: "Who may connect, as mosquitto_passwd writes it; else everybody may."
  )
  public let data = Setting(
    "egpipe.bridge.listen.data",
    .optional(.path),
    .flag("listen-data", value: "folder"),
    help: "Where that mosquitto keeps its sessions (default: mosquitto below --store)."
  )
}
