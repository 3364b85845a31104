/// A regular expression, ready made as a table: each byte of a text costs one look, whatever the
/// pattern is.
///
/// It knows `.` `[a-z]` `[^…]` `\d \w \s` `( | )` `* + ?` `^ $` and takes no notice of case. Swift's
/// own `Regex` may take as long as it likes for some patterns, and a filter must not stop the screen.
struct Pattern: Equatable, Sendable {
  /// As it was typed.
  let text: String
  /// For each state and byte the next state; state 0 is the beginning.
  private var table: [UInt16] = []

  /// The state that is a match.
  private static let found = UInt16.max
  private static let mostStates = 400

  /// - Throws: `LineError` for what is no pattern; `place` is that of its first character.
  init(_ text: String, at place: Int) throws(LineError) {
    self.text = text
    var parser = PatternParser(text, at: place)
    let node = try parser.whole()
    var machine = PatternMachine()
    let start = machine.add(node, before: machine.accept)
    guard machine.isSmall, build(machine, start) else {
      throw LineError("this pattern is too large", at: place..<(place + text.count))
    }
  }

  /// Whether a text that lies in `bytes` matches; `range` takes in the byte that ends it.
  func matches(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var state = 0
    for place in range {
      let next = table[state << 8 | Int(bytes[place])]
      if next == Self.found { return true }
      state = Int(next)
    }
    return false
  }

  /// Makes the table; false if it would become too large.
  private mutating func build(_ machine: PatternMachine, _ start: Int) -> Bool {
    let again = machine.closure([start], isBeginning: false)
    var sets = [machine.closure([start], isBeginning: true)]
    guard !sets[0].contains(machine.accept) else {
      // It matches the empty text, and so every text.
      table = Array(repeating: Self.found, count: 256)
      return true
    }
    var numbers = [sets[0]: 0]
    var place = 0
    while place < sets.count {
      let row = machine.steps(from: sets[place])
      for byte in 0..<256 {
        if byte > 0, row[byte] == row[byte - 1] {
          table.append(table[table.count - 1])
          continue
        }
        let set = machine.closure(row[byte], isBeginning: false).union(again)
        guard !set.contains(machine.accept) else {
          table.append(Self.found)
          continue
        }
        let number = numbers[set] ?? sets.count
        if number == sets.count {
          guard sets.count < Self.mostStates else { return false }
          numbers[set] = number
          sets.append(set)
        }
        table.append(UInt16(number))
      }
      place += 1
    }
    return true
  }
}

/// The same expression as states with many ways on, from which the table is made.
struct PatternMachine {
  private enum State {
    case accept
    /// Goes on by any of these bytes.
    case bytes(ClosedRange<UInt8>, Int)
    case fork(Int, Int)
    /// Goes on at the beginning of the text alone.
    case beginning(Int)
  }

  private var states: [State] = [.accept]
  let accept = 0

  /// Whether the table can be made between two keys.
  var isSmall: Bool { states.count <= 500 }

  /// Adds what `node` is made of and gives its first state.
  mutating func add(_ node: PatternNode, before next: Int) -> Int {
    switch node {
    case .bytes(let range): return append(.bytes(range, next))
    case .beginning: return append(.beginning(next))
    case .sequence(let nodes): return nodes.reversed().reduce(next) { add($1, before: $0) }
    case .choice(let nodes):
      return nodes.dropFirst().reduce(add(nodes[0], before: next)) { first, node in
        let other = add(node, before: next)
        return append(.fork(first, other))
      }
    case .many(let node, let isOptional):
      let fork = append(.fork(next, next))
      let first = add(node, before: fork)
      states[fork] = .fork(first, next)
      return isOptional ? fork : first
    }
  }

  private mutating func append(_ state: State) -> Int {
    states.append(state)
    return states.count - 1
  }

  /// Where one can be without reading a byte.
  func closure(_ starts: Set<Int>, isBeginning: Bool) -> Set<Int> {
    var found: Set<Int> = []
    var open = Array(starts)
    while let place = open.popLast() {
      guard found.insert(place).inserted else { continue }
      switch states[place] {
      case .accept, .bytes: break
      case .fork(let left, let right): open += [left, right]
      case .beginning(let next): if isBeginning { open.append(next) }
      }
    }
    return found
  }

  /// Where each byte leads from a set of states.
  func steps(from set: Set<Int>) -> [Set<Int>] {
    var row = [Set<Int>](repeating: [], count: 256)
    for place in set {
      guard case .bytes(let range, let next) = states[place] else { continue }
      for byte in range { row[Int(byte)].insert(next) }
    }
    return row
  }
}
