internal import CSparkplug

/// Reads payloads of Sparkplug B by libprotobuf-c, and keeps the last of them.
///
/// Nothing is allocated for a payload of usual size. Owned and used by one thread.
public struct SparkplugMessage: ~Copyable {
  /// The longest payload that is read.
  public static let largest = 1 << 20

  private let memory = MessageMemory()
  private var payload: UnsafeMutablePointer<CSparkplug__Payload>?

  public init() {}

  /// Reads a payload; there is nothing in one that cannot be read.
  public mutating func read(_ bytes: Span<UInt8>) throws(SparkplugError) {
    payload = nil
    memory.reset()
    guard bytes.count <= Self.largest else { throw .tooLarge }
    payload = memory.withAllocator { allocator in
      bytes.withUnsafeBufferPointer {
        csparkplug__payload__unpack(allocator, $0.count, $0.baseAddress)
      }
    }
    if payload == nil { throw memory.isExhausted ? .tooLarge : .malformed }
  }

  /// How many metrics there are.
  public var count: Int { payload?.pointee.n_metrics ?? 0 }

  /// When the payload was sent: since 1970 UTC; nil if it does not say it.
  public var milliseconds: UInt64? {
    payload.flatMap { $0.pointee.has_timestamp != 0 ? $0.pointee.timestamp : nil }
  }

  /// Its place in the order of its node's, 0 to 255; nil if it has none.
  public var sequence: UInt64? {
    payload.flatMap { $0.pointee.has_seq != 0 ? $0.pointee.seq : nil }
  }

  /// A metric, from 0 to below `count`.
  public func metric(at place: Int) -> SparkplugMetric {
    guard let raw = raw(place) else { return SparkplugMetric() }
    var metric = SparkplugMetric()
    metric.hasName = raw.pointee.has_name != 0
    if raw.pointee.has_alias != 0 { metric.alias = raw.pointee.alias }
    if raw.pointee.has_timestamp != 0 { metric.milliseconds = raw.pointee.timestamp }
    if raw.pointee.has_datatype != 0 { metric.datatype = raw.pointee.datatype }
    metric.isHistorical = raw.pointee.has_is_historical != 0 && raw.pointee.is_historical != 0
    metric.isNull = raw.pointee.has_is_null != 0 && raw.pointee.is_null != 0
    metric.value =
      switch raw.pointee.value_case {
      case CSPARKPLUG__METRIC__VALUE_INT_VALUE: .int(raw.pointee.int_value)
      case CSPARKPLUG__METRIC__VALUE_LONG_VALUE: .long(raw.pointee.long_value)
      case CSPARKPLUG__METRIC__VALUE_FLOAT_VALUE: .float(raw.pointee.float_value)
      case CSPARKPLUG__METRIC__VALUE_DOUBLE_VALUE: .double(raw.pointee.double_value)
      case CSPARKPLUG__METRIC__VALUE_BOOLEAN_VALUE: .boolean(raw.pointee.boolean_value != 0)
      case CSPARKPLUG__METRIC__VALUE_STRING_VALUE: .text
      default: .none
      }
    if let quality = property("Quality", of: raw)?.pointee,
      quality.value_case == CSPARKPLUG__PROPERTY__VALUE_INT_VALUE
    {
      metric.quality = quality.int_value
    }
    return metric
  }

  /// Lends the name of a metric; empty if it has none.
  public func withName<R>(at place: Int, _ body: (Span<UInt8>) -> R) -> R {
    let raw = raw(place)
    return lend(raw?.pointee.name, raw?.pointee.has_name == 1, body)
  }

  /// Lends the value of a metric that is a text; empty for others.
  public func withText<R>(at place: Int, _ body: (Span<UInt8>) -> R) -> R {
    let raw = raw(place)
    let isText = raw?.pointee.value_case == CSPARKPLUG__METRIC__VALUE_STRING_VALUE
    return lend(isText ? raw?.pointee.string_value : nil, isText, body)
  }

  /// Lends the unit that a metric's property `engUnit` names; empty if it has none.
  public func withUnit<R>(at place: Int, _ body: (Span<UInt8>) -> R) -> R {
    let unit = raw(place).flatMap { property("engUnit", of: $0) }
    let isText = unit?.pointee.value_case == CSPARKPLUG__PROPERTY__VALUE_STRING_VALUE
    return lend(isText ? unit?.pointee.string_value : nil, isText, body)
  }

  private func raw(_ place: Int) -> UnsafeMutablePointer<CSparkplug__Metric>? {
    guard let payload, place >= 0, place < payload.pointee.n_metrics else { return nil }
    return payload.pointee.metrics[place]
  }

  private func property(
    _ name: StaticString,
    of metric: UnsafeMutablePointer<CSparkplug__Metric>
  ) -> UnsafeMutablePointer<CSparkplug__Property>? {
    guard let properties = metric.pointee.properties else { return nil }
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for place in 0..<min(properties.pointee.n_keys, properties.pointee.n_values) {
      let key = properties.pointee.keys[place]
      if UnsafeBufferPointer(start: key.data, count: key.len).elementsEqual(wanted) {
        return properties.pointee.values[place]
      }
    }
    return nil
  }

  private func lend<R>(
    _ bytes: ProtobufCBinaryData?,
    _ isThere: Bool,
    _ body: (Span<UInt8>) -> R
  ) -> R {
    let start = isThere ? bytes?.data : nil
    return body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : bytes?.len ?? 0).span)
  }
}

extension SparkplugMessage {
  /// The command by which a node is asked to announce itself and its devices again.
  ///
  /// - Parameter milliseconds: The time of now, since 1970 UTC.
  /// - Returns: The payload, for the node's topic of type `NCMD`.
  public static func rebirth(milliseconds: UInt64) -> [UInt8] {
    var name = Array("Node Control/Rebirth".utf8)
    return name.withUnsafeMutableBufferPointer { name in
      var metric = CSparkplug__Metric()
      csparkplug__metric__init(&metric)
      metric.has_name = 1
      metric.name = ProtobufCBinaryData(len: name.count, data: name.baseAddress)
      (metric.has_timestamp, metric.timestamp) = (1, milliseconds)
      (metric.has_datatype, metric.datatype) = (1, 11)
      metric.value_case = CSPARKPLUG__METRIC__VALUE_BOOLEAN_VALUE
      metric.boolean_value = 1
      return withUnsafeMutablePointer(to: &metric) { metric in
        var metrics: UnsafeMutablePointer<CSparkplug__Metric>? = metric
        return withUnsafeMutablePointer(to: &metrics) { metrics in
          var payload = CSparkplug__Payload()
          csparkplug__payload__init(&payload)
          (payload.has_timestamp, payload.timestamp) = (1, milliseconds)
          (payload.n_metrics, payload.metrics) = (1, metrics)
          let size = csparkplug__payload__get_packed_size(&payload)
          return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = csparkplug__payload__pack(&payload, buffer.baseAddress)
          }
        }
      }
    }
  }
}
