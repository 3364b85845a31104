internal import Model

/// The bridge: from an MQTT broker into Kafka.
public final class BridgeSection: SettingsSection {
  public static let title = "Bridge"
  public static let commands = CommandSet.bridge

  public let topicRules = Row("egpipe.bridge.topicRules", .text(default: Convention.topicRules))
    .option("topic-regex-list", value: "rules")
    .help(
      """
      Kafka topics and the MQTT topics that go there: topic:regex,topic:regex; the first that \
      matches counts.
      """
    )
  /// What `mqtt.topics` says where this says nothing: both are the topics of the raw samples.
  public let filters = Row("egpipe.bridge.subscribe", .texts(default: [Convention.rawFilter]))
    .option("subscribe", value: "filter", for: [.bridge, .sink])
    .help(
      """
      Topic filters of the raw samples, by default those of mqtt.topics: the bridge subscribes to \
      them, and their last wildcard tells the sink which level of a record's key is the generator.
      """
    )
  public let qos = Row("egpipe.bridge.qos", .integer(0...1, default: 1))
    .option("subscribe-qos", value: "level")
    .help("With 1 the broker keeps each message until Kafka has it.")
  public let clientID = Row("egpipe.bridge.clientID", .optional(.text))
    .option("client-id", value: "id")
    .help(
      """
      The session in which the broker keeps messages for this bridge (default: \
      \(Convention.bridgeClient), and with other filters a number made of them behind it); \
      with --listen random digits follow it.
      """
    )
  public let status = Row("egpipe.bridge.status", .optional(.text))
    .option("bridge-status", value: "topic")
    .help(
      """
      Where the bridge's own presence is published; empty for nowhere (default: \
      \(Convention.bridgeStatus), and with other filters a number made of them in it).
      """
    )
  public let keepAlive = Row("egpipe.bridge.keepAlive", .time(5...65_535, default: 60))
    .option("bridge-keep-alive", value: "time")
    .byDefault("60s")
    .help(
      """
      The keep-alive of its connection, and how long Kafka may be away before it leaves the broker.
      """
    )
  public let listen = SettingRows.section(ListenSection())
}

/// A mosquitto that the bridge starts itself.
public final class ListenSection: SettingsSection {
  public static let title = BridgeSection.title
  public static let commands = BridgeSection.commands

  public let address = Row("egpipe.bridge.listen.address", .optional(.text))
    .option("listen", value: "address")
    .help("Start a mosquitto on this address, such as 0.0.0.0:1883, and bridge that.")
  public let certificate = Row("egpipe.bridge.listen.certificate", .optional(.path))
    .option("listen-cert", value: "file")
    .help("The certificate to listen with, for TLS.")
  public let key = Row("egpipe.bridge.listen.key", .optional(.path))
    .option("listen-key", value: "file")
    .help("The key of that certificate.")
  public let clientCA = Row("egpipe.bridge.listen.clientCA", .optional(.path))
    .option("listen-client-ca", value: "file")
    .help("The authority whose certificates clients must present.")
  public let passwords = Row("egpipe.bridge.listen.passwords", .optional(.path))
    .option("listen-passwords", value: "file")
    .help("Who may connect, as mosquitto_passwd writes it; by default anybody may.")
  public let data = Row("egpipe.bridge.listen.data", .optional(.path))
    .option("listen-data", value: "folder")
    .help("Where that mosquitto keeps its sessions (default: mosquitto below --store).")
}
