import Themes

/// Colours of red, green and blue, which ncurses is given as numbers of its palette and the terminal as they are.
///
/// ncurses sends them only where the terminal's description is one of direct colours, which few machines have and
/// with which the terminal's own sixteen colours are out of reach. So ncurses thinks in the palette, where each
/// colour has a number that the theme does not use otherwise, and in the bytes of the frame the number is replaced.
struct ExactColors {
  /// The number that stands for a colour.
  private var numbers: [Int: Int] = [:]
  /// The parameters that a number is replaced with, such as `38;2;255;128;0` without its 38.
  private var texts: [Int: [UInt8]] = [:]

  /// For the colours of a theme; there are fewer of them than numbers.
  init(_ looks: [Look]) {
    let colors = looks.flatMap { [$0.foreground, $0.background] }.compactMap { $0 }
    let taken = Set(colors)
    var free = (16..<256).filter { !taken.contains($0) }[...]
    for color in colors where color >= Look.exact && numbers[color] == nil {
      guard let number = free.popLast() else { return }
      numbers[color] = number
      let parts = [color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF]
      texts[number] = Array(";2;\(parts[0]);\(parts[1]);\(parts[2])".utf8)
    }
  }

  /// What ncurses calls a colour of a look: -1 for the terminal's own.
  func number(_ color: Int?) -> Int16 {
    guard let color else { return -1 }
    return Int16(numbers[color] ?? (color < Look.exact ? color : -1))
  }

  /// The bytes of a frame with each number that stands for a colour replaced by it.
  ///
  /// Only sequences of the form `ESC [ 38 ; 5 ; number m` are touched, with 48 for backgrounds and colons where the
  /// terminal has them; text cannot hold one, since it holds no escape.
  func replacing(_ bytes: [UInt8]) -> [UInt8] {
    guard !texts.isEmpty else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 5 / 4)
    var place = 0
    while place < bytes.count {
      guard let (number, kind, length) = Self.color(in: bytes[place...]), let text = texts[number]
      else {
        result.append(bytes[place])
        place += 1
        continue
      }
      result += [0x1B, UInt8(ascii: "["), kind, UInt8(ascii: "8")]
      result += text
      result.append(UInt8(ascii: "m"))
      place += length
    }
    return result
  }

  /// The number, the kind (`3` or `4`) and the length of a sequence that sets a colour, if `bytes` begin with one.
  private static func color(in bytes: ArraySlice<UInt8>) -> (Int, UInt8, Int)? {
    let start = bytes.startIndex
    guard bytes.count >= 9, bytes[start] == 0x1B, bytes[start + 1] == UInt8(ascii: "["),
      bytes[start + 3] == UInt8(ascii: "8"), bytes[start + 5] == UInt8(ascii: "5"),
      [UInt8(ascii: ";"), UInt8(ascii: ":")].contains(bytes[start + 4]),
      bytes[start + 6] == bytes[start + 4]
    else { return nil }
    var number = 0
    for place in (start + 7)..<min(start + 11, bytes.endIndex) {
      let byte = bytes[place]
      if byte == UInt8(ascii: "m") { return (number, bytes[start + 2], place - start + 1) }
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return nil
  }
}
