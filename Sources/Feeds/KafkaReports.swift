internal import Decoding
internal import Kafka
internal import Model

extension ReaderProgress {
  /// How far the reader has come in some of its topics.
  init(_ kind: Topics, _ reader: KafkaReader, _ all: [KafkaTopic]) {
    let present = all.filter(\.isPresent)
    let isReading = present.allSatisfy { topic in
      topic.partitions.allSatisfy { $0.state == .reading }
    }
    let behind = present.reduce(Int64(0)) { $0 &+ $1.recordsBehind }
    self.init(
      topics: kind,
      names: present.map(\.name).sorted().prefix(16).map { Scrub.text($0) },
      partitions: present.reduce(0) { $0 + $1.partitions.count },
      recordsBehind: isReading && !present.isEmpty ? Int(behind) : nil,
      hasReadHistory: reader.hasDiscovered && all.allSatisfy(\.isHistoryRead)
    )
  }
}

extension KafkaTopic {
  /// Why it, or the first of its partitions that is not read, is not read; scrubbed.
  var firstError: String? {
    if let error { return "\(Scrub.text(name)): \(error.briefReason)" }
    for (number, partition) in partitions.enumerated() where isPresent {
      guard let error = partition.error else { continue }
      return "\(Scrub.text(name)) partition \(number): \(error.briefReason)"
    }
    return nil
  }
}

extension KafkaError {
  /// In characters: the cause and what to do about it stand at the end.
  private static let longestReason = 400

  /// The text without what is for the library's own people; scrubbed.
  ///
  /// Of `host:9092/1: Connect to ipv4#192.0.2.1:9092 failed: Connection refused (after 0ms in state CONNECT)`
  /// remains `192.0.2.1:9092: Connection refused`: the times differ from try to try.
  var briefReason: String {
    if code == .timedOut { return "no answer from the brokers" }
    let text = Scrub.text(plainText, limit: Self.longestReason)
    if let tls = text.firstRange(of: ": TLS failed: ") {
      let place = text[..<tls.lowerBound]
      // The broker's number behind the address says nothing to people.
      let address = place.firstRange(of: "://").map { place[$0.upperBound...].prefix { $0 != "/" } }
      let question =
        text.hasSuffix("certificate verify failed")
        ? " (does ssl.ca.location name its authority?)" : ""
      return "\(address ?? place)\(text[tls.lowerBound...])\(question)"
    }
    guard let connect = text.firstRange(of: "Connect to "),
      let failed = text[connect.upperBound...].firstRange(of: " failed: ")
    else { return text }
    let address = text[connect.upperBound..<failed.lowerBound]
    let host = address.drop { $0 != "#" }.dropFirst()
    return "\(host.isEmpty ? address : host): \(text[failed.upperBound...])"
  }
}
