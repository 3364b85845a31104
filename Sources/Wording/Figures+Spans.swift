/// How spans of time are written, all given in seconds.
extension Figures {
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

  /// In the two units that say most: `12s`, `4m12s`, `1h04m`.
  public static func span(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "?" }
    let whole = Int(min(max(0, seconds), 1e9))
    return switch whole {
    case ..<60: "\(whole)s"
    case ..<3_600: "\(whole / 60)m\(digits(whole % 60, count: 2))s"
    default: "\(whole / 3_600)h\(digits(whole / 60 % 60, count: 2))m"
    }
  }

  /// Hours and minutes as plain lines have them: `0h5m`.
  public static func hoursAndMinutes(_ seconds: Double) -> String {
    let minutes = Int(min(max(0, seconds), 3.6e6)) / 60
    return "\(minutes / 60)h\(minutes % 60)m"
  }

  /// To be read in a sentence: `less than 1 s`, `12 s`, `3 min`, `5 h`, `2 days`.
  public static func about(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "an unknown time" }
    let whole = Int(min(max(0, seconds), 86_400e6))
    return switch whole {
    case ..<1: "less than 1 s"
    case ..<120: "\(whole) s"
    case ..<7_200: "\(whole / 60) min"
    case ..<172_800: "\(whole / 3_600) h"
    default: "\(whole / 86_400) days"
    }
  }

  /// To be read aloud: `40 seconds`, `21 minutes`, `3 hours`.
  public static func spokenSpan(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "an unknown time" }
    let whole = Int(min(max(0, seconds.rounded()), 1e9))
    return switch whole {
    case ..<120: Phrases.count(whole, "second")
    case ..<7_200: Phrases.count(whole / 60, "minute")
    case ..<172_800: Phrases.count(whole / 3_600, "hour")
    default: Phrases.count(whole / 86_400, "day")
    }
  }
}
