/// A metric of a payload of Sparkplug B as it was sent; its texts the message lends.
///
/// Fields and numbers: Sparkplug 3.0, chapter 6.
public struct SparkplugMetric: Equatable, Sendable {
  public enum Value: Equatable, Sendable {
    /// None, or one of a type that is not read: a data set, a template, bytes.
    case none
    /// Without its sign, which only the type tells.
    case int(UInt32)
    case long(UInt64)
    case float(Float)
    case double(Double)
    case boolean(Bool)
    case text
  }

  public var hasName = false
  public var alias: UInt64?
  /// Since 1970 UTC.
  public var milliseconds: UInt64?
  public var datatype: UInt32?
  /// Whether it is of the past, and not the newest that is known.
  public var isHistorical = false
  public var isNull = false
  public var value = Value.none
  /// Its property `Quality`: 0 for bad, 192 for good, 500 for stale; nil if it has none.
  public var quality: UInt32?
}

/// Why a payload could not be read.
public enum SparkplugError: Error, Equatable, Sendable {
  case malformed
  /// Longer than 1 MiB, or made of far more parts than a node has metrics.
  case tooLarge
}
