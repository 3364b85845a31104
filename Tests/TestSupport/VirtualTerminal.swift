import Terminal

/// A small terminal: what ncurses sends to `xterm-256color`, drawn on a grid.
///
/// Sequences it does not know are kept in ``unknown``, so that a test can see that nothing else is sent.
public struct VirtualTerminal: Sendable {
  public private(set) var width: Int
  public private(set) var height: Int
  /// Characters of the screen in use; a wide character is followed by an empty one.
  public private(set) var cells: [[Character]]
  /// The attributes of each cell as SGR parameters set them, such as `1;38;5;220`.
  public private(set) var styles: [[String]]
  public private(set) var unknown: [String] = []
  public private(set) var title = ""
  /// What it was asked to announce, in the words of egtop.
  public private(set) var notifications: [String] = []
  public private(set) var isAlternate = false
  public private(set) var isCursorVisible = true
  /// Synchronized updates that were begun and not ended.
  public private(set) var openUpdates = 0
  /// Bytes that were drawn or acted on outside of a synchronized update.
  public private(set) var bytesOutsideUpdates = 0
  public private(set) var cursor = (x: 0, y: 0)

  private var saved = (x: 0, y: 0)
  private var main: [[Character]] = []
  private var mainCursor = (x: 0, y: 0)
  private var region: ClosedRange<Int>
  private var style: Set<String> = []
  private var isWrapPending = false
  private var lastDrawn: Unicode.Scalar = " "
  private var pending: [UInt8] = []

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    region = 0...max(0, height - 1)
    cells = Self.blank(width, height)
    styles = Array(repeating: Array(repeating: "", count: width), count: height)
  }

  private static func blank(_ width: Int, _ height: Int) -> [[Character]] {
    Array(repeating: Array(repeating: " ", count: width), count: height)
  }

  /// The rows as text.
  public var text: [String] { cells.map { String($0.filter { $0 != "\0" }) } }

  /// Takes bytes as they arrive; a sequence or character may be cut in two.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var rest = pending[...]
    while let first = rest.first {
      let before = rest.count
      let isUpdating = openUpdates > 0
      guard consume(first, &rest) else { break }
      if !isUpdating, openUpdates == 0 { bytesOutsideUpdates += before - rest.count }
    }
    pending = Array(rest)
  }

  /// Another size; what is drawn stays where it is, as far as it fits.
  public mutating func resize(width: Int, height: Int) {
    var other = VirtualTerminal(width: width, height: height)
    for y in 0..<min(height, self.height) {
      for x in 0..<min(width, self.width) { other.cells[y][x] = cells[y][x] }
    }
    (self.width, self.height) = (width, height)
    (cells, styles, region) = (other.cells, other.styles, other.region)
    cursor = (min(cursor.x, width - 1), min(cursor.y, height - 1))
  }

  /// One character or sequence; false if its end has not come.
  private mutating func consume(_ first: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
    switch first {
    case 0x1B: return escape(&rest)
    case 0x18: rest.removeFirst()
    case 0x08:
      rest.removeFirst()
      cursor.x = max(0, cursor.x - 1)
      isWrapPending = false
    case 0x0A:
      rest.removeFirst()
      lineFeed()
    case 0x0D:
      rest.removeFirst()
      cursor.x = 0
      isWrapPending = false
    case ..<0x20, 0x7F:
      rest.removeFirst()
      unknown.append("control \(first)")
    default:
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      guard rest.count >= length else { return false }
      guard let text = String(validating: rest.prefix(length), as: UTF8.self),
        let scalar = text.unicodeScalars.first, !(0x80..<0xA0).contains(scalar.value)
      else {
        unknown.append("bytes \(Array(rest.prefix(length)))")
        rest.removeFirst()
        return true
      }
      rest = rest.dropFirst(length)
      draw(scalar)
    }
    return true
  }

  private mutating func draw(_ scalar: Unicode.Scalar) {
    let columns = TextWidth.of(scalar)
    guard columns > 0 else { return unknown.append("mark \(scalar.value)") }
    if isWrapPending || cursor.x + columns > width {
      cursor.x = 0
      lineFeed()
    }
    for offset in 0..<columns {
      cells[cursor.y][cursor.x + offset] = offset == 0 ? Character(scalar) : "\0"
      styles[cursor.y][cursor.x + offset] = style.sorted().joined(separator: ";")
    }
    lastDrawn = scalar
    cursor.x += columns
    isWrapPending = cursor.x >= width
    if isWrapPending { cursor.x = width - 1 }
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if cursor.y == region.upperBound {
      scroll(region, by: 1)
    } else {
      cursor.y = min(cursor.y + 1, height - 1)
    }
  }

  /// Moves the rows of `area` up, or down where `count` is negative.
  private mutating func scroll(_ area: ClosedRange<Int>, by count: Int) {
    let shift = min(abs(count), area.count)
    for _ in 0..<shift {
      let (gone, new) =
        count > 0 ? (area.lowerBound, area.upperBound) : (area.upperBound, area.lowerBound)
      cells.remove(at: gone)
      styles.remove(at: gone)
      cells.insert(Array(repeating: " ", count: width), at: new)
      styles.insert(Array(repeating: background, count: width), at: new)
    }
  }

  private mutating func escape(_ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.count > 1 else { return false }
    let start = rest.startIndex
    switch rest[start + 1] {
    case UInt8(ascii: "["):
      guard let end = rest.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return false
      }
      let parameters = String(decoding: rest[(start + 2)..<end], as: UTF8.self)
      control(parameters, Character(Unicode.Scalar(rest[end])))
      rest = rest[(end + 1)...]
    case UInt8(ascii: "]"):
      guard let end = rest.firstIndex(of: 0x07) else { return false }
      let text = String(decoding: rest[(start + 2)..<end], as: UTF8.self)
      if text.hasPrefix("2;") {
        title = String(text.dropFirst(2))
      } else if let words = Self.notification(text) {
        notifications.append(words)
      } else {
        unknown.append("OSC \(text)")
      }
      rest = rest[(end + 1)...]
    case UInt8(ascii: "("):
      guard rest.count > 2 else { return false }
      if rest[start + 2] != UInt8(ascii: "B") { unknown.append("charset") }
      rest = rest.dropFirst(3)
    case UInt8(ascii: "M"):
      if cursor.y == region.lowerBound {
        scroll(region, by: -1)
      } else {
        cursor.y = max(0, cursor.y - 1)
      }
      rest = rest.dropFirst(2)
    case UInt8(ascii: "E"): rest = [0x0D, 0x0A] + rest.dropFirst(2)
    case UInt8(ascii: "="), UInt8(ascii: ">"): rest = rest.dropFirst(2)
    case UInt8(ascii: "7"), UInt8(ascii: "8"):
      // ncurses keeps the cursor's place so while it changes the rows that scroll.
      if rest[start + 1] == UInt8(ascii: "7") {
        saved = cursor
      } else {
        move(saved.x, saved.y)
        isWrapPending = false
      }
      rest = rest.dropFirst(2)
    case let other:
      unknown.append("ESC \(Character(Unicode.Scalar(other)))")
      rest = rest.dropFirst(2)
    }
    return true
  }

  /// The words of an OSC 777 that is ended by ST before the bell; nil if it is none, or holds a control character.
  private static func notification(_ text: String) -> String? {
    let (prefix, end) = ("777;notify;egtop;", "\u{1B}\\")
    guard text.hasPrefix(prefix), text.hasSuffix(end) else { return nil }
    let words = text.dropFirst(prefix.count).dropLast(end.count)
    return words.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      ? String(words) : nil
  }

  private mutating func control(_ parameters: String, _ final: Character) {
    if parameters.hasPrefix("?") { return mode(parameters.dropFirst(), final == "h", final) }
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first.flatMap(\.self)
    let count = max(1, first ?? 1)
    if final != "m" && final != "b" { isWrapPending = false }
    switch final {
    case "H": move((numbers.count > 1 ? numbers[1] ?? 1 : 1) - 1, (first ?? 1) - 1)
    case "A": move(cursor.x, cursor.y - count)
    case "B": move(cursor.x, cursor.y + count)
    case "C": move(cursor.x + count, cursor.y)
    case "D": move(cursor.x - count, cursor.y)
    case "G": move(count - 1, cursor.y)
    case "d": move(cursor.x, count - 1)
    case "J": eraseDisplay(first ?? 0)
    case "K": erase(first == 1 ? 0..<(cursor.x + 1) : (first == 2 ? 0 : cursor.x)..<width, cursor.y)
    case "X": erase(cursor.x..<min(width, cursor.x + count), cursor.y)
    case "P": shift(from: cursor.x, by: count)
    case "@": shift(from: cursor.x, by: -count)
    case "L": scroll(cursor.y...max(cursor.y, region.upperBound), by: -count)
    case "M": scroll(cursor.y...max(cursor.y, region.upperBound), by: count)
    case "S": scroll(region, by: count)
    case "T": scroll(region, by: -count)
    case "b": for _ in 0..<count { draw(lastDrawn) }
    case "r":
      let bottom = numbers.count > 1 ? numbers[1] ?? height : height
      region = max(0, (first ?? 1) - 1)...max(0, min(bottom, height) - 1)
      move(0, 0)
    case "m": rendition(numbers.map { $0 ?? 0 })
    case "t" where ["22;0;0", "23;0;0", "22;2", "23;2"].contains(parameters): break
    case "l" where parameters == "4": break
    default: unknown.append("CSI \(parameters)\(final)")
    }
  }

  private mutating func mode(_ parameters: Substring, _ isOn: Bool, _ final: Character) {
    guard final == "h" || final == "l" else { return unknown.append("CSI ?\(parameters)\(final)") }
    for number in parameters.split(separator: ";") {
      switch number {
      case "2026": openUpdates = isOn ? openUpdates + 1 : 0
      case "25": isCursorVisible = isOn
      case "1", "7", "12", "1000", "1002", "1003", "1004", "1006", "2004": break
      case "1049":
        if isOn, !isAlternate { (main, mainCursor) = (cells, cursor) }
        if isOn != isAlternate { cells = isOn ? Self.blank(width, height) : main }
        if !isOn { cursor = mainCursor }
        isAlternate = isOn
      default: unknown.append("CSI ?\(number)\(final)")
      }
    }
  }

  private mutating func move(_ x: Int, _ y: Int) {
    cursor = (min(max(0, x), width - 1), min(max(0, y), height - 1))
  }

  private var background: String {
    style.filter { $0.hasPrefix("48") || $0.hasPrefix("4") && $0.count == 2 }.joined()
  }

  private mutating func erase(_ columns: Range<Int>, _ y: Int) {
    for x in columns {
      cells[y][x] = " "
      styles[y][x] = background
    }
  }

  private mutating func eraseDisplay(_ kind: Int) {
    if kind == 0 { erase(cursor.x..<width, cursor.y) }
    if kind == 1 { erase(0..<(cursor.x + 1), cursor.y) }
    let rows = kind == 0 ? (cursor.y + 1)..<height : kind == 1 ? 0..<cursor.y : 0..<height
    for y in rows where y < height { erase(0..<width, y) }
  }

  /// Deletes characters at `x`, or inserts blanks where `count` is negative.
  private mutating func shift(from x: Int, by count: Int) {
    for _ in 0..<min(abs(count), width - x) {
      cells[cursor.y].remove(at: count > 0 ? x : width - 1)
      styles[cursor.y].remove(at: count > 0 ? x : width - 1)
      cells[cursor.y].insert(" ", at: count > 0 ? width - 1 : x)
      styles[cursor.y].insert(background, at: count > 0 ? width - 1 : x)
    }
  }

  private mutating func rendition(_ numbers: [Int]) {
    var rest = numbers[...]
    while let number = rest.popFirst() {
      switch number {
      case 0: style = []
      case 1, 2, 4, 7: style.insert(String(number))
      case 22: style.subtract(["1", "2"])
      case 24: style.remove("4")
      case 27: style.remove("7")
      case 30...37, 39, 90...97, 38: setColor(number == 38 ? "38;5;" : "3", 39, number, &rest)
      case 40...47, 49, 100...107, 48: setColor(number == 48 ? "48;5;" : "4", 49, number, &rest)
      default: unknown.append("SGR \(number)")
      }
    }
  }

  private mutating func setColor(
    _ prefix: String,
    _ off: Int,
    _ number: Int,
    _ rest: inout ArraySlice<Int>
  ) {
    let isForeground = off == 39
    style = style.filter { name in
      !(isForeground
        ? name.hasPrefix("3") || name.hasPrefix("9")
        : name.hasPrefix("48") || name.hasPrefix("10")
          || (name.hasPrefix("4") && name.count == 2))
    }
    if number == off { return }
    if number == 38 || number == 48 {
      let kind = rest.popFirst()
      let index = rest.popFirst()
      if kind == 2, let red = index, let green = rest.popFirst(), let blue = rest.popFirst() {
        style.insert("\(number);2;\(red);\(green);\(blue)")
        return
      }
      if kind != 5 || index == nil { unknown.append("SGR \(number);\(kind ?? -1)") }
      style.insert("\(number);5;\(index ?? 0)")
    } else {
      style.insert(String(number))
    }
  }
}
