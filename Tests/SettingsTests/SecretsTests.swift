import Settings
import Testing

struct SecretsTests {
  @Test(arguments: [
    ("mqtt: {url: h, password: hunter2}\n", "1:26"),
    ("mqtt:\n  url: h\ncontexts:\n  a:\n    mqtt: {password: hunter2}\n", "5:22"),
    ("kafka: {properties: {sasl.password: hunter2}}\n", "1:37"),
    ("kafka: {properties: {ssl.key.pem: hunter2}}\n", "1:35"),
  ])
  func aSecretInAFileThatOthersCanReadIsRefused(config: String, place: String) {
    let start = Start(config: config, open: ["/etc/c.yaml"])
    #expect(
      start.failure()
        == "/etc/c.yaml:\(place): this file holds a secret, and others can read or change it (chmod 600)"
    )
    #expect(Start(config: config).failure() == "no error")
  }

  @Test
  func theSameHoldsForAPropertiesFile() {
    let start = Start(
      words: "--kafka-properties /p",
      texts: ["/p": "a=b\nsasl.password=hunter2"],
      open: ["/p"],
    )
    #expect(
      start.failure()
        == "/p:2: this file holds a secret, and others can read or change it (chmod 600)"
    )
  }

  @Test
  func aFileOfOneSecretThatOthersCanReadIsWarnedOf() throws {
    let start = Start(
      words: "--mqtt h --mqtt-password-file /s",
      texts: ["/s": "hunter2\n"],
      open: ["/s"],
    )
    #expect(try start.settings().mqtt?.password?.text == "hunter2")
    #expect(try start.settings().warnings == ["/s: others can read this password (chmod 600)"])
  }

  @Test
  func theHigherSourceOfAPasswordWins() throws {
    var start = Start(
      environment: ["EGTOP_MQTT_PASSWORD": "variable"],
      config: "mqtt: {url: h, passwordFile: s}",
      texts: ["/etc/s": "file", "/t": "option"],
    )
    #expect(try start.settings().mqtt?.password?.text == "variable")
    start.words = "--mqtt-password-file /t"
    #expect(try start.settings().mqtt?.password?.text == "option")
    start.words = ""
    start.environment["EGTOP_MQTT_PASSWORD_FILE"] = "/t"
    #expect(
      start.failure()
        == "EGTOP_MQTT_PASSWORD_FILE: a password is set as well, at EGTOP_MQTT_PASSWORD"
    )
  }

  @Test
  func anEmptyPasswordFileIsRefused() {
    let start = Start(words: "--mqtt h --mqtt-password-file /s", texts: ["/s": "\nx"])
    #expect(start.failure() == "--mqtt-password-file: the first line of /s is empty")
  }

  @Test
  func noSecretIsEverPrinted() throws {
    let start = Start(
      environment: ["EGTOP_KAFKA_PASSWORD": "hunter2"],
      config: """
        mqtt: {url: mqtts://h, password: hunter2, tls: {keyPasswordFile: k}}
        kafka: {brokers: h, properties: {ssl.key.password: hunter2, a: b}}
        """,
      texts: ["/etc/k": "hunter2"],
    )
    let settings = try start.settings()
    #expect(settings.mqtt?.password?.text == "hunter2")
    #expect(settings.kafka?.clientProperties["ssl.key.password"] == "hunter2")
    var dumped = ""
    dump(settings, to: &dumped)
    for text in [try start.effective().printed(), "\(settings)", dumped] {
      #expect(!text.contains("hunter2"))
    }
    #expect(
      try start.effective().printed().contains("  # password: (hidden)  # EGTOP_KAFKA_PASSWORD\n")
    )
  }
}
