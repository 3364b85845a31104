/// A sentence about what was just done, and until when it is shown: monotonic nanoseconds.
public struct Notice: Equatable, Sendable {
  public var text: String
  public var until: Int64
}
