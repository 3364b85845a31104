import Terminal

/// How terminals report the mouse.
enum MouseSequences {
  /// What asks for presses and the wheel (mode 1000), with numbers of any size (1006).
  static let on = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
  static let off = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)

  /// A place beyond this is none: no screen is so large.
  private static let largest = 1000

  /// The report of `ESC [ < button ; column ; row M`; nil for one that means nothing here, such as a
  /// release, another button or a movement, and for what is no report.
  static func report(parameters: ArraySlice<UInt8>, final: UInt8) -> MouseReport? {
    guard final == UInt8(ascii: "M"), parameters.first == UInt8(ascii: "<") else { return nil }
    let parts = parameters.dropFirst().split(
      separator: UInt8(ascii: ";"),
      omittingEmptySubsequences: false
    )
    let numbers = parts.compactMap(number)
    guard parts.count == 3, numbers.count == 3 else { return nil }
    return report(button: numbers[0], column: numbers[1], row: numbers[2])
  }

  /// The report of the oldest kind, `ESC [ M` and three bytes, which screen sends whatever it is asked.
  static func report(bytes: ArraySlice<UInt8>) -> MouseReport? {
    let numbers = bytes.map { Int($0) - 32 }
    guard numbers.count == 3 else { return nil }
    return report(button: numbers[0], column: numbers[1], row: numbers[2])
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func report(button: Int, column: Int, row: Int) -> MouseReport? {
    guard (1...largest).contains(column), (1...largest).contains(row) else { return nil }
    // Shift, Alt and Ctrl (4, 8, 16) make no difference; with 32 it is a movement.
    let action: MouseReport.Action? =
      switch button & ~(4 | 8 | 16) {
      case 0: .press
      case 64: .wheelUp
      case 65: .wheelDown
      default: nil
      }
    return action.map { MouseReport($0, x: column - 1, y: row - 1) }
  }
}
