/// How numbers and spans of time are written; what is not known is never written as 0.
public enum Figures {
  /// With as many decimals as are asked for: `312`, `4.1`, `-0.5`.
  public static func number(_ value: Double, places: Int = 0) -> String {
    guard value.isFinite else { return "?" }
    let clamped = min(max(value, -1e12), 1e12)
    guard places > 0 else { return "\(Int(clamped.rounded()))" }
    let scale = scale(places)
    let parts = Int((clamped * Double(scale)).rounded())
    let decimals = String(abs(parts) % scale)
    let zeros = String(repeating: "0", count: places - decimals.count)
    return "\(parts < 0 ? "-" : "")\(abs(parts) / scale).\(zeros)\(decimals)"
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

  /// How old something is, in steps that let the eye rest: seconds up to 9, then tens of seconds,
  /// minutes, hours, days.
  public static func age(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "?" }
    let whole = Int(min(max(0, seconds), 1e9))
    return switch whole {
    case ..<10: "\(whole)s"
    case ..<60: "\(whole / 10 * 10)s"
    case ..<3_600: "\(whole / 60)m"
    case ..<172_800: "\(whole / 3_600)h"
    default: "\(min(whole / 86_400, 999))d"
    }
  }

  /// How long a message takes: `12 ms`, `1.9 s`, `31 s`, `4m`.
  public static func delay(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "?" }
    let seconds = max(0, seconds)
    if seconds == 0 { return "0 s" }
    if seconds < 0.0995 { return "\(Int((seconds * 1_000).rounded(.up))) ms" }
    if seconds < 0.995 { return "\(Int((seconds * 100).rounded()) * 10) ms" }
    if seconds < 9.95 { return number(seconds, places: 1) + " s" }
    if seconds < 120 { return number(seconds) + " s" }
    return age(seconds)
  }

  /// The time until a tank is empty: `0h21m`, `>99h`, `--` where none is foreseen.
  public static func timeToEmpty(_ seconds: Double?) -> String {
    guard let seconds, seconds.isFinite else { return "--" }
    if seconds >= 356_400 { return ">99h" }
    let minutes = Int(max(0, seconds)) / 60
    return "\(minutes / 60)h\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)m"
  }

  /// The time that is left of some minutes, in steps that let the eye rest: `10m`, `1m`, `30s`.
  public static func remaining(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "?" }
    let whole = Int(min(max(0, seconds.rounded(.up)), 1e6))
    return whole > 60 ? "\((whole + 59) / 60)m" : "\((whole + 9) / 10 * 10)s"
  }

  /// Whole seconds until a moment, rounded up; 0 when it has come.
  public static func countdown(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "?" }
    return "\(Int(min(max(0, seconds.rounded(.up)), 1e6)))s"
  }
}
