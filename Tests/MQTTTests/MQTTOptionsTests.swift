import Glibc
import TestSupport
import Testing

@testable import MQTT

struct MQTTOptionsTests {
  @Test func theClientIDSaysWhoseItIs() {
    let id = randomClientID(
      prefix: "egtop",
      host: "bastion.example",
      user: "o p",
      pid: 42,
      random: [1, 0xAB],
    )
    #expect(id == "egtop-o_p-bastion.example-42-01ab")
    #expect(randomClientID(prefix: "x") != randomClientID(prefix: "x"))
  }

  @Test func aSecretIsNeverShown() {
    let options = MQTTOptions(host: "h", userName: "u", password: Secret(Array("hunter2".utf8)))
    var dumped = ""
    dump(options, to: &dumped)
    let bytes = "hunter2".utf8.map(String.init).joined(separator: ", ")
    for text in [dumped, "\(options)", String(reflecting: options)] {
      #expect(!text.contains("hunter2"))
      #expect(!text.contains(bytes))
    }
  }

  @Test func refusesOptionsThatCannotBe() {
    let cases: [MQTTOptions] = [
      MQTTOptions(host: "h", tls: .init(caFile: "/no/such/file")),
      MQTTOptions(host: "h", tls: .init(certificateFile: "/etc/hostname")),
      MQTTOptions(host: "h", password: Secret([1])),
      MQTTOptions(host: "h", userName: "u", password: Secret([1, 0])),
      MQTTOptions(host: "h", will: .init(topic: "a/#", payload: [])),
      MQTTOptions(host: "h", will: .init(topic: "a", payload: [], qos: 3)),
    ]
    for options in cases {
      let error = #expect(throws: MQTTError.self) { _ = try MQTTClient(options) }
      #expect(error?.cause == .options)
    }
  }

  /// The library would wait at a pipe until somebody writes.
  @Test func refusesFilesThatAreNone() throws {
    try withFolder { folder in
      let pipe = "\(folder)/pipe"
      try #require(mkfifo(pipe, 0o600) == 0)
      for tls in [
        MQTTOptions.TLS(caFile: pipe), MQTTOptions.TLS(caDirectory: pipe),
        MQTTOptions.TLS(certificateFile: pipe, keyFile: pipe),
      ] {
        let error = #expect(throws: MQTTError.self) {
          _ = try MQTTClient(MQTTOptions(host: "h", tls: tls))
        }
        #expect(error?.reason == "cannot use \(pipe): it is a pipe, not a file")
      }
    }
  }

  @Test(arguments: [(0, nil), (2, nil), (0x80, "refused by the broker"), (0x87, "not authorized")])
  func knowsWhichSubscriptionsAreRefused(_ code: Int, _ reason: String?) {
    #expect(subscriptionRefusal(code: code) == reason)
  }

  @Test func hasWordsForEveryRefusal() {
    for code in Array(1...5) + Array(0x80...0xA2) {
      #expect(!connectRefusal(code: code).isEmpty)
    }
    #expect(connectRefusal(code: 0x8A) == "the broker refused the connection: banned")
    #expect(reasonText(code: 255) == "reason code 255")
  }
}
