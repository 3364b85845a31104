extension Span where Element == UInt8 {
  /// The bytes, to keep: a span only lends them.
  public var copied: [UInt8] { indices.map { self[$0] } }
}
