import Model
import Wording

/// A number of a filter, in the unit of its field.
struct FilterValue: Equatable, Sendable {
  var field: FilterNumber
  var number: Double
  /// How far a value may be from the number and still be equal: half its last place.
  var tolerance: Double

  /// Reads `15%`, `500u`, `2h`, `1h30m`, `95`, `12.5kw`.
  ///
  /// - Parameters:
  ///   - token: What stands behind the comparison.
  ///   - field: What it is compared with.
  ///   - unit: The fleet's unit of fuel; empty if it has none.
  /// - Throws: `LineError` for what is no number, or has a unit that the field has not.
  init(_ token: FilterToken, for field: FilterNumber, unit: String) throws(LineError) {
    let (text, range) = (token.text ?? "", token.range)
    let parts = Self.parts(text)
    guard let first = parts.first else {
      throw LineError("a number is needed, as in \(field.example)", at: range)
    }
    self.field = field
    (number, tolerance) = (first.number, first.place / 2)
    if field.isTime {
      guard let seconds = Self.seconds(parts) else {
        throw LineError("a time has s, m, h or d, as in \(field.example)", at: range)
      }
      (number, tolerance) = seconds
      return
    }
    let suffix = parts.count == 1 ? first.unit : text
    switch (field, suffix) {
    case (.percent, "%"): break
    case (.metric(let metric), let unit)
    where unit.isEmpty || metric.row.filter?.units.contains(unit) == true: break
    case (.percent, ""):
      // Nobody who means units shall get an empty list, or the whole fleet, without a word.
      guard number <= 100 else {
        throw LineError("over 100%: for units write \(text)\(unit.isEmpty ? "u" : unit)", at: range)
      }
    case (.percent, _) where Self.isFuel(suffix, unit): self.field = .metric(.fuel)
    case (.percent, _), (.timeToEmpty, _), (.metric, _), (.age, _):
      throw LineError("no such unit here; as in \(field.example)", at: range)
    }
  }

  /// `u` stands for whatever the tanks count in.
  private static func isFuel(_ suffix: String, _ unit: String) -> Bool {
    suffix == "u" || suffix == unit.lowercased() || suffix == "l" && unit.isEmpty
  }

  /// A time and its tolerance; nil for what has another unit.
  private static func seconds(_ parts: [Part]) -> (Double, Double)? {
    var total = 0.0
    var place = 0.0
    for part in parts {
      let length: Double? =
        switch part.unit {
        case "s", "m", "h", "d": TimeUnit(rawValue: part.unit)?.seconds
        case "min": TimeUnit.minute.seconds
        case "": part.number == 0 ? 1 : nil
        default: nil
        }
      guard let length else { return nil }
      total += part.number * length
      place = part.place * length
    }
    return (total, place / 2)
  }

  private struct Part {
    var number: Double
    /// What one of its last digit is worth.
    var place: Double
    /// In lower case.
    var unit: String
  }

  /// Numbers with what follows them; none if the text does not begin with a number.
  private static func parts(_ text: String) -> [Part] {
    var parts: [Part] = []
    var rest = text.lowercased()[...]
    while !rest.isEmpty {
      let sign = rest.first == "-" || rest.first == "+" ? 1 : 0
      let digits = rest.dropFirst(sign).prefix { $0 == "." || $0.isASCII && $0.isNumber }
      guard digits.count <= 15, digits.first != ".", digits.last != ".",
        let number = Double(rest.prefix(sign) + digits)
      else { return [] }
      rest = rest.dropFirst(sign + digits.count)
      let unit = rest.prefix { !($0.isASCII && $0.isNumber) && !"+-".contains($0) }
      rest = rest.dropFirst(unit.count)
      let decimals = digits.firstIndex(of: ".").map {
        digits.distance(from: $0, to: digits.endIndex)
      }
      let place = (1..<(decimals ?? 1)).reduce(1.0) { place, _ in place / 10 }
      parts.append(Part(number: number, place: place, unit: String(unit)))
    }
    return parts
  }
}
