/// The longest value in a line of the log, in characters (Unicode scalars).
private let longestValue = 1024

/// A value as it stands in a line of the log: quoted where it has to be, and with nothing in it that could end the line,
/// move a terminal's cursor or turn its direction.
///
/// Control characters (C0, DEL, C1), the two Unicode line ends, bidirectional controls, invisible characters, tags, and what
/// has no meaning (private use, unassigned) are written as `\u{…}`.
public func logValue(_ value: String) -> String {
  var text = ""
  var needsQuotes = value.isEmpty
  for (index, scalar) in value.unicodeScalars.enumerated() {
    if index == longestValue {
      text += "…"
      break
    }
    switch scalar {
    case "\"", "\\":
      needsQuotes = true
      text += "\\\(scalar)"
    case "\n":
      needsQuotes = true
      text += "\\n"
    case let scalar where isUnsafeToShow(scalar):
      needsQuotes = true
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      if scalar == " " || scalar == "=" { needsQuotes = true }
      text.unicodeScalars.append(scalar)
    }
  }
  return needsQuotes ? "\"\(text)\"" : text
}

/// Whether a character does something to a terminal, or hides, rather than being seen.
private func isUnsafeToShow(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0...0x1F, 0x7F...0x9F: true
  case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
  case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
  case 0x20...0x7E: false
  default:
    switch scalar.properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }
}
