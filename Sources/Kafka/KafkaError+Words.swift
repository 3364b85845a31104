extension KafkaError {
  /// The text without what is for the library's own people: times that differ from try to try, and OpenSSL's numbers, behind
  /// which the cause stands.
  ///
  /// Of `ssl://h:9093/1: SSL handshake failed: error:0A000086:SSL routines::certificate verify failed: broker certificate …
  /// (after 3ms in state SSL_HANDSHAKE)` remains `ssl://h:9093/1: TLS failed: certificate verify failed`.
  public var plainText: String {
    var words = text[...]
    if let end = words.firstRange(of: " (after ") { words = words[..<end.lowerBound] }
    let handshake = words.firstRange(of: "SSL handshake failed: ")
    let number = words.contains(":SSL routines:") ? words.firstRange(of: "error:") : nil
    guard let begin = handshake ?? number else { return String(words) }
    var cause = words[(handshake?.upperBound ?? begin.lowerBound)...]
    if let number, number.lowerBound >= cause.startIndex {
      // The number, the library, and the function, which newer versions leave empty.
      let parts = words[number.upperBound...]
        .split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
      if parts.count == 4 { cause = parts[3] }
    }
    // The library's advice is longer than a line, and not for us.
    if cause.hasPrefix(Self.badCertificate) { cause = Self.badCertificate[...] }
    return "\(words[..<begin.lowerBound])TLS failed: \(cause)"
  }

  private static let badCertificate = "certificate verify failed"
}
