import MQTT
import Settings
import Testing

struct MQTTSettingsTests {
  @Test(arguments: [
    ("host", MQTTAddress(host: "host", port: 1883)),
    ("host:1884", MQTTAddress(host: "host", port: 1884)),
    ("MQTT://Host", MQTTAddress(host: "Host", port: 1883)),
    ("mqtt://host/", MQTTAddress(host: "host", port: 1883)),
    ("mqtts://host", MQTTAddress(host: "host", port: 8883, usesTLS: true)),
    ("mqtts://host:1", MQTTAddress(host: "host", port: 1, usesTLS: true)),
    ("mqtt://[::1]", MQTTAddress(host: "::1", port: 1883)),
    ("mqtt://[fe80::1%eth0]:9", MQTTAddress(host: "fe80::1%eth0", port: 9)),
    ("mqtt://10.0.0.1:65535", MQTTAddress(host: "10.0.0.1", port: 65_535)),
    ("mqtt://o%40ps@host", MQTTAddress(host: "host", port: 1883, user: "o@ps")),
  ])
  func readsURLs(url: String, address: MQTTAddress) throws {
    #expect(try Start(words: "--mqtt \(url)").settings().mqtt?.address == address)
  }

  @Test(arguments: [
    "mqtt://u:hunter2@h", "mqtt//u:hunter2@h", "tcp://u:hunter2@h", "u:hunter2@h",
    "mqtt://hunter2:x",
    "mqtt://u@hunter2@@", "mqtt://h/hunter2", "mqtt://%zzhunter2@h",
  ])
  func neverRepeatsAURLThatItRefuses(url: String) {
    let message = Start(words: "--mqtt \(url)").failure()
    #expect(message.hasPrefix("--mqtt: ") && !message.contains("hunter2"))
  }

  @Test
  func theOptionForTheUserWinsOverTheURL() throws {
    #expect(try Start(words: "--mqtt a@h").settings().mqtt?.user == "a")
    #expect(try Start(words: "--mqtt a@h --mqtt-user b").settings().mqtt?.user == "b")
  }

  @Test
  func readsTLS() throws {
    let start = Start(
      words: "--mqtt mqtts://h",
      config: """
        mqtt: {tls: {ca: ca.pem, certificate: ~/c.pem, key: /k.pem, keyPasswordFile: kp}}
        """,
      texts: ["/etc/kp": "pass\n"],
    )
    var environment = start
    environment.environment["HOME"] = "/home/x"
    let tls = try #require(try environment.settings().mqtt?.tls)
    #expect(tls.caFile == "/etc/ca.pem" && tls.caDirectory == nil)
    #expect(tls.certificateFile == "/home/x/c.pem" && tls.keyFile == "/k.pem")
    #expect(tls.keyPassphrase == Secret(Array("pass".utf8)) && !tls.isInsecure)
    let other = try Start(words: "--mqtt mqtts://h --mqtt-ca /ca/ --mqtt-insecure").settings()
    #expect(other.mqtt?.tls?.caDirectory == "/ca/" && other.mqtt?.tls?.isInsecure == true)
    #expect(other.warnings == ["--mqtt-insecure: the broker's identity is not checked"])
  }

  @Test
  func refusesTLSWithABrokerThatIsCalledWithout() throws {
    let reason =
      "the broker is called without TLS: write mqtts:// before its name, or leave this out"
    for start in [
      Start(words: "--mqtt h --mqtt-ca x"), Start(words: "--mqtt mqtt://h --mqtt-ca x"),
      Start(words: "--mqtt-ca x", config: "mqtt: {url: h}"),
    ] {
      let error = #expect(throws: SettingsError.self) { _ = try start.settings() }
      #expect(error?.description == "--mqtt-ca: \(reason)")
    }
    let file = Start(config: "mqtt: {url: 'mqtt://h', tls: {ca: x}}")
    #expect(throws: SettingsError.self) { _ = try file.settings() }
    // A broker of the command line in place of the one that the file is for.
    let other = try Start(words: "--mqtt h", config: "mqtt: {tls: {ca: x}}").settings()
    #expect(other.mqtt?.tls == nil)
    #expect(other.warnings.count == 1)
    #expect(other.warnings[0].hasSuffix(": without TLS (mqtts://) this has no effect"))
  }

  @Test(
    arguments: [
      ("{filter: ''}", nil), ("{filter: 'lwt/+'}", 1), ("{filter: 'a/+/+', level: 3}", 2),
      ("{filter: 'a/#', level: 4}", 3), ("{filter: '+/#'}", 0),
    ] as [(String, Int?)]
  )
  func readsThePresenceRule(rule: String, level: Int?) throws {
    let start = Start(config: "mqtt: {url: h, presence: \(rule)}")
    #expect(try start.settings().mqtt?.presenceLevel == level)
  }

  @Test
  func roundsTheKeepAliveUp() throws {
    let start = Start(config: "mqtt: {url: h, keepAlive: 5500ms}")
    #expect(try start.settings().mqtt?.keepAliveSeconds == 6)
  }
}
