/// A record that holds several, as Telegraf writes them in batches: `{"metrics": [{…}, {…}]}`.
public enum RecordBatch {
  /// More than these are passed over.
  private static let most = 4_096

  /// Gives each record of a batch to `body`, or the value itself if it is one record.
  ///
  /// What they hold is not looked at: each is read, or refused, on its own.
  public static func forEach(_ value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
    var scan = BatchScan(place: Envelope.body(of: value).lowerBound)
    guard scan.skip("{", value), scan.skip("\"metrics\"", value), scan.skip(":", value),
      scan.skip("[", value)
    else { return body(value) }
    var count = 0
    while count < most, let part = scan.element(value) {
      body(value.extracting(part))
      count += 1
    }
  }
}

/// A place in a value that is read from left to right.
private struct BatchScan {
  var place: Int

  /// Goes behind a word, and the blanks before it, if it stands here.
  mutating func skip(_ word: String, _ value: Span<UInt8>) -> Bool {
    while place < value.count, isBlank(value[place]) { place += 1 }
    var next = place
    for byte in word.utf8 {
      guard next < value.count, value[next] == byte else { return false }
      next += 1
    }
    place = next
    return true
  }

  /// Goes behind the next element of the list; nil at its end.
  mutating func element(_ value: Span<UInt8>) -> Range<Int>? {
    while place < value.count, isBlank(value[place]) || value[place] == UInt8(ascii: ",") {
      place += 1
    }
    let start = place
    var (depth, isText) = (0, false)
    while place < value.count {
      let byte = value[place]
      if isText {
        if byte == UInt8(ascii: "\\") { place += 1 }
        isText = byte != UInt8(ascii: "\"")
      } else if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
        break
      } else {
        isText = byte == UInt8(ascii: "\"")
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
        if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
      }
      place += 1
    }
    let end = min(place, value.count)
    return start < end ? start..<end : nil
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
