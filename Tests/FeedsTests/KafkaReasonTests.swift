import Testing

@testable import Feeds
@testable import Kafka

/// What the screen says of Kafka's errors.
struct KafkaReasonTests {
  @Test(arguments: [
    (
      "ssl://kafka1.plant.example:9093/bootstrap: SSL handshake failed: error:0A000086:SSL "
        + "routines::certificate verify failed: broker certificate could not be verified, verify "
        + "that ssl.ca.location is correctly configured or root CA certificates are installed "
        + "(install ca-certificates package) (after 3ms in state SSL_HANDSHAKE)",
      "kafka1.plant.example:9093: TLS failed: certificate verify failed (does ssl.ca.location "
        + "name its authority?)"
    ),
    (
      "ssl://h:9093/1: SSL handshake failed: Disconnected: connecting to a PLAINTEXT broker "
        + "listener? (after 1ms in state SSL_HANDSHAKE)",
      "h:9093: TLS failed: Disconnected: connecting to a PLAINTEXT broker listener?"
    ),
    (
      "ssl://h:9093/bootstrap: error:0A000086:SSL routines::certificate verify failed (after 1ms "
        + "in state SSL_HANDSHAKE)",
      "h:9093: TLS failed: certificate verify failed (does ssl.ca.location name its authority?)"
    ), ("h: SSL handshake failed: error:1:2", "h: TLS failed: error:1:2"),
    (
      "h: error:0A000410:SSL routines::sslv3 alert handshake failure",
      "h: TLS failed: sslv3 alert handshake failure"
    ),
    (
      "h:9092/1: Connect to ipv4#192.0.2.1:9092 failed: Connection refused (after 0ms in state "
        + "CONNECT)", "192.0.2.1:9092: Connection refused"
    ),
  ])
  func keepTheirCauseAndLoseWhatIsForOthers(text: String, reason: String) {
    #expect(KafkaError(code: .tls, text: text).briefReason == reason)
  }
}
