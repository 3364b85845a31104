import Terminal

/// Which bytes mean which key.
enum KeySequences {
  private static let names: [(capability: String, key: Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
      ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete),
      ("kcbt", .backTab), ("kent", .enter),
    ] + (1...12).map { ("kf\($0)", .function($0)) }

  /// What the description of the open terminal says.
  static func ofTerminal() -> [[UInt8]: Key] {
    let known = names.compactMap { name in
      TerminalStrings.bytes(name.capability).map { ($0, name.key) }
    }
    return Dictionary(known) { _, last in last }
  }

  /// The key of ESC O and this byte.
  static func applicationKey(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "M"): .enter
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(byte) - 0x4F)
    default: cursorKeys[byte]
    }
  }

  private static let cursorKeys: [UInt8: Key] = Dictionary(
    uniqueKeysWithValues: zip("ABCDHF".utf8, [.up, .down, .right, .left, .home, .end])
  )

  /// The key of ESC [, parameters and a final byte as xterm and its kin send them, with or without
  /// modifiers; nil for reports.
  static func key(parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
    guard parameters.allSatisfy({ (0x30...0x3B).contains($0) }) else { return nil }
    let text = String(decoding: parameters, as: UTF8.self)
    let number = Int(text.split(separator: ";").first ?? "") ?? 1
    switch final {
    case UInt8(ascii: "Z"): return .backTab
    case UInt8(ascii: "I"): return parameters.isEmpty ? .focusIn : nil
    case UInt8(ascii: "O"): return parameters.isEmpty ? .focusOut : nil
    case UInt8(ascii: "~"): return numberedKey(number)
    // A modified F3 looks like a report of the cursor, ESC [ 1 ; 2 R, and is left out.
    case UInt8(ascii: "P"), UInt8(ascii: "Q"), UInt8(ascii: "S"):
      return number == 1 && text.contains(";") ? .function(Int(final) - 0x4F) : nil
    default: return number == 1 ? cursorKeys[final] : nil
    }
  }

  private static func numberedKey(_ number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 4, 8: .end
    case 3: .delete
    case 5: .pageUp
    case 6: .pageDown
    case 11...15: .function(number - 10)
    case 17...21: .function(number - 11)
    case 23...24: .function(number - 12)
    default: nil
    }
  }
}
