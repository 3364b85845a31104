internal import CSimdjson

/// Reads the named fields of messages with simdjson, without an allocation for each.
///
/// Owned and used by one thread. Texts stay in the parser until its next message and are raw: they
/// may hold control characters and everything else that Unicode has.
public struct JSONParser: ~Copyable {
  private let handle: OpaquePointer?
  private var message = CSimdjsonMessage()
  private var scalar = CSimdjsonText()

  /// A parser for messages of at most `largest` bytes.
  ///
  /// Calls `CSimdjson_create`.
  public init(names: JSONNames = JSONNames(), largest: Int = 1 << 20) {
    handle = names.parser(largest: largest)
  }

  deinit {
    if let handle { CSimdjson_destroy(handle) }
  }

  /// Reads an object.
  ///
  /// Fields of other names are passed over, whatever they hold, and one that does not hold what its name means is
  /// lost alone. Of a field that comes twice the last counts.
  public mutating func read(_ payload: Span<UInt8>) throws(JSONError) {
    guard let handle else { throw .outOfMemory }
    let result = payload.withUnsafeBufferPointer {
      CSimdjson_read(handle, $0.baseAddress, $0.count, &message)
    }
    guard result != .read else { return }
    if let error = JSONError(result) { throw error }
  }

  /// Whether the last message names a number at all, be it null or lost.
  public var namesNumbers: Bool { message.named != 0 }

  /// How many of the named fields of the last message could not be read.
  public var lostCount: Int { message.lost.count }

  /// The first of them.
  public var firstLost: LostField? { LostField(message.lost) }

  /// The slots of the numbers of the last message, as bits.
  public var numbers: UInt32 { message.present }

  /// Lends the numbers of the last message by their slots, of which there are 32; undefined where ``numbers`` has no bit.
  public func withNumbers<R>(_ body: (Span<Double>) -> R) -> R {
    let count = message.numbers == nil ? 0 : Int(CSimdjson_mostNumbers)
    return body(UnsafeBufferPointer(start: message.numbers, count: count).span)
  }

  /// Lends the bytes of a text of the last message; none if it is absent or null.
  public func withText(_ slot: Int, _ body: (Span<UInt8>) -> Void) {
    guard (0..<Int(CSimdjson_mostTexts)).contains(slot), let texts = message.texts else { return }
    texts[slot].lend(to: body)
  }

  /// The time of the last message; null if there is none.
  public var time: JSONValue { message.time.value }

  /// Lends the bytes of a time that is a text.
  public func withTime<R>(_ body: (Span<UInt8>) -> R) -> R { message.time.text.lend(to: body) }

  /// Lends the scalar at `key` of a flat object: a string unescaped, others as written.
  ///
  /// There are no bytes if it is absent, null, or an object or array.
  public mutating func scalar(
    at key: Span<UInt8>,
    in payload: Span<UInt8>,
    _ body: (Span<UInt8>) -> Void
  ) throws(JSONError) {
    guard let handle else { throw .outOfMemory }
    let result = payload.withUnsafeBufferPointer { payload in
      key.withUnsafeBufferPointer { key in
        guard let start = key.baseAddress else { return CSimdjsonResult.invalidJSON }
        let (bytes, count) = (payload.baseAddress, payload.count)
        return CSimdjson_text(handle, bytes, count, start, key.count, &scalar)
      }
    }
    if let error = JSONError(result) { throw error }
    scalar.lend(to: body)
  }
}
