internal import CRdkafka
internal import System
internal import Glibc

/// A record, lent for the length of a closure; it cannot be kept.
public struct KafkaMessage: ~Copyable {
  private let pointer: UnsafeMutablePointer<rd_kafka_message_t>
  /// Place of the topic in `KafkaReader.topics`; stays the same as long as the reader lives.
  public let topic: Int

  init(_ pointer: UnsafeMutablePointer<rd_kafka_message_t>, topic: Int) {
    self.pointer = pointer
    self.topic = topic
  }

  public var partition: Int32 { pointer.pointee.partition }
  public var offset: Int64 { pointer.pointee.offset }
  /// There is no key; an empty key is one.
  public var hasNullKey: Bool { pointer.pointee.key == nil }
  /// There is no value: the record deletes its key.
  ///
  /// An empty value is one.
  public var isTombstone: Bool { pointer.pointee.payload == nil }

  /// Its timestamp, in milliseconds since 1970 UTC; nil when it has none.
  public var milliseconds: Int64? {
    var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    let milliseconds = rd_kafka_message_timestamp(pointer, &type)
    return milliseconds < 0 || type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? nil : milliseconds
  }

  /// Lends the key and the value; each is empty when it is null.
  public func withKeyAndValue<R, E>(
    _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    let key = bytes(pointer.pointee.key, pointer.pointee.key_len)
    return try body(key.span, bytes(pointer.pointee.payload, pointer.pointee.len).span)
  }

  /// Whether it has a header of this name, the last of which has this value.
  ///
  /// Costs an allocation of the library's when the record has headers. Calls `rd_kafka_header_get_last`.
  public func hasHeader(_ name: String, _ value: String) -> Bool {
    var headers: OpaquePointer?
    guard rd_kafka_message_headers(pointer, &headers).rawValue == 0, let headers else {
      return false
    }
    var found: UnsafeRawPointer?
    var size = 0
    guard rd_kafka_header_get_last(headers, name, &found, &size).rawValue == 0 else { return false }
    return value.utf8.elementsEqual(bytes(found, size))
  }

  /// Lends each header in order: its name and its value, empty when that is null.
  ///
  /// The name ends at its first NUL, should it hold one; whether its bytes are UTF-8 is the writer's matter.
  /// Costs an allocation of the library's when the record has headers. Calls `rd_kafka_message_headers`.
  public func forEachHeader(_ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
    var headers: OpaquePointer?
    guard rd_kafka_message_headers(pointer, &headers).rawValue == 0, let headers else { return }
    var index = 0
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while rd_kafka_header_get_all(headers, index, &name, &value, &size).rawValue == 0 {
      // By its bytes: they may be no UTF-8, and a String of them would be longer than they are.
      let length = name.map { strlen($0) } ?? 0
      body(bytes(name.map { UnsafeRawPointer($0) }, length).span, bytes(value, size).span)
      index += 1
    }
  }

  /// The values of the headers of these names; of two with one name the last.
  ///
  /// Costs nothing where none is asked for.
  public func headers(named names: [String]) -> [String: [UInt8]] {
    guard !names.isEmpty else { return [:] }
    var headers: [String: [UInt8]] = [:]
    forEachHeader { name, value in
      let name = String(decoding: name.copied, as: UTF8.self)
      if names.contains(name) { headers[name] = value.copied }
    }
    return headers
  }
}

extension UnsafeMutablePointer<rd_kafka_message_t> {
  /// The library's words for an error that came in place of a record.
  var errorText: String? { rd_kafka_message_errstr(self).map { String(cString: $0) } }
}

/// The offset to go on at when a record is done with; a broker chose it: the last of all has none behind it and stays.
func nextOffset(behind offset: Int64) -> Int64 {
  offset == .max ? offset : offset + 1
}

/// A view of C's bytes; none where there is no pointer.
private func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
  UnsafeBufferPointer(
    start: start?.assumingMemoryBound(to: UInt8.self),
    count: start == nil ? 0 : count
  )
}
