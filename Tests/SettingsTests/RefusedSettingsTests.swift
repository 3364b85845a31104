import Settings
import Testing

struct RefusedSettingsTests {
  @Test(arguments: [
    ("mqtt:\n  usr: x\n", "/etc/c.yaml:2:3: unknown key \"mqtt.usr\"; did you mean user?"),
    ("mqqt: {}\n", "/etc/c.yaml:1:1: unknown key \"mqqt\"; did you mean mqtt?"),
    ("zebra: 1\n", "/etc/c.yaml:1:1: unknown key \"zebra\""),
    ("mqtt:\n  tls:\n    cafile: x\n", "/etc/c.yaml:3:5: unknown key \"mqtt.tls.cafile\""),
    ("mqtt: on\n", "/etc/c.yaml:1:7: a mapping is expected here, not \"on\""),
    (
      "screen:\n  theme: irn\n",
      "/etc/c.yaml:2:10: \"irn\" is not iron, paper, night, contrast, deutan, tritan, harbour, orchard, mono "
        + "or a file; did you mean iron?"
    ),
    ("mqtt:\n  qos: 3\n", "/etc/c.yaml:2:8: \"3\" is not a whole number from 0 to 2"),
    (
      "mqtt:\n  qos: '1'\n",
      "/etc/c.yaml:2:8: a whole number is expected here, not the text \"1\""
    ),
    (
      "mqtt:\n  keepAlive: soon\n",
      "/etc/c.yaml:2:14: \"soon\" is not a time such as 500ms, 15s or 2m, from 5s to 65535s"
    ),
    ("fleet: {tank: big}\n", "/etc/c.yaml:1:15: a number is expected here, not \"big\""),
    ("kafka: {raw: maybe}\n", "/etc/c.yaml:1:14: true or false is expected here, not \"maybe\""),
    ("screen: {theme: [iron]}\n", "/etc/c.yaml:1:17: a text is expected here, not a list"),
    (
      "run:\n  failOn: [alarm, lagg]\n",
      "/etc/c.yaml:2:19: \"lagg\" is not alarm, lost, lag, unknown or incomplete; did you mean lag?"
    ),
    ("mqtt: {qos: 1, qos: 2}\n", "/etc/c.yaml:1:16: the key \"qos\" is already in line 1"),
    (
      "contexts:\n  a:\n    kafka: {brokrs: x}\n",
      "/etc/c.yaml:3:13: unknown key \"kafka.brokrs\"; did you mean brokers?"
    ),
    (
      "context: a\ncontexts: {b: {}}\n",
      "/etc/c.yaml:1:10: there is no context \"a\" in /etc/c.yaml; did you mean b?"
    ),
    (
      "context: east\ncontexts: {north: {}, south: }\n",
      "/etc/c.yaml:1:10: there is no context \"east\" in /etc/c.yaml (there are: north, south)"
    ),
    (
      "mqtt: {url: 'http://host'}\n",
      "/etc/c.yaml:1:13: the URL has to begin with mqtt:// or mqtts://"
    ),
    (
      "mqtt: {url: host, topics: [ok/#, 'a/b#']}\n",
      "/etc/c.yaml:1:34: \"a/b#\" is not a topic filter: + stands for one whole level, # at the end for "
        + "the rest"
    ),
    ("mqtt: {url: host, topics: []}\n", "/etc/c.yaml:1:27: at least one topic filter is needed"),
    (
      "mqtt: {url: host, presence: {filter: 'a/#'}}\n",
      "/etc/c.yaml:1:38: which level is the generator? Put + there, or set mqtt.presence.level"
    ),
    (
      "mqtt: {url: host, presence: {filter: a/b, level: 3}}\n",
      "/etc/c.yaml:1:50: \"a/b\" has only 2 levels"
    ),
    (
      "mqtt: {url: 'mqtts://h', tls: {key: k}}\n",
      "/etc/c.yaml:1:37: a certificate and its key go together"
    ),
    ("kafka: {brokers: 'h:x'}\n", "/etc/c.yaml:1:18: the port has to be a number from 1 to 65535"),
    (
      "kafka: {brokers: h, topicPattern: '('}\n",
      "/etc/c.yaml:1:35: \"(\" is not a regular expression"
    ),
    (
      "kafka: {brokers: h, topics: [a], topicPrefix: b}\n",
      "/etc/c.yaml:1:47: enriched topics are chosen in another way as well, at /etc/c.yaml:1:29"
    ),
    ("a: \"\\e[31m\n", "/etc/c.yaml:2:1: found unexpected end of stream"),
    ("\"\\e[31m\": 1\n", "/etc/c.yaml:1:1: unknown key \"\u{FFFD}[31m\""),
  ])
  func namesThePlaceInTheFile(config: String, message: String) {
    #expect(Start(config: config).failure() == message)
  }

  @Test(arguments: [
    ("--mqtt mqtt://host:0", "--mqtt: the port has to be a number from 1 to 65535"),
    ("--mqtt mqtt://", "--mqtt: there is no host name"),
    ("--mqtt mqtt://host/topic", "--mqtt: the URL may only have a host and a port"),
    ("--mqtt ::1", "--mqtt: an IPv6 address must be in brackets: [::1]:1883"),
    (
      "--mqtt mqtt://me:hunter2@host",
      "--mqtt: a password must not be in a URL; secrets come from a file (passwordFile) or the "
        + "environment (EGTOP_MQTT_PASSWORD)"
    ),
    (
      "--kafka host -X sasl.password=hunter2",
      "-X: sasl.password is a secret and must not be on the command line; use "
        + "EGTOP_KAFKA_PASSWORD, --kafka-password-file or --kafka-properties"
    ),
    ("--kafka host -X debug", "-X: a property is written name=value"),
    ("--context day", "--context: there is no context \"day\" without a configuration file"),
    ("--json", "--json: --json goes with --once"),
    ("--fail-on alarm", "--fail-on: --fail-on goes with --once"),
    (
      "--kafka host --kafka-topic a --kafka-pattern b",
      "--kafka-topic: enriched topics are chosen in another way as well, at --kafka-pattern"
    ),
    ("--inventory fleet.txt", "--inventory: an inventory ends in .csv, .yaml or .yml"),
  ])
  func namesTheOption(words: String, message: String) {
    #expect(Start(words: words).failure() == message)
  }

  @Test
  func namesTheVariable() {
    #expect(
      Start(environment: ["EGTOP_MQTT": "ftp://h"]).failure()
        == "EGTOP_MQTT: the URL has to begin with mqtt:// or mqtts://"
    )
    #expect(
      Start(environment: ["EGTOP_FPS": "61"]).failure()
        == "EGTOP_FPS: '61' is not a whole number from 1 to 60"
    )
  }

  @Test
  func saysWhatToTypeWhenThereIsNothingToWatch() {
    #expect(
      Start(feeds: .required).failure() == """
        there is nothing to watch: name an MQTT broker, Kafka brokers, or both, such as
          egtop --mqtt mqtt://host:1883 --kafka host:9092
        """
    )
    let start = Start(config: "context: a\ncontexts: {a: {fleet: {unit: L}}}", feeds: .required)
    #expect(
      start.failure() == """
        there is nothing to watch: name an MQTT broker, Kafka brokers, or both \
        (/etc/c.yaml, context "a" names neither), such as
          egtop --mqtt mqtt://host:1883 --kafka host:9092
        """
    )
  }
}
