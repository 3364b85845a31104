import CNcurses

/// Texts of the open terminal's description.
enum TerminalStrings {
  /// The bytes of a capability without its padding (`$<5>`); nil where the terminal lacks it.
  static func bytes(_ capability: String) -> [UInt8]? {
    guard let pointer = CNcurses_string(capability) else { return nil }
    let bytes = withoutPadding(Array(String(cString: pointer).utf8))
    return bytes.isEmpty ? nil : bytes
  }

  /// The bytes that move the cursor; nil where the terminal cannot.
  static func place(row: Int, column: Int) -> [UInt8]? {
    guard let pointer = CNcurses_place(Int32(row), Int32(column)) else { return nil }
    return withoutPadding(Array(String(cString: pointer).utf8))
  }

  /// `bytes` without a capability, or with another in its place, wherever it stands.
  static func without(
    _ capability: String,
    but other: String? = nil,
    in bytes: [UInt8],
  ) -> [UInt8] {
    guard let unwanted = Self.bytes(capability) else { return bytes }
    let replacement = other.flatMap { Self.bytes($0) } ?? []
    let starts = bytes.indices.filter { bytes[$0...].starts(with: unwanted) }
    var kept = bytes
    for start in starts.reversed() {
      kept.replaceSubrange(start..<(start + unwanted.count), with: replacement)
    }
    return kept
  }

  static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "<"),
        let end = rest.firstIndex(of: UInt8(ascii: ">"))
      {
        rest = rest[(end + 1)...]
      } else {
        kept.append(byte)
      }
    }
    return kept
  }
}
