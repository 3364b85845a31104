/// The name of a metric as a source asks for it.
struct MetricName {
  enum Match {
    case none
    /// Behind folders.
    case end
    case whole
  }

  private let folded: [UInt8]

  init(_ name: String) { folded = name.utf8.filter { !isGap($0) }.map(lowered) }

  /// Compares without case, blanks, `_` and `-`, from the end.
  func match(_ name: Span<UInt8>) -> Match {
    var (place, left) = (name.count - 1, folded.count - 1)
    while place >= 0 {
      if !isGap(name[place]) {
        if left < 0 { return name[place] == UInt8(ascii: "/") ? .end : .none }
        guard lowered(name[place]) == folded[left] else { return .none }
        left -= 1
      }
      place -= 1
    }
    return left < 0 && !folded.isEmpty ? .whole : .none
  }
}

private func isGap(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
}

private func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
