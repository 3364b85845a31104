/// Writes JSON into bytes that are used again.
public enum JSONWriter {
  /// A string with its quotes; what is not UTF-8 in `text` stays as it is.
  public static func append(_ text: Span<UInt8>, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case 0x0A: append(escape: "n", to: &output)
      case 0x0D: append(escape: "r", to: &output)
      case 0x09: append(escape: "t", to: &output)
      case ..<0x20, 0x7F:
        append(escape: "u", to: &output)
        append("00", to: &output)
        output.append(hexadecimal(byte >> 4))
        output.append(hexadecimal(byte & 15))
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// A string with its quotes.
  public static func append(string text: String, to output: inout [UInt8]) {
    append(Array(text.utf8).span, to: &output)
  }

  /// A number as it was written; a decimal keeps its point.
  public static func append(_ number: PointNumber, to output: inout [UInt8]) {
    switch number {
    case .integer(let value): append(value.description, to: &output)
    // JSON has no word for what is not finite, and nothing of that kind gets into a bucket.
    case .decimal(let value): append(value.isFinite ? value.description : "null", to: &output)
    }
  }

  /// Bytes as they are.
  public static func append(_ text: String, to output: inout [UInt8]) {
    output.append(contentsOf: text.utf8)
  }

  private static func append(escape: Unicode.Scalar, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    output.append(UInt8(ascii: escape))
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? 0x30 + digit : 0x57 + digit
  }
}
