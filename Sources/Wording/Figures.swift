/// How numbers are written; what is not known is never written as 0.
public enum Figures {
  /// With as many decimals as are asked for: `312`, `4.1`, `-0.5`.
  public static func number(_ value: Double, places: Int = 0) -> String {
    guard value.isFinite else { return "?" }
    let clamped = min(max(value, -1e12), 1e12)
    guard places > 0 else { return "\(Int(clamped.rounded()))" }
    let scale = scale(places)
    let parts = Int((clamped * Double(scale)).rounded())
    let decimals = digits(abs(parts) % scale, count: places)
    return "\(parts < 0 ? "-" : "")\(abs(parts) / scale).\(decimals)"
  }

  /// With decimals if it has any, at most so many: 500 and 499.7 are not the same.
  public static func exact(_ value: Double, most: Int = 1) -> String {
    number(value, places: hasDecimals(value, most: most) ? most : 0)
  }

  /// Whether rounding to a whole number would change what is read with so many decimals.
  public static func hasDecimals(_ value: Double, most: Int = 1) -> Bool {
    value.isFinite && abs(value) < 1e6
      && abs(value - value.rounded()) >= 0.5 / Double(scale(most))
  }

  private static func scale(_ places: Int) -> Int {
    (0..<min(max(0, places), 6)).reduce(1) { scale, _ in scale * 10 }
  }

  /// `4.1%`; what no tank can hold is written as beyond the scale.
  public static func percent(_ value: Double) -> String {
    guard value.isFinite else { return "?" }
    if value >= 1_000 { return ">999%" }
    if value <= -100 { return "<-99%" }
    return number(value, places: 1) + "%"
  }

  /// Few digits for many: `312`, `8.3k`, `41k`, `1.2M`.
  public static func compact(_ count: Double) -> String {
    guard count.isFinite else { return "?" }
    let size = abs(count)
    if size < 999.5 { return number(count) }
    if size < 9_950 { return number(count / 1e3, places: 1) + "k" }
    if size < 999_500 { return number(count / 1e3) + "k" }
    if size < 9_950_000 { return number(count / 1e6, places: 1) + "M" }
    return number(count / 1e6) + "M"
  }

  public static func compact(_ count: Int) -> String { compact(Double(count)) }

  /// All digits, in groups of three: `1 204 331`.
  public static func grouped(_ count: Int) -> String {
    var text = String(count.magnitude)
    var place = text.count - 3
    while place > 0 {
      text.insert(" ", at: text.index(text.startIndex, offsetBy: place))
      place -= 3
    }
    return count < 0 ? "-" + text : text
  }

  /// A count a second: `8.3k/s`, `0.4/s`.
  public static func rate(_ perSecond: Double) -> String {
    let isSmall = perSecond > 0 && perSecond < 9.95 && hasDecimals(perSecond)
    return (isSmall ? number(perSecond, places: 1) : compact(perSecond)) + "/s"
  }

  /// Bytes: `812 B`, `1.1 kB`, `48 MB`.
  public static func bytes(_ count: Int) -> String {
    let text = compact(count)
    guard let last = text.last, last == "k" || last == "M" else { return text + " B" }
    return "\(text.dropLast()) \(last)B"
  }

  /// As it is, without a decimal that is zero: `312`, `4.25`.
  public static func plain(_ value: Double) -> String {
    abs(value) < 1e15 && value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  /// To be read aloud: a whole number, or one decimal below ten.
  public static func spoken(_ value: Double) -> String {
    let scale: Double = abs(value) < 10 ? 10 : 1
    return plain((value * scale).rounded() / scale)
  }

  /// A coordinate to four decimals, which is ten metres: `54.9700`.
  public static func degrees(_ value: Double) -> String {
    let parts = Int(clamping: abs(value) * 10_000)
    return "\(value < 0 ? "-" : "")\(parts / 10_000).\(digits(parts % 10_000, count: 4))"
  }

  /// At least so many digits, with zeros before the number.
  public static func digits(_ number: Int, count: Int, radix: Int = 10) -> String {
    let text = String(number, radix: radix)
    return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
  }
}
