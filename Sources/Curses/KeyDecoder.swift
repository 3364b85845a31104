import Terminal

/// Turns the bytes a terminal sends into keys, and swallows its answers and reports.
///
/// ncurses tells which bytes the keys of a terminal send; its own reader is not used, since it waits after an
/// escape, loses a character whose bytes arrive in two parts, cannot tell an end of file from silence, and hands on
/// a terminal's late answers (`ESC ]…`, `ESC P…`, `ESC […`) as if they were typed.
struct KeyDecoder {
  /// Bytes whose meaning depends on what comes next.
  private(set) var pending: [UInt8] = []
  private let sequences: [[UInt8]: Key]
  private let longest: Int
  /// What has come of a text that is being pasted; nil when none is.
  private var paste: PasteReader?

  /// An answer longer than this is cut, and swallowed all the same.
  private static let maximumPending = 4096

  /// - Parameter sequences: What the terminal's description says its keys send.
  init(sequences: [[UInt8]: Key] = [:]) {
    self.sequences = sequences.filter { $0.key.count > 1 }
    longest = self.sequences.keys.map(\.count).max() ?? 0
  }

  /// How long to wait for the rest of `pending` before `expire`; nil when nothing waits.
  ///
  /// A split arrow key arrives within 50 ms over SSH, where an escape alone is not to feel slow; the answer to a
  /// query may take longer.
  var patienceMilliseconds: Int? {
    if paste != nil { return 1000 }
    if pending.isEmpty { return nil }
    // Nobody types the beginning of a report: the rest of it is on its way, and is not to be taken for keys.
    if pending.count > 2, Self.opensString(pending[1]) || pending[1] == UInt8(ascii: "[") {
      return 1000
    }
    return 50
  }

  /// The keys in `bytes` and those that waited for them.
  mutating func decode(_ bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    var position = 0
    scan: while position < pending.count {
      if paste != nil {
        let (count, text) = paste?.read(pending[position...]) ?? (0, nil)
        position += count
        guard let text else { break scan }
        paste = nil
        keys.append(.paste(text))
        continue
      }
      switch step(pending[position...]) {
      case .key(let key, let count):
        keys.append(key)
        position += count
      case .skip(let count):
        if pending[position...].starts(with: PasteReader.start) { paste = PasteReader() }
        position += count
      case .incomplete: break scan
      }
    }
    pending.removeFirst(position)
    if pending.count > Self.maximumPending { pending = Array(pending.prefix(3)) }
    return keys
  }

  /// The keys in what waited in vain: an escape was the escape key, and a text has no end.
  mutating func expire() -> [Key] {
    let waited = pending
    pending = []
    if let cut = paste {
      paste = nil
      return [.paste(cut.text)]
    }
    guard waited.first == 0x1B, waited.count <= 2 else { return [] }
    return [.escape] + decode(waited.dropFirst())
  }

  private enum Step {
    case key(Key, Int)
    case skip(Int)
    case incomplete
  }

  private func step(_ bytes: ArraySlice<UInt8>) -> Step {
    guard let first = bytes.first else { return .incomplete }
    switch first {
    case 0x1B: return escape(bytes)
    case 0x09: return .key(.tab, 1)
    case 0x0A, 0x0D: return .key(.enter, 1)
    case 0x08, 0x7F: return .key(.backspace, 1)
    case 0x01..<0x1B: return .key(.control(Self.character(first + 0x60)), 1)
    case 0x1C..<0x20: return .key(.control(Self.character(first + 0x40)), 1)
    case 0x20..<0x7F: return .key(.character(Self.character(first)), 1)
    case 0xC2..<0xF5: return multibyte(bytes, lead: first)
    default: return .skip(1)
    }
  }

  private static func step(_ report: MouseReport?, _ length: Int) -> Step {
    report.map { .key(.mouse($0), length) } ?? .skip(length)
  }

  private static func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }

  private func multibyte(_ bytes: ArraySlice<UInt8>, lead: UInt8) -> Step {
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let part = bytes.prefix(length)
    guard part.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return .skip(1) }
    guard part.count == length else { return .incomplete }
    guard let text = String(validating: part, as: UTF8.self), let character = text.first,
      let scalar = text.unicodeScalars.first, scalar.value >= 0xA0
    else { return .skip(length) }
    return .key(.character(character), length)
  }

  private func escape(_ bytes: ArraySlice<UInt8>) -> Step {
    for length in stride(from: min(longest, bytes.count), to: 1, by: -1) {
      if let key = sequences[Array(bytes.prefix(length))] { return .key(key, length) }
    }
    guard bytes.count > 1 else { return .incomplete }
    let second = bytes[bytes.startIndex + 1]
    switch second {
    case UInt8(ascii: "["): return control(bytes)
    case UInt8(ascii: "O"):
      guard bytes.count > 2 else { return .incomplete }
      return KeySequences.applicationKey(bytes[bytes.startIndex + 2]).map { .key($0, 3) }
        ?? .skip(3)
    case _ where Self.opensString(second): return string(bytes)
    // Alt with a key, or two keys typed fast: both keys.
    default: return .key(.escape, 1)
    }
  }

  /// Whether ESC and this byte begin a text that ends with ST: OSC, DCS, APC, PM, SOS.
  private static func opensString(_ byte: UInt8) -> Bool { "]P_^X".utf8.contains(byte) }

  /// ESC [ parameters, intermediates, and a final byte.
  private func control(_ bytes: ArraySlice<UInt8>) -> Step {
    let start = bytes.startIndex
    // The Linux console's F1 to F5: ESC [ [ A.
    if bytes.count > 2, bytes[start + 2] == UInt8(ascii: "[") {
      return bytes.count > 3 ? .skip(4) : .incomplete
    }
    let body = bytes.dropFirst(2)
    guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
      return .incomplete
    }
    let length = end + 1 - start
    // A control character breaks the sequence off.
    guard (0x40...0x7E).contains(bytes[end]) else { return .skip(length - 1) }
    // A mouse report of the oldest kind has three bytes behind it.
    if length == 3, bytes[end] == UInt8(ascii: "M") {
      guard bytes.count >= 6 else { return .incomplete }
      return Self.step(MouseSequences.report(bytes: bytes[(start + 3)..<(start + 6)]), 6)
    }
    if body.first == UInt8(ascii: "<") {
      return Self.step(MouseSequences.report(parameters: body[..<end], final: bytes[end]), length)
    }
    let key = KeySequences.key(parameters: body[..<end], final: bytes[end])
    return key.map { .key($0, length) } ?? .skip(length)
  }

  /// ESC ] … up to BEL or ESC \.
  private func string(_ bytes: ArraySlice<UInt8>) -> Step {
    var index = bytes.startIndex + 2
    while index < bytes.endIndex {
      switch bytes[index] {
      case 0x07, 0x18, 0x1A: return .skip(index + 1 - bytes.startIndex)
      case 0x1B:
        guard index + 1 < bytes.endIndex else { return .incomplete }
        let isEnd = bytes[index + 1] == UInt8(ascii: "\\")
        return .skip(index + (isEnd ? 2 : 0) - bytes.startIndex)
      default: index += 1
      }
    }
    return .incomplete
  }
}
