internal import CSimdjson

/// A step of a path to a value in a document.
public enum JSONStep: Hashable, Sendable {
  /// A member of an object.
  case member(String)
  /// An element of an array, from 0; from -1 backwards, counted from its end.
  case element(Int)
  /// The first element of an array that is an object whose member `name` is this text, or a scalar that is written so.
  case elementWhere(name: String, is: String)
  /// All elements of an array.
  case all
  /// The values of all members of an object.
  case allMembers
}

/// What stands at a place of a document.
public enum JSONNode: Equatable, Sendable {
  case scalar(JSONValue)
  case object
  case array
  /// A number that no double can hold, such as `1e999`, or a bare word for one that is none, such as `nan`.
  case noNumber
}

/// Reads a message as a whole, an object or an array, and finds values in it by paths that were given before.
///
/// A step into a text reads that text as the JSON that it holds, as it is or in base64. Nothing is allocated for a message once there is room
/// for its like. Owned and used by one thread; places and texts stay until the next message, and texts are raw.
public struct JSONTree: ~Copyable {
  /// Where a value stands in the last message.
  public struct Place: Hashable, Sendable {
    fileprivate var number: Int32

    /// The whole message.
    public static let root = Place(number: 0)
  }

  /// How many places one path leads to at most; the rest is passed over.
  public static let mostPlaces = 4_096

  private let handle: OpaquePointer?
  private let found: UnsafeMutablePointer<Int32>

  /// For messages of at most `largest` bytes.
  public init(largest: Int = 1 << 20) {
    handle = CSimdjson_createTree(max(0, largest))
    found = .allocate(capacity: Self.mostPlaces)
    found.initialize(repeating: 0, count: Self.mostPlaces)
  }

  deinit {
    found.deallocate()
    if let handle { CSimdjson_destroyTree(handle) }
  }

  /// Takes a path to look for, and returns its number.
  public mutating func add(_ path: [JSONStep]) -> Int {
    guard let handle else { return -1 }
    let parts = path.map(\.parts)
    let bytes = parts.flatMap { Array($0.name.utf8) + Array($0.value.utf8) }
    return bytes.withUnsafeBufferPointer { bytes in
      var offset = 0
      func text(_ text: String) -> CSimdjsonText {
        defer { offset += text.utf8.count }
        return CSimdjsonText(bytes: bytes.baseAddress.map { $0 + offset }, length: text.utf8.count)
      }
      let steps = parts.map { part in
        let name = text(part.name)
        let value = text(part.value)
        return CSimdjsonStep(kind: part.kind, name: name, value: value, place: part.place)
      }
      return steps.withUnsafeBufferPointer {
        Int(CSimdjson_addPath(handle, $0.baseAddress, $0.count))
      }
    }
  }

  /// Reads a message, as it is or in base64; there are no places in one that cannot be read.
  public mutating func read(_ payload: Span<UInt8>) throws(JSONError) {
    guard let handle else { throw .outOfMemory }
    let result = payload.withUnsafeBufferPointer {
      CSimdjson_readTree(handle, $0.baseAddress, $0.count)
    }
    if let error = JSONError(result) { throw error }
  }

  /// The place to which a path leads that has no step to all elements; nil if there is none.
  public mutating func place(_ path: Int, from start: Place = .root) -> Place? {
    guard let handle else { return nil }
    var place: Int32 = 0
    let count = CSimdjson_find(handle, Int32(truncatingIfNeeded: path), start.number, &place, 1)
    return count == 0 ? nil : Place(number: place)
  }

  /// Adds all places to which a path leads to `places`.
  public mutating func appendPlaces(
    _ path: Int,
    from start: Place = .root,
    to places: inout [Place]
  ) {
    guard let handle else { return }
    let path = Int32(truncatingIfNeeded: path)
    let count = CSimdjson_find(handle, path, start.number, found, Self.mostPlaces)
    for index in 0..<count { places.append(Place(number: found[index])) }
  }

  /// Gives the members of an object with their names, or the elements of an array without; ``mostPlaces`` at most.
  public func forEachChild(of place: Place, _ body: (Place, _ name: Span<UInt8>) -> Void) {
    guard let handle else { return }
    let count = CSimdjson_children(handle, place.number, found, Self.mostPlaces)
    for index in 0..<count {
      CSimdjson_key(handle, found[index]).lend { body(Place(number: found[index]), $0) }
    }
  }

  /// What stands at a place of the last message.
  public func node(at place: Place) -> JSONNode { read(place).asNode }

  /// What stands at a place, and its text: of a number or a boolean as it is written; none of an object or an array.
  public func withNode<R>(at place: Place, _ body: (JSONNode, Span<UInt8>) -> R) -> R {
    let node = read(place)
    return node.text.lend { body(node.asNode, $0) }
  }

  /// The name of the member that stands at a place; empty if it is an element, or the whole message.
  public func withName<R>(at place: Place, _ body: (Span<UInt8>) -> R) -> R {
    let name = handle.map { CSimdjson_key($0, place.number) } ?? CSimdjsonText()
    return name.lend(to: body)
  }

  private func read(_ place: Place) -> CSimdjsonNode {
    var node = CSimdjsonNode()
    if let handle { CSimdjson_node(handle, place.number, &node) }
    return node
  }
}

extension JSONStep {
  /// As the library has it.
  fileprivate var parts: (kind: CSimdjsonStepKind, name: String, value: String, place: Int64) {
    switch self {
    case .member(let name): (.member, name, "", 0)
    case .element(let place): (.element, "", "", Int64(place))
    case .elementWhere(let name, let value): (.elementWhere, name, value, 0)
    case .all: (.all, "", "", 0)
    case .allMembers: (.allMembers, "", "", 0)
    }
  }
}

extension CSimdjsonNode {
  fileprivate var asNode: JSONNode {
    switch kind {
    case .null: .scalar(.null)
    case .boolean: .scalar(.boolean(integer != 0))
    case .number: .scalar(isInteger ? .integer(integer) : .decimal(decimal))
    case .text: .scalar(.text)
    case .object: .object
    case .array: .array
    case .noNumber: .noNumber
    }
  }
}

/// The number that a text is from its first byte to its last, with a point; nil if it is none that a double can hold.
public func jsonNumber(_ text: Span<UInt8>) -> Double? {
  var number = 0.0
  let isNumber = text.withUnsafeBufferPointer {
    CSimdjson_number($0.baseAddress, $0.count, &number)
  }
  return isNumber && number.isFinite ? number : nil
}
