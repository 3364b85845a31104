internal import CSimdjson

/// The numbers of a message; nil for one that is absent or null.
public struct JSONNumbers: Equatable, Sendable {
  public var fuel: Double?
  public var load: Double?
  public var power: Double?
  public var temperature: Double?
  public var latitude: Double?
  public var longitude: Double?
  /// Whether one of the six is named in the message at all, be it null.
  public var areNamed: Bool
}

/// How a record says its time.
public enum JSONTime: Equatable, Sendable {
  case absent
  /// A string; ``JSONParser/withText(_:_:)`` lends it.
  case text
  case integer(Int64)
  case decimal(Double)
}

/// Texts of the message read last.
public enum JSONText: Sendable {
  case identifier, region, alarm, time
}

/// Reads messages of the shapes we know with simdjson, without an allocation for each.
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
  public init(largest: Int = 1 << 20) {
    handle = CSimdjson_create(max(0, largest))
  }

  deinit {
    if let handle { CSimdjson_destroy(handle) }
  }

  /// Reads a raw sample: a flat object of numbers and `generatorID`.
  ///
  /// Fields of other names are passed over, whatever they hold. Of a field that comes twice the
  /// last counts.
  public mutating func sample(in payload: Span<UInt8>) throws(JSONError) -> JSONNumbers {
    guard let handle else { throw .outOfMemory }
    let result = payload.withUnsafeBufferPointer {
      CSimdjson_sample(handle, $0.baseAddress, $0.count, &message)
    }
    try check(result)
    return numbers
  }

  /// Reads an enriched record, in any of the shapes that InfluxDB's source connectors write.
  ///
  /// Fields may be flat or in a list of `values`, tags flat or in `tags`, and the whole in the
  /// envelope `{"schema": …, "payload": …}`.
  public mutating func record(in payload: Span<UInt8>) throws(JSONError) -> (JSONNumbers, JSONTime)
  {
    guard let handle else { throw .outOfMemory }
    let result = payload.withUnsafeBufferPointer {
      CSimdjson_record(handle, $0.baseAddress, $0.count, &message)
    }
    try check(result)
    return (numbers, time)
  }

  /// Lends the bytes of a text of the last sample or record; none if it is absent or null.
  public func withText(_ text: JSONText, _ body: (Span<UInt8>) -> Void) {
    switch text {
    case .identifier: lend(message.identifier, to: body)
    case .region: lend(message.region, to: body)
    case .alarm: lend(message.alarm, to: body)
    case .time: lend(message.timeText, to: body)
    }
  }

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
        return CSimdjson_text(
          handle,
          payload.baseAddress,
          payload.count,
          start,
          key.count,
          &scalar
        )
      }
    }
    try check(result)
    lend(scalar, to: body)
  }

  private func lend(_ text: CSimdjsonText, to body: (Span<UInt8>) -> Void) {
    body(UnsafeBufferPointer(start: text.bytes, count: text.bytes == nil ? 0 : text.length).span)
  }

  private var numbers: JSONNumbers {
    let present = message.present
    func value(_ number: Double, _ field: CSimdjsonField) -> Double? {
      present & (1 << UInt8(truncatingIfNeeded: field.rawValue)) == 0 ? nil : number
    }
    return JSONNumbers(
      fuel: value(message.fuel, .fuel),
      load: value(message.load, .load),
      power: value(message.power, .power),
      temperature: value(message.temperature, .temperature),
      latitude: value(message.latitude, .latitude),
      longitude: value(message.longitude, .longitude),
      areNamed: message.named != 0
    )
  }

  private var time: JSONTime {
    switch message.timeKind {
    case .text: .text
    case .integer: .integer(message.timeInteger)
    case .decimal: .decimal(message.timeDecimal)
    case .absent: .absent
    }
  }

  private func check(_ result: CSimdjsonResult) throws(JSONError) {
    if let error = JSONError(result, message.field) { throw error }
  }
}
