internal import Wording

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
    case let scalar where !scalar.isPrintable:
      needsQuotes = true
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default:
      if scalar == " " || scalar == "=" { needsQuotes = true }
      text.unicodeScalars.append(scalar)
    }
  }
  return needsQuotes ? "\"\(text)\"" : text
}
