import Glibc
import Kafka
import Synchronization
import TestSupport
import Testing

struct KafkaPropertyTests {
  @Test(arguments: [
    ("nonsense", "1", "nonsense"), ("socket.timeout.ms", "soon", "socket.timeout.ms"),
    ("security.protocol", "carrier-pigeon", "security.protocol"),
  ])
  func namesTheRefusedProperty(_ name: String, _ value: String, _ word: String) throws {
    let refusal = try #require(KafkaProperty.refusal(of: name, value: value))
    #expect(refusal.text.contains(word))
    #expect(throws: refusal) {
      try KafkaReader(["bootstrap.servers": "127.0.0.1:1", name: value], subscriptions: [])
    }
    #expect(throws: refusal) { try KafkaLagQuery([name: value]) }
    #expect(throws: refusal) { try KafkaProducer([name: value]) }
  }

  @Test(arguments: [
    ("sasl.mechanism", "SCRAM-SHA-512"), ("ssl.ca.location", "/etc/ssl"),
    ("security.protocol", "sasl_ssl"), ("sasl.password", "secret"),
    ("fetch.message.max.bytes", "100000"),
  ])
  func takesPropertiesOfTheLibrary(_ name: String, _ value: String) {
    #expect(KafkaProperty.refusal(of: name, value: value) == nil)
  }

  /// The library would wait at a pipe until somebody writes.
  @Test(arguments: [
    "ssl.ca.location", "ssl.certificate.location", "ssl.key.location", "ssl.keystore.location",
    "ssl.crl.location",
  ])
  func refusesFilesThatAreNone(name: String) throws {
    try withFolder { folder in
      let pipe = "\(folder)/pipe"
      try #require(mkfifo(pipe, 0o600) == 0)
      let refusal = KafkaProperty.refusal(of: name, value: pipe)
      let words = "Kafka property \(name): cannot use \(pipe): it is a pipe, not a file"
      #expect(refusal?.text == words)
      #expect(throws: KafkaError.self) {
        _ = try KafkaProducer(["security.protocol": "ssl", name: pipe])
      }
    }
  }

  @Test func saysWhenPropertiesDoNotGoTogether() {
    let error = #expect(throws: KafkaError.self) {
      try KafkaReader(
        ["bootstrap.servers": "127.0.0.1:1", "security.protocol": "ssl", "ssl.ca.location": "/no"],
        subscriptions: []
      )
    }
    #expect(error?.text.contains("ssl.ca.location") == true)
  }

  @Test func handsTheLogAndStatisticsToTheObserver() throws {
    let seen = Mutex<Set<String>>([])
    let cluster = try LocalKafkaCluster()
    let reader = try KafkaReader(
      [
        "bootstrap.servers": cluster.bootstrapServers, "debug": "broker",
      ],
      subscriptions: [],
      observer: KafkaObserver(log: { line in seen.withLock { _ = $0.insert(line.facility) } })
    )
    _ = try read(reader) { _ in seen.withLock { $0.contains("CONNECTED") } }
  }

  @Test func keepsCodesThatHaveNoName() {
    #expect(KafkaErrorCode(rawValue: 29).isAuthorization)
    #expect(KafkaErrorCode(rawValue: 31_999).rawValue == 31_999)
    #expect(!KafkaErrorCode(rawValue: 31_999).description.isEmpty)
  }
}
