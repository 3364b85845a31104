/// The text between `ESC [ 200 ~` and `ESC [ 201 ~`: what is pasted while mode 2004 is on.
struct PasteReader {
  static let start = Array("\u{1B}[200~".utf8)
  private static let end = Array("\u{1B}[201~".utf8)
  /// More bytes than this are left out.
  private static let limit = 4096

  private var bytes: [UInt8] = []

  /// What has come so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Takes what it can of `new`, and returns the whole text when its end was there.
  mutating func read(_ new: ArraySlice<UInt8>) -> (count: Int, text: String?) {
    var rest = new
    while let escape = rest.firstIndex(of: 0x1B) {
      keep(rest[..<escape])
      rest = rest[escape...]
      if rest.starts(with: Self.end) { return (new.count - rest.count + Self.end.count, text) }
      // The rest of the end may still be on its way.
      if Self.end.starts(with: rest) { return (new.count - rest.count, nil) }
      rest = rest.dropFirst()
    }
    keep(rest)
    return (new.count, nil)
  }

  private mutating func keep(_ part: ArraySlice<UInt8>) {
    bytes += part.prefix(max(0, Self.limit - bytes.count))
  }
}
