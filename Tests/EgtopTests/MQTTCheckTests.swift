@testable import Check
@testable import MQTT
import LocalBrokers
import System
import Testing

private let hasOpenSSL = Environment.current().executable("openssl") != nil
private let hasPasswords = Environment.current().executable("mosquitto_passwd") != nil
private let hasClients = Environment.current().executable("mosquitto_pub") != nil

private let sample = #"{"generatorID": "generator1", "load": 2, "fuel": -12}"#

@Suite(.serialized, .timeLimit(.minutes(20))) struct MQTTCheckTests {
  @Test(.enabled(if: hasClients, "mosquitto-clients are not installed"))
  func tellsEveryStepOfAGoodConnection() throws {
    try withMosquitto { broker in
      let retained = [
        "-p", "\(broker.port)", "-r", "-t", "emergency_generator/g2/status", "-m", "offline",
      ]
      try #require(run("mosquitto_pub", retained))
      let talker = try Talker(port: broker.port, topic: "emergency_generator/g1", sample)
      let found = try withExtendedLifetime(talker) {
        try CheckRun(["--mqtt", "127.0.0.1:\(broker.port)"])
      }
      #expect(found.code == 0)
      #expect(found.lines.first == "MQTT mqtt://127.0.0.1:\(broker.port)")
      #expect(found.lines.last == "nothing failed")
      #expect(found["name"] == "ok name 127.0.0.1")
      #expect(found["TCP"] == "ok TCP 127.0.0.1 port \(broker.port) accepts connections")
      #expect(found["TLS"]?.hasPrefix("-- TLS not used") == true)
      #expect(found["login"] == "ok login accepted without a user name, MQTT 3.1.1")
      #expect(
        found.all("subscribe") == [
          "ok subscribe emergency_generator/#, QoS 0",
          "ok subscribe emergency_generator/+/status, within another filter",
        ]
      )
      let message = "ok message generator1 on emergency_generator/g1: fuel -12, load 2, after "
      #expect(found["message"]?.hasPrefix(message) == true)
      let wills = "ok last wills emergency_generator/+/status: 0 alive, 1 dead, 0 other"
      #expect(found["last wills"] == wills)
    }
  }

  @Test(.enabled(if: hasClients, "mosquitto-clients are not installed"))
  func followsWhatIsAnnounced() throws {
    try withMosquitto { broker in
      func keep(_ topic: String, _ text: String) throws {
        try #require(run("mosquitto_pub", ["-p", "\(broker.port)", "-r", "-t", topic, "-m", text]))
      }
      let device = #""device": {"identifiers": ["g4"]}"#
      try keep(
        "homeassistant/sensor/g4/fuel/config",
        #"{"name": "Fuel level", "stat_t": "g4/fuel", "avty_t": "g4/status", "unit_of_meas": "%", \#(device)}"#
      )
      try keep(
        "homeassistant/sensor/tv/power/config",
        #"{"name": "Power", "stat_t": "tv/power", "unit_of_meas": "W", "device": {"identifiers": ["tv"]}}"#
      )
      try keep("g4/status", "online")
      let talker = try Talker(port: broker.port, topic: "g4/fuel", "61")
      let found = try withExtendedLifetime(talker) {
        try CheckRun(["--mqtt", "127.0.0.1:\(broker.port)", "--profile", "homeassistant"])
      }
      #expect(found.code == 0)
      #expect(
        found.all("subscribe") == [
          "ok subscribe homeassistant/+/+/config, QoS 0",
          "ok subscribe homeassistant/+/+/+/config, QoS 0",
        ]
      )
      let others = "ok source homeassistant: 1 device announced besides, no generator"
      #expect(found.all("source").contains(others))
      #expect(found["message"]?.hasPrefix("ok message g4 on g4/fuel: fuel 61, ") == true)
      #expect(found["last wills"] == "ok last wills as announced: 1 alive, 0 dead, 0 other")
    }
  }

  /// A profile with hundreds of filters: they take few lines, and a message is told value by value.
  @Test func tellsWhatAProfileUnderstands() throws {
    try withMosquitto { broker in
      let topic = "depot/generator/Maintenance/Fuel Level Sensor"
      let talker = try Talker(port: broker.port, topic: topic, "61 %")
      let found = try withExtendedLifetime(talker) {
        try CheckRun(["--mqtt", "127.0.0.1:\(broker.port)", "--profile", "genmon"])
      }
      #expect(found.all("subscribe").count == 7)
      #expect(found.all("subscribe").last?.hasSuffix(" more, within other filters") == true)
      #expect(found["message"]?.hasPrefix("ok message depot on \(topic): fuel 61, ") == true)
      #expect(found["payload"] == "ok payload 61 %")
      #expect(found.all("value").first == "ok value fuel 61 %")
    }
  }

  /// Of one source a value is lost, another is not understood, and a third is silent.
  @Test func tellsWhatBecomesOfTheMessagesOfEachSource() throws {
    let configuration = """
      sources:
        - {name: plant, topics: [plant/+], id: "{2}", metrics: {fuel: {path: $.f, unit: "%"}, power: $.kw}}
        - {name: boats, topics: [boats/+], id: "{2}", metrics: {fuel: $.level}}
        - {name: huts, topics: [huts/+], id: "{2}", metrics: {fuel: $.level}}
      """
    let folder = try makeTemporaryDirectory(prefix: "egtop-check-sources")
    defer { removeFlatDirectory(folder) }
    let file = "\(folder)/config.yaml"
    try OutputFile(path: file).write(Array(configuration.utf8))
    try withMosquitto { broker in
      let plant = try Talker(port: broker.port, topic: "plant/g4", #"{"f": "61 %", "kw": "much"}"#)
      let boats = try Talker(port: broker.port, topic: "boats/b1", #"{"lvl": 3}"#)
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "-c", file, "--settle", "2s"]
      let found = try withExtendedLifetime((plant, boats)) { try CheckRun(words) }
      #expect(found["message"]?.hasPrefix("ok message g4 on plant/g4: fuel 61") == true)
      #expect(found["payload"] == #"ok payload {"f": "61 %", "kw": "much"}"#)
      let values = found.all("value")
      #expect(values.first == "ok value fuel 61 %")
      #expect(values.last?.hasPrefix("ok ") == false && values.last?.contains("power") == true)
      let sources = found.all("source")
      #expect(sources.count == 3)
      #expect(sources[0].hasPrefix("ok source plant: ") && sources[0].hasSuffix(" understood"))
      let reason = #" 0 understood, \d+ not: no field known, e.g. boats/b1 \{"lvl": 3\}$"#
      #expect(sources[1].hasPrefix("ok source boats: "))
      #expect(sources[1].firstMatch(of: try Regex(reason)) != nil, "\(sources[1])")
      #expect(sources[2].hasSuffix("source huts: 0 messages, 0 understood"))
    }
  }

  @Test func tellsSilenceAndWhatIsRetainedOnly() throws {
    try withMosquitto { broker in
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "300ms"]
      let silent = try CheckRun(words)
      #expect(silent.code == 3)
      #expect(silent["message"]?.hasPrefix("FAILED message nothing within less than 1 s;") == true)
      #expect(silent["last wills"]?.hasPrefix("-- last wills no word on") == true)
      let client = try Sender(port: broker.port)
      try client.publish(sample, to: "emergency_generator/g1", retain: true)
      let retained = try CheckRun(words)
      #expect(retained["message"]?.contains("only 1 retained sample, nothing live") == true)
      try client.publish("", to: "emergency_generator/g1", retain: true)
      try client.publish(#"{"fuel": "much"#, to: "emergency_generator/g1", retain: true)
      let broken = try CheckRun(words)
      let unreadable = "FAILED message a message on emergency_generator/g1 is unreadable: not valid"
      #expect(broken["message"]?.hasPrefix(unreadable) == true)
    }
  }

  @Test func saysThatLastWillsCannotBeSeenWithoutATopicForThem() throws {
    try withMosquitto { broker in
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "0s", "--presence", ""]
      let found = try CheckRun(words)
      #expect(found["last wills"]?.contains("no presence topic is set") == true)
    }
  }

  @Test func nodesOfSparkplugSayTheirEndThemselves() throws {
    try withMosquitto { broker in
      let words = [
        "--mqtt", "127.0.0.1:\(broker.port)", "--settle", "0s", "--profile", "sparkplug",
      ]
      let found = try CheckRun(words)
      #expect(found["last wills"]?.contains("whose node says its birth and death") == true)
    }
  }

  @Test func saysThatThePortIsClosed() throws {
    let port = try freeLoopbackPort()
    let found = try CheckRun(["--mqtt", "127.0.0.1:\(port)"])
    #expect(found.code == 3)
    let text =
      "FAILED TCP 127.0.0.1 port \(port): Connection refused; is the broker running, and is this its port?"
    #expect(found["TCP"] == text)
    for step in ["TLS", "login", "subscribe", "message", "last wills"] {
      #expect(found[step] == "-- \(step) not tried")
    }
    #expect(found.lines.last == "1 step failed")
  }

  @Test func saysThatThereIsNoSuchName() throws {
    let found = try CheckRun(["--mqtt", "no-such-host.invalid"])
    #expect(found.code == 3)
    #expect(found["name"]?.hasPrefix("FAILED name no-such-host.invalid: ") == true)
    #expect(found["TCP"] == "-- TCP not tried")
  }

  @Test(.enabled(if: hasPasswords, "mosquitto_passwd is not installed"))
  func saysThatThePasswordIsWrong() throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-check-login")
    defer { removeFlatDirectory(folder) }
    try #require(run("mosquitto_passwd", ["-c", "-b", "\(folder)/passwords", "op", "right"]))
    let lines = "allow_anonymous false\npassword_file \(folder)/passwords"
    try withMosquitto(lines) { broker in
      let words = ["--mqtt", "op@127.0.0.1:\(broker.port)", "--settle", "0s"]
      for (password, expected) in [
        ("right", "ok login accepted as op, MQTT 3.1.1"),
        (
          "wrong",
          "FAILED login not authorized: wrong user name or password, or not allowed to connect; "
            + "check --mqtt-user and the password (EGTOP_MQTT_PASSWORD or --mqtt-password-file)"
        ),
      ] {
        let found = try CheckRun(words, environment: ["EGTOP_MQTT_PASSWORD": password])
        #expect(found["login"] == expected)
        #expect(!found.lines.contains { $0.contains(password + " ") && password == "right" })
      }
    }
  }

  @Test func endsAtOnceWhenItIsToldTo() throws {
    try withMosquitto { broker in
      let waker = try EventFD()
      waker.signal()
      let began = monotonicNanoseconds()
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "1h"]
      let found = try CheckRun(words, waker: waker.descriptor)
      #expect(found.code == 1)
      #expect(monotonicNanoseconds() - began < 30_000_000_000)
    }
  }
}

@Suite(.serialized, .timeLimit(.minutes(20)), .enabled(if: hasOpenSSL, "openssl is not installed"))
struct TLSCheckTests {
  private func lines(_ folder: String) -> String {
    """
    cafile \(folder)/ca.crt
    certfile \(folder)/server.crt
    keyfile \(folder)/server.key
    allow_anonymous true
    """
  }

  private func tls(_ port: Int, _ host: String = "127.0.0.1") -> [String] {
    ["--mqtt", "mqtts://\(host):\(port)", "--settle", "0s", "--mqtt-ca"]
  }

  @Test func tellsTheVersionAndTheAuthorityThatWasChecked() throws {
    try withCertificates { folder in
      try withMosquitto(lines(folder)) { broker in
        let good = try CheckRun(tls(broker.port) + ["\(folder)/ca.crt"])
        let text =
          "ok TLS TLSv1.3, certificate valid for 127.0.0.1, checked against \(folder)/ca.crt"
        #expect(good["TLS"] == text)
        #expect(good["login"]?.hasPrefix("ok login") == true)
        let wrong = try CheckRun(tls(broker.port) + ["\(folder)/other.crt"])
        #expect(wrong.code == 3)
        let reason = "is not signed by an authority that is trusted here; it was checked against"
        #expect(wrong["TLS"]?.contains("\(reason) \(folder)/other.crt: name the right") == true)
        #expect(wrong["login"] == "-- login not tried")
        let insecure = try CheckRun(tls(broker.port) + ["\(folder)/other.crt", "--mqtt-insecure"])
        #expect(
          insecure["TLS"]?.hasPrefix("ok TLS TLSv1.3; the certificate was not") == true
        )
        #expect(insecure.lines.first?.contains("identity is not checked") == true)
        let clear = try CheckRun(["--mqtt", "127.0.0.1:\(broker.port)"])
        #expect(clear["TLS"]?.hasPrefix("FAILED TLS the broker expects TLS on this port;") == true)
        let none = try CheckRun(tls(broker.port) + ["\(folder)/missing.crt"])
        #expect(none["TLS"]?.contains("missing.crt: No such file") == true)
      }
    }
  }

  @Test func saysThatTheCertificateIsForAnotherName() throws {
    try withCertificates(names: "DNS:elsewhere.example") { folder in
      try withMosquitto(lines(folder)) { broker in
        let found = try CheckRun(tls(broker.port, "localhost") + ["\(folder)/ca.crt"])
        let text =
          "FAILED TLS TLS failed: the certificate of the broker is for another host name; "
          + "call the broker by the name in its certificate"
        #expect(found["TLS"] == text)
      }
    }
  }

  @Test func saysThatTheCertificateHasExpired() throws {
    try withCertificates(serverOptions: ["-days", "-1"]) { folder in
      try withMosquitto(lines(folder)) { broker in
        let found = try CheckRun(tls(broker.port) + ["\(folder)/ca.crt"])
        let text = "FAILED TLS TLS failed: the certificate of the broker has expired; renew it"
        #expect(found["TLS"]?.hasPrefix(text) == true)
      }
    }
  }

  @Test func saysThatTheBrokerWantsACertificateOfOurs() throws {
    try withCertificates { folder in
      try withMosquitto(lines(folder) + "\nrequire_certificate true") { broker in
        let found = try CheckRun(tls(broker.port) + ["\(folder)/ca.crt"])
        let text = try #require(found["TLS"])
        #expect(text.hasPrefix("FAILED TLS "))
        #expect(text.contains("client certificate"))
        #expect(text.hasSuffix("may require a client certificate (--mqtt-cert and --mqtt-key)"))
      }
    }
  }

  @Test func saysThatTheBrokerSpeaksWithoutTLS() throws {
    try withCertificates { folder in
      try withMosquitto { broker in
        let found = try CheckRun(tls(broker.port) + ["\(folder)/ca.crt"])
        let text = "FAILED TLS the broker speaks without TLS on this port;"
        #expect(found["TLS"]?.hasPrefix(text) == true)
      }
    }
  }
}

/// A client that publishes with QoS 1 and waits until that is through.
final class Sender {
  private let client: MQTTClient

  init(port: Int, will: MQTTOptions.Will? = nil) throws {
    client = try MQTTClient(MQTTOptions(host: "127.0.0.1", port: port, will: will))
    try client.connect()
    try run { $0.isConnected }
  }

  func publish(_ text: String, to topic: String, retain: Bool = false) throws {
    try publish(Array(text.utf8), to: topic, retain: retain)
  }

  func publish(_ payload: [UInt8], to topic: String, retain: Bool = false) throws {
    try client.publish(payload, to: topic, qos: 1, retain: retain)
    try run { $0.acknowledgedCount == $0.publishedCount }
  }

  private func run(until isDone: (MQTTClient) -> Bool) throws {
    let deadline = monotonicNanoseconds() + 20_000_000_000
    while !isDone(client) {
      try #require(monotonicNanoseconds() < deadline)
      _ = try client.poll(timeoutNanoseconds: 20_000_000) { _, _, _ in }
    }
  }
}
