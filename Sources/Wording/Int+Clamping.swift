extension FixedWidthInteger {
  /// The whole number that is nearest; 0 for what is no number.
  public init(clamping value: Double) {
    let rounded = value.isFinite ? value.rounded() : 0
    self = Self(exactly: rounded) ?? (rounded < 0 ? .min : .max)
  }
}
