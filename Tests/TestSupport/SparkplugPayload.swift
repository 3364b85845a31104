/// Payloads of Sparkplug B, written without the library that reads them, from a text such as
/// `seq 3; Fuel Level #1 Int32 = 61; #2 = null; at 1767619211000`.
///
/// Each part is a metric: its name, its alias, its type, and behind `=` its value; `historical`, `[engUnit L]`, `[Quality 0]`,
/// and a time in milliseconds behind `@` may follow. Numbers and types: Sparkplug 3.0, chapter 6.
public enum SparkplugPayload {
  private static let types = [
    "Int8": 1, "Int16": 2, "Int32": 3, "Int64": 4, "UInt8": 5, "UInt16": 6, "UInt32": 7,
    "UInt64": 8, "Float": 9, "Double": 10, "Boolean": 11, "String": 12, "DateTime": 13, "Text": 14,
    "DataSet": 16,
  ]

  public static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for part in text.split(separator: ";") {
      let words = part.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("at", 2): bytes += field(1, UInt64(words[1]) ?? 0)
      case ("seq", 2): bytes += field(3, UInt64(words[1]) ?? 0)
      default: bytes += block(2, metric(words))
      }
    }
    return bytes
  }

  private static func metric(_ words: [String]) -> [UInt8] {
    let sides = words.split(separator: "=", maxSplits: 1).map(Array.init)
    var name: [String] = []
    var bytes: [UInt8] = []
    var type: String?
    for word in sides.first ?? [] {
      if word.hasPrefix("#"), let alias = UInt64(word.dropFirst()) {
        bytes += field(2, alias)
      } else if let number = types[word] {
        type = word
        bytes += field(4, UInt64(number))
      } else {
        name.append(word)
      }
    }
    if !name.isEmpty { bytes = block(1, Array(name.joined(separator: " ").utf8)) + bytes }
    var value = sides.count > 1 ? sides[1] : []
    if let place = value.firstIndex(where: { $0.hasPrefix("@") }) {
      bytes += field(3, UInt64(value.remove(at: place).dropFirst()) ?? 0)
    }
    if let place = value.firstIndex(of: "historical") {
      value.remove(at: place)
      bytes += field(5, 1)
    }
    if let place = value.firstIndex(where: { $0.hasPrefix("[") }) {
      let key = Array(value[place].dropFirst().utf8)
      let what = value[place + 1].dropLast()
      let held = UInt64(what).map { field(3, $0) } ?? block(8, Array(what.utf8))
      bytes += block(9, block(1, key) + block(2, held))
      value.removeSubrange(place...)
    }
    return bytes + self.value(value.joined(separator: " "), type)
  }

  private static func value(_ text: String, _ type: String?) -> [UInt8] {
    if text == "null" { return field(7, 1) }
    if text.isEmpty { return [] }
    switch type {
    case "Float": return fixed(12, Float(text) ?? 0)
    case "Double": return fixed(13, Double(text) ?? 0)
    case "Boolean": return field(14, text == "true" ? 1 : 0)
    case "String", "Text": return block(15, Array(text.utf8))
    case "Int64", "UInt64", "DateTime":
      return field(11, UInt64(text) ?? UInt64(bitPattern: Int64(text) ?? 0))
    default:
      guard let number = Int64(text) else { return fixed(13, Double(text) ?? 0) }
      return field(10, UInt64(UInt32(truncatingIfNeeded: number)))
    }
  }

  /// A field whose value is a number.
  public static func field(_ number: UInt64, _ value: UInt64) -> [UInt8] {
    varint(number << 3) + varint(value)
  }

  /// A field whose value has a length: a text or a message.
  public static func block(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }

  private static func fixed(_ number: UInt64, _ value: Float) -> [UInt8] {
    varint(number << 3 | 5)
      + (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
  }

  private static func fixed(_ number: UInt64, _ value: Double) -> [UInt8] {
    varint(number << 3 | 1)
      + (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> ($0 * 8)) }
  }

  public static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes) = (value, [UInt8]())
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
