import Wording
import Decoding
import Kafka

/// Words for what Kafka's library and brokers say.
enum KafkaCheckWords {
  /// How the connection is secured, by librdkafka's properties.
  static func security(_ properties: [String: String]) -> String {
    let security = (properties["security.protocol"] ?? "plaintext").lowercased()
    let mechanism = properties["sasl.mechanism"] ?? properties["sasl.mechanisms"] ?? "GSSAPI"
    let user = properties["sasl.username"].map { " as \($0)" } ?? ""
    let login = security.hasPrefix("sasl") ? "login by \(mechanism)\(user)" : "no login"
    let isChecked = properties["enable.ssl.certificate.verification"] != "false"
    let encryption =
      security.hasSuffix("ssl")
      ? isChecked ? "TLS, certificate valid" : "TLS, certificate not checked" : "no TLS"
    return "\(encryption), \(login)"
  }

  static func brokers(_ cluster: KafkaClusterDescription) -> String {
    let id = cluster.id.map { "cluster \($0), " } ?? ""
    return id + Phrases.count(cluster.brokers.count, "broker")
  }

  /// Whether trying again would give the same answer.
  static func isFinal(_ error: KafkaError) -> Bool {
    error.isFatal || error.code == .tls || error.code == .authentication
      || error.code == .invalidArgument || isSecurity(error)
  }

  /// Whether it failed of TLS or of the login.
  static func isSecurity(_ error: KafkaError) -> Bool {
    error.code == .tls || error.code == .authentication
      || ["SSL", "SASL", "security.protocol"].contains { error.text.contains($0) }
  }

  /// The error in words without what is for the library's own people.
  static func reason(_ error: KafkaError) -> String {
    if error.code == .timedOut { return "the brokers do not answer within 10 s" }
    var text = error.plainText[...]
    if let end = text.firstRange(of: "/bootstrap: ") { text = text[end.upperBound...] }
    if text.contains("Disconnected while requesting ApiVersion") {
      return "the broker hung up at the first request"
    }
    if text.contains("connecting to a PLAINTEXT broker") { return "the broker does not speak TLS" }
    return String(text)
  }

  /// What to do about it.
  static func advice(_ error: KafkaError) -> String {
    let text = error.text
    if text.contains("PLAINTEXT broker") {
      return "use security.protocol=plaintext or sasl_plaintext, or its port for TLS"
    }
    if text.contains("SSL listener") {
      return "if Kafka listens there, it wants TLS or a login: set security.protocol"
    }
    if text.contains("certificate verify failed") {
      return "name the authority that signed the broker's certificate in ssl.ca.location"
    }
    if error.code == .authentication || text.contains("SASL") {
      return "check sasl.mechanism, sasl.username and the password (EGTOP_KAFKA_PASSWORD)"
    }
    if error.code == .tls { return "check the properties ssl.…" }
    if error.code == .invalidArgument { return "check this property" }
    return "is it Kafka that listens there?"
  }
}

extension CheckReport {
  func failed(_ step: String, _ error: KafkaError) {
    failed(step, KafkaCheckWords.reason(error), KafkaCheckWords.advice(error))
  }
}
