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
  /// The text without what could steer a terminal or means nothing on it, at most 200 Unicode scalars, for a message.
  public var printable: String {
    var result = ""
    for (index, scalar) in unicodeScalars.prefix(201).enumerated() {
      if index == 200 {
        result.unicodeScalars.removeLast()
        return result + "…"
      }
      result.unicodeScalars.append(scalar.isPrintable ? scalar : "\u{FFFD}")
    }
    return result
  }
}
