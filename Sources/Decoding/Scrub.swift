/// Makes text from outside safe to draw, log and print, and bounds it.
///
/// Payloads, topics, keys and the error texts of brokers are the sender's choice, and a terminal
/// obeys what it is sent. After scrubbing there is no control character, no bidirectional control,
/// nothing without width but at most one combining mark on a character, and no private use:
///
/// - what is not UTF-8, private use, tags, unassigned scalars and line separators become U+FFFD;
/// - C0 and C1 controls and DEL become `\x1b`, four visible characters;
/// - bidirectional controls, zero-width and other invisible scalars are left out;
/// - a text beyond its limit ends in `…`, within the limit.
///
/// A limit counts characters; a combining mark counts with the character that it is on.
public enum Scrub {
  /// The limits of the kinds of text, in characters.
  public enum Limit {
    public static let identifier = 64
    public static let text = 128
    public static let topic = 256
  }

  /// `bytes` as safe text.
  public static func text(_ bytes: Span<UInt8>, limit: Int = Limit.text) -> String {
    var output: [UInt8] = []
    append(bytes, limit: limit, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// `text` made safe.
  public static func text(_ text: String, limit: Int = Limit.text) -> String {
    Self.text(Array(text.utf8).span, limit: limit)
  }

  /// Adds `bytes` as safe UTF-8 to `output`, which grows by at most 8 bytes for each character.
  ///
  /// Printable ASCII within the limit is copied as it is. Of an input many times longer than the
  /// limit only the beginning is looked at.
  public static func append(_ bytes: Span<UInt8>, limit: Int, to output: inout [UInt8]) {
    guard limit > 0 else { return }
    if bytes.count <= limit, isPrintable(bytes) {
      for index in bytes.indices { output.append(bytes[index]) }
    } else {
      appendUnprintable(bytes, limit: limit, to: &output)
    }
  }

  private static func isPrintable(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] > 0x7E { return false }
    return true
  }

  private static func appendUnprintable(
    _ bytes: Span<UInt8>,
    limit: Int,
    to output: inout [UInt8]
  ) {
    var line = Line(limit: limit, start: output.count)
    let end = min(bytes.count, max(limit, 256) &* 16)
    var position = 0
    while position < end, !line.isFull {
      let (scalar, length) = decodeScalar(bytes, at: position)
      position += length
      line.add(scalar, to: &output)
    }
    if line.isFull || end < bytes.count { line.cut(&output) }
  }
}

/// A text being scrubbed.
private struct Line {
  let limit: Int
  private var characters = 0
  private var hasBase = false
  private var hasMark = false
  /// Where the text is cut should it prove too long: there is room for an ellipsis there.
  private var cutPosition: Int
  /// Whether a character did not fit.
  private(set) var isFull = false

  init(limit: Int, start: Int) {
    self.limit = limit
    cutPosition = start
  }

  mutating func add(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    switch Treatment(of: scalar) {
    case .drop: return
    case .keep: addCharacter(scalar, to: &output)
    case .replace: addCharacter("\u{FFFD}", to: &output)
    case .escape: addEscape(UInt8(truncatingIfNeeded: scalar.value), to: &output)
    case .mark:
      guard hasBase else { return addCharacter("\u{FFFD}", to: &output) }
      guard !hasMark else { return }
      hasMark = true
      output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      moveCutPosition(output)
    }
  }

  /// Takes off what does not leave room for an ellipsis, and adds it.
  func cut(_ output: inout [UInt8]) {
    output.removeLast(output.count - cutPosition)
    output.append(contentsOf: UTF8.encode("…") ?? UTF8.encodedReplacementCharacter)
  }

  private mutating func addCharacter(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
    guard claim(1) else { return }
    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    (hasBase, hasMark) = (true, false)
    moveCutPosition(output)
  }

  private mutating func addEscape(_ byte: UInt8, to output: inout [UInt8]) {
    guard claim(4) else { return }
    output.append(0x5C)
    output.append(0x78)
    output.append(hexadecimal(byte >> 4))
    output.append(hexadecimal(byte & 0xF))
    (hasBase, hasMark) = (true, false)
    moveCutPosition(output)
  }

  private mutating func claim(_ count: Int) -> Bool {
    guard characters + count <= limit else {
      isFull = true
      return false
    }
    characters += count
    return true
  }

  private mutating func moveCutPosition(_ output: borrowing [UInt8]) {
    if characters < limit { cutPosition = output.count }
  }

  private func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? 0x30 + digit : 0x57 + digit
  }
}

/// What becomes of a scalar.
private enum Treatment {
  case keep, drop, replace, escape, mark

  init(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20...0x7E: self = .keep
    case 0..<0xA0: self = .escape
    case 0xE0000...0xE007F: self = .replace
    default: self = Self.general(scalar)
    }
  }

  private static func general(_ scalar: Unicode.Scalar) -> Treatment {
    let properties = scalar.properties
    return switch properties.generalCategory {
    case .format: .drop
    case .privateUse, .unassigned, .surrogate, .control, .lineSeparator, .paragraphSeparator:
      .replace
    case .nonspacingMark, .enclosingMark: properties.isDefaultIgnorableCodePoint ? .drop : .mark
    default: properties.isDefaultIgnorableCodePoint ? .drop : .keep
    }
  }
}
