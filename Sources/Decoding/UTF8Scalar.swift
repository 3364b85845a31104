/// The scalar that begins at `position`, and how many bytes it takes.
///
/// What is not UTF-8 is U+FFFD, as long as the bytes could have become a scalar (Unicode 3.9,
/// "maximal subpart"); at least one byte is taken.
func decodeScalar(_ bytes: Span<UInt8>, at position: Int) -> (Unicode.Scalar, length: Int) {
  let first = bytes[position]
  guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
  guard let form = LeadByte(first) else { return ("\u{FFFD}", 1) }
  var value = form.bits
  var length = 1
  while length < form.length {
    guard position + length < bytes.count else { return ("\u{FFFD}", length) }
    let next = bytes[position + length]
    let allowed = length == 1 ? form.second : 0x80...0xBF
    guard allowed.contains(next) else { return ("\u{FFFD}", length) }
    value = value << 6 | UInt32(next & 0x3F)
    length += 1
  }
  return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
}

/// What the first byte of a longer sequence says (Unicode, table 3-7).
private struct LeadByte {
  var bits: UInt32
  var length: Int
  /// Which second bytes are allowed: neither overlong forms, nor surrogates, nor beyond U+10FFFF.
  var second: ClosedRange<UInt8> = 0x80...0xBF

  init?(_ byte: UInt8) {
    switch byte {
    case 0xC2...0xDF:
      bits = UInt32(byte & 0x1F)
      length = 2
    case 0xE0...0xEF:
      bits = UInt32(byte & 0xF)
      length = 3
      if byte == 0xE0 { second = 0xA0...0xBF }
      if byte == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      bits = UInt32(byte & 0x7)
      length = 4
      if byte == 0xF0 { second = 0x90...0xBF }
      if byte == 0xF4 { second = 0x80...0x8F }
    default: return nil
    }
  }
}
