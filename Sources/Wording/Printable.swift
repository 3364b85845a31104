extension Unicode.Scalar {
  /// Whether it is seen where it is written, rather than steering a terminal, hiding, or meaning nothing.
  public var isPrintable: Bool {
    if (0x20...0x7E).contains(value) { return true }
    return switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .privateUse,
      .unassigned:
      false
    default: true
    }
  }
}

extension String {
  /// The text without what could steer a terminal or means nothing on it, at most 1000 Unicode scalars, for a message.
  ///
  /// Errors describe themselves by it, for they name files, topics and hosts that others have chosen.
  public var printable: String {
    let limit = 1000
    var result = ""
    for (index, scalar) in unicodeScalars.prefix(limit + 1).enumerated() {
      if index == limit {
        result.unicodeScalars.removeLast()
        return result + "…"
      }
      result.unicodeScalars.append(scalar.isPrintable ? scalar : "\u{FFFD}")
    }
    return result
  }
}
