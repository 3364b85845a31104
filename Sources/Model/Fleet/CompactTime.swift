/// A time that may be missing, in the eight bytes of one that is not.
///
/// A generator has ten of them, and an optional takes sixteen bytes each. `Int64.min` nanoseconds stand for nil.
@propertyWrapper
public struct CompactTime: Sendable {
  private var nanoseconds: Int64

  public init(wrappedValue: Int64?) { nanoseconds = wrappedValue ?? .min }

  public var wrappedValue: Int64? {
    get { nanoseconds == .min ? nil : nanoseconds }
    set { nanoseconds = newValue ?? .min }
  }
}
