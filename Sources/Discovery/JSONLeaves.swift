internal import Model

/// What stands at the end of a path.
enum LeafValue: Equatable {
  case number(Double), text(String), word(Bool), null
}

/// A value in a message, and how it is reached.
struct Leaf {
  var path: JSONPath
  /// What its members are called, from the outside in.
  var names: [String]
  var value: LeafValue
  /// What the message says that it counts in.
  var unit: String?
}

/// Reads all values of a JSON document, as far as the bounds let it.
struct JSONLeaves {
  static let most = 512
  private static let deepest = 12

  private indirect enum Node {
    case object([(String, Node)]), list([Node]), leaf(LeafValue)
  }

  private(set) var leaves: [Leaf] = []
  /// Whether it has a list of objects, which are left out.
  private(set) var hasSamples = false
  private let bytes: [UInt8]
  private var place = 0
  private var count = 0

  /// Nil if the payload is no object and no list.
  init?(_ payload: [UInt8]) {
    bytes = payload
    skip()
    guard let first = peek, first == 0x7B || first == 0x5B, let node = node(0) else { return nil }
    skip()
    guard place == bytes.count else { return nil }
    add(node, JSONPath(), [])
  }

  // MARK: Values

  private mutating func add(_ node: Node, _ path: JSONPath, _ names: [String]) {
    guard leaves.count < Self.most, path.steps.count < JSONPath.mostSteps else { return }
    switch node {
    case .leaf(.text(let text)) where text.hasPrefix("{") || text.hasPrefix("["):
      guard let inner = JSONLeaves(Array(text.utf8)) else {
        return leaves.append(Leaf(path: path, names: names, value: .text(text), unit: nil))
      }
      for leaf in inner.leaves.prefix(Self.most - leaves.count) {
        leaves.append(
          Leaf(
            path: JSONPath(path.steps + leaf.path.steps),
            names: names + leaf.names,
            value: leaf.value,
            unit: leaf.unit
          )
        )
      }
    case .leaf(let value):
      leaves.append(Leaf(path: path, names: names, value: value, unit: nil))
    case .object(let members):
      if let (value, unit) = Self.measured(members) {
        return leaves.append(Leaf(path: path, names: names, value: value, unit: unit))
      }
      for (name, member) in members {
        add(member, JSONPath(path.steps + [.member(name)]), names + [name])
      }
    case .list(let nodes): add(nodes, path, names)
    }
  }

  private mutating func add(_ nodes: [Node], _ path: JSONPath, _ names: [String]) {
    // Several samples in one message have no place of their own.
    let samples = nodes.count {
      if case .object(let members) = $0 { Self.name(members) == nil } else { false }
    }
    if samples > 1 {
      hasSamples = true
      return
    }
    for (index, node) in nodes.prefix(64).enumerated() {
      if case .object(let members) = node, let named = Self.name(members) {
        let step = JSONPath.Step.elementWhere(name: named.key, is: named.text)
        for (name, member) in members where name != named.key {
          let values = ["value", "v", "val"]
          let own = values.contains(name.lowercased()) ? [] : [name]
          add(
            member,
            JSONPath(path.steps + [step, .member(name)]),
            names + [named.text] + own
          )
        }
      } else {
        add(node, JSONPath(path.steps + [.element(index)]), names)
      }
    }
  }

  /// What an element is called that is made of a name and a value.
  private static func name(_ members: [(String, Node)]) -> (key: String, text: String)? {
    guard members.contains(where: { ["value", "v", "val"].contains($0.0.lowercased()) }) else {
      return nil
    }
    for key in ["name", "n", "path", "id", "key", "tag"] {
      for (name, member) in members where name.lowercased() == key {
        if case .leaf(.text(let text)) = member, !text.isEmpty { return (name, text) }
      }
    }
    return nil
  }

  /// A value and its unit in an object of their own.
  private static func measured(_ members: [(String, Node)]) -> (LeafValue, String?)? {
    guard members.count <= 4,
      let value = members.first(where: { ["value", "Value", "Val", "NumVal", "v"].contains($0.0) }),
      case .leaf(let content) = value.1
    else { return nil }
    var unit: String?
    for (name, node) in members where ["unit", "Unit", "u"].contains(name) {
      if case .leaf(.text(let text)) = node { unit = text }
    }
    return (content, unit)
  }

  // MARK: Syntax

  private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skip() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skip()
    guard peek == byte else { return false }
    place += 1
    return true
  }

  private mutating func node(_ depth: Int) -> Node? {
    count += 1
    guard depth < Self.deepest, count < 8_192 else { return nil }
    skip()
    switch peek {
    case 0x7B:
      place += 1
      var members: [(String, Node)] = []
      if take(0x7D) { return .object(members) }
      repeat {
        skip()
        guard let name = string(), take(0x3A), let value = node(depth + 1) else { return nil }
        members.append((name, value))
      } while take(0x2C)
      return take(0x7D) ? .object(members) : nil
    case 0x5B:
      place += 1
      var nodes: [Node] = []
      if take(0x5D) { return .list(nodes) }
      repeat {
        guard let value = node(depth + 1) else { return nil }
        nodes.append(value)
      } while take(0x2C)
      return take(0x5D) ? .list(nodes) : nil
    case 0x22: return string().map { .leaf(.text($0)) }
    default: return word().map { .leaf($0) }
    }
  }

  private mutating func word() -> LeafValue? {
    let start = place
    while let byte = peek, ![0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    switch String(decoding: bytes[start..<place], as: UTF8.self) {
    case "true": return .word(true)
    case "false": return .word(false)
    case "null": return .null
    case let text: return Double(text).map { $0.isFinite ? .number($0) : .null }
    }
  }

  private mutating func string() -> String? {
    guard take(0x22) else { return nil }
    var text: [UInt8] = []
    while let byte = peek {
      place += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      guard byte == 0x5C else {
        text.append(byte)
        continue
      }
      guard let escape = peek else { return nil }
      place += 1
      switch escape {
      case 0x6E: text.append(0x0A)
      case 0x74: text.append(0x09)
      case 0x72, 0x62, 0x66: text.append(0x20)
      case 0x75:
        guard place + 4 <= bytes.count,
          let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { return nil }
        place += 4
        text += Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
      default: text.append(escape)
      }
    }
    return nil
  }
}
