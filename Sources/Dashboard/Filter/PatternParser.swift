/// What a regular expression is made of, in bytes of UTF-8.
indirect enum PatternNode: Equatable, Sendable {
  case bytes(ClosedRange<UInt8>)
  case beginning
  case sequence([PatternNode])
  /// Never empty.
  case choice([PatternNode])
  /// One or more, or none.
  case many(PatternNode, isOptional: Bool)
}

/// Reads a regular expression.
struct PatternParser {
  private let text: [Unicode.Scalar]
  /// Of the pattern's first character in the filter.
  private let start: Int
  private var place = 0
  private var depth = 0

  init(_ text: String, at start: Int) {
    self.text = Array(text.unicodeScalars)
    self.start = start
  }

  /// - Throws: `LineError` at the first character that does not fit.
  mutating func whole() throws(LineError) -> PatternNode {
    guard !text.isEmpty else { throw error("the pattern is empty") }
    let node = try choice()
    guard place == text.count else { throw error("this bracket closes nothing in the pattern") }
    return node
  }

  private func error(_ reason: String, at place: Int? = nil) -> LineError {
    let first = start + min(place ?? self.place, max(0, text.count - 1))
    return LineError(reason, at: first..<(first + 1))
  }

  private var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

  private mutating func choice() throws(LineError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 40 else { throw error("too many brackets in the pattern") }
    var nodes = [try sequence()]
    while next == "|" {
      place += 1
      nodes.append(try sequence())
    }
    return nodes.count == 1 ? nodes[0] : .choice(nodes)
  }

  private mutating func sequence() throws(LineError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      var node = try one(scalar)
      while let sign = next, "*+?".unicodeScalars.contains(sign) {
        place += 1
        node = sign == "?" ? .choice([node, .sequence([])]) : .many(node, isOptional: sign == "*")
      }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func one(_ scalar: Unicode.Scalar) throws(LineError) -> PatternNode {
    let begin = place
    place += 1
    switch scalar {
    case ".": return Self.anything
    case "^": return .beginning
    case "$": return .bytes(NameIndex.end...NameIndex.end)
    case "[": return try set(from: begin)
    case "(":
      let node = try choice()
      guard next == ")" else { throw error("this bracket is not closed in the pattern", at: begin) }
      place += 1
      return node
    case "*", "+", "?": throw error("nothing to repeat here", at: begin)
    case "{": throw error("{ } is not supported here; \\{ is the character", at: begin)
    case "\\":
      guard let letter = next else { throw error("something is missing behind \\", at: begin) }
      place += 1
      return Self.escape(letter) ?? Self.literal(letter)
    default: return Self.literal(scalar)
    }
  }

  private static func literal(_ scalar: Unicode.Scalar) -> PatternNode {
    .sequence(NameIndex.folded(scalar).map { .bytes($0...$0) })
  }

  /// A scalar, whatever it is.
  private static var anything: PatternNode { .choice([.bytes(1...0x7F), several]) }

  /// A scalar of several bytes.
  private static var several: PatternNode {
    let more = PatternNode.bytes(0x80...0xBF)
    return .choice([
      .sequence([.bytes(0xC2...0xDF), more]), .sequence([.bytes(0xE0...0xEF), more, more]),
      .sequence([.bytes(0xF0...0xF4), more, more, more]),
    ])
  }

  private static func escape(_ letter: Unicode.Scalar) -> PatternNode? {
    members(letter).map { .choice($0.map { .bytes($0) }) }
  }

  private static func members(_ letter: Unicode.Scalar) -> [ClosedRange<UInt8>]? {
    switch letter {
    case "d": [48...57]
    case "w": [48...57, 95...95, 97...122]
    case "s": [9...10, 32...32]
    default: nil
    }
  }

  /// What stands in square brackets, the first of which has been read.
  private mutating func set(from begin: Int) throws(LineError) -> PatternNode {
    let isTurned = next == "^"
    if isTurned { place += 1 }
    var isIn = [Bool](repeating: false, count: 128)
    var first = true
    while let scalar = next, scalar != "]" || first {
      first = false
      for range in try ranges(scalar) {
        for byte in range { isIn[Int(NameIndex.folded(Unicode.Scalar(byte)).first ?? 1)] = true }
      }
    }
    guard next == "]" else { throw error("this set has no ]", at: begin) }
    place += 1
    let bytes = (1..<128).filter { isIn[$0] != isTurned }.map { UInt8($0) }
    let nodes = bytes.map { PatternNode.bytes($0...$0) } + (isTurned ? [Self.several] : [])
    guard !nodes.isEmpty else { throw error("this set is empty", at: begin) }
    return .choice(nodes)
  }

  /// One character of a set, or a range of them.
  private mutating func ranges(_ scalar: Unicode.Scalar) throws(LineError) -> [ClosedRange<UInt8>] {
    place += 1
    var low = scalar
    if scalar == "\\", let letter = next {
      place += 1
      if let members = Self.members(letter) { return members }
      low = letter
    }
    var high = low
    if next == "-", place + 1 < text.count, text[place + 1] != "]" {
      high = text[place + 1]
      place += 2
    }
    guard low.isASCII, high.isASCII, low.value > 0, low <= high else {
      throw error("a set holds only characters and ranges such as a-z", at: place - 1)
    }
    return [UInt8(low.value)...UInt8(high.value)]
  }
}
