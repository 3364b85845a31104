internal import CSimdjson

/// What a field of a flat object holds.
public enum JSONValue: Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// Has a point or an exponent, or is beyond what an integer holds.
  case decimal(Double)
  /// A string; ``JSONFields/withText(at:_:)`` lends it.
  case text
}

/// Reads all fields of a flat object, which may have an object of tags, without an allocation for each message.
///
/// Fields are known by their places, in the order in which they stand; of two with one name, the last counts. Those that
/// have one of the given names hold what it means, or null. What cannot be kept, such as an object, is lost alone.
///
/// Owned and used by one thread; keys and texts stay until the next message, and are raw.
public struct JSONFields: ~Copyable {
  /// How many fields of a message are read, besides those that have one of the given names.
  public static let most = 256

  private let handle: OpaquePointer?
  private let names: JSONNames
  private let scalars: UnsafeMutablePointer<CSimdjsonScalar>
  private var lost = CSimdjsonLost()
  /// How many fields the last message had, its tags included.
  public private(set) var count = 0

  /// A reader of messages of at most `largest` bytes that tells fields by `names`.
  public init(names: JSONNames, largest: Int = 1 << 20) {
    handle = names.parser(largest: largest)
    self.names = names
    let capacity = Self.most + 2 * names.entries.count
    scalars = .allocate(capacity: capacity)
    scalars.initialize(repeating: CSimdjsonScalar(), count: capacity)
  }

  deinit {
    scalars.deallocate()
    if let handle { CSimdjson_destroy(handle) }
  }

  /// Reads a message; there are no fields when it cannot be read.
  public mutating func read(_ payload: Span<UInt8>) throws(JSONError) {
    count = 0
    guard let handle else { throw .outOfMemory }
    var found = 0
    let result = payload.withUnsafeBufferPointer { bytes in
      let (start, length) = (bytes.baseAddress, bytes.count)
      return CSimdjson_fields(handle, start, length, scalars, Self.most, &found, &lost)
    }
    if let error = JSONError(result) { throw error }
    count = found
  }

  /// How many fields of the last message could not be read.
  public var lostCount: Int { lost.count }

  /// The first of them, or the first that has one of the given names if there is one.
  public var firstLost: LostField? { LostField(lost) }

  /// What its name means; nil if it is none of the given ones.
  public func meaning(at place: Int) -> JSONMeaning? {
    let name = Int(scalar(place).name)
    return names.entries.indices.contains(name) ? names.entries[name].meaning : nil
  }

  /// Whether it stands in `tags`.
  public func isTag(at place: Int) -> Bool { scalar(place).isTag }

  public func value(at place: Int) -> JSONValue { scalar(place).value }

  /// Lends the name of a field.
  public func withKey<R>(at place: Int, _ body: (Span<UInt8>) -> R) -> R {
    scalar(place).key.lend(to: body)
  }

  /// Lends the text of a field; none if it holds something else.
  public func withText<R>(at place: Int, _ body: (Span<UInt8>) -> R) -> R {
    scalar(place).text.lend(to: body)
  }

  /// Whether two fields have the same name.
  public func haveOneName(_ left: Int, _ right: Int) -> Bool {
    withKey(at: left) { left in withKey(at: right) { left.equals($0) } }
  }

  private func scalar(_ place: Int) -> CSimdjsonScalar {
    precondition((0..<count).contains(place), "the message has \(count) fields")
    return scalars[place]
  }
}

extension CSimdjsonScalar {
  var value: JSONValue {
    switch kind {
    case .null: .null
    case .boolean: .boolean(integer != 0)
    case .integer: .integer(integer)
    case .decimal: .decimal(decimal)
    case .text: .text
    }
  }
}

extension CSimdjsonText {
  /// Lends the bytes; none if it is absent.
  func lend<R>(to body: (Span<UInt8>) -> R) -> R {
    body(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : length).span)
  }
}

extension Span where Element == UInt8 {
  /// Whether the bytes are the same.
  public func equals(_ other: Span<UInt8>) -> Bool {
    count == other.count && indices.allSatisfy { self[$0] == other[$0] }
  }
}
