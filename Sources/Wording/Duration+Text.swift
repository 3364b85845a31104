extension Duration {
  /// A number that may have a fraction, and a unit: `500ms`, `1.5s`, `2m`, `1h`, `1d`.
  ///
  /// Without a unit it is in seconds. Nil for anything else, a sign, and more than 292 years.
  public init?(text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
    let name = digits.endIndex == text.endIndex ? "s" : text[digits.endIndex...]
    guard let unit = TimeUnit(rawValue: String(name)),
      digits.first != ".", digits.last != ".", let count = Double(digits)
    else { return nil }
    let nanoseconds = (count * Double(unit.nanoseconds)).rounded()
    guard nanoseconds < 9.2e18 else { return nil }
    self = .nanoseconds(Int64(nanoseconds))
  }

  /// The whole number of the longest unit that says it exactly: `90s`, `2m`, `1h`.
  public var shortText: String {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let nanoseconds = overflow ? Int64.max : product &+ attoseconds / 1_000_000_000
    guard nanoseconds != 0 else { return "0s" }
    for unit in TimeUnit.allCases where nanoseconds % unit.nanoseconds == 0 {
      return "\(nanoseconds / unit.nanoseconds)\(unit.rawValue)"
    }
    return "\(nanoseconds)ns"
  }
}
