import CNcurses
import System

/// The character set of the locale: what can be drawn at all.
struct ScreenLocale: Equatable {
  /// Whether every character of Unicode can be sent.
  let isUTF8: Bool
  /// What was not as asked for, for the status page.
  let note: String?

  /// The locale that the environment names for characters (`LC_ALL`, `LC_CTYPE`, `LANG`); `C` if none.
  static func name(_ environment: Environment) -> String {
    environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? "C"
  }

  /// Whether the name of a locale claims UTF-8, installed or not.
  static func claimsUTF8(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower.hasSuffix("utf-8") || lower.hasSuffix("utf8") || lower.contains("utf-8@")
      || lower.contains("utf8@")
  }

  /// Sets the locale of the process for characters, and for nothing else.
  ///
  /// Where the locale that the client sent is not installed but claims UTF-8, `C.UTF-8` stands in for it. Call it
  /// before there are threads.
  static func set(_ environment: Environment, wantsUnicode: Bool) -> ScreenLocale {
    let name = name(environment)
    if setlocale(LC_CTYPE, name) == nil { setlocale(LC_CTYPE, "C") }
    if CNcurses_isUTF8() != 0 { return ScreenLocale(isUTF8: true, note: nil) }
    if claimsUTF8(name) || wantsUnicode {
      for standIn in ["C.UTF-8", "C.utf8", "en_US.UTF-8"]
      where setlocale(LC_CTYPE, standIn) != nil && CNcurses_isUTF8() != 0 {
        let reason = claimsUTF8(name) ? "is not installed" : "is not a UTF-8 locale"
        return ScreenLocale(isUTF8: true, note: "locale \(name) \(reason): \(standIn) is used")
      }
    }
    return ScreenLocale(isUTF8: false, note: "locale \(name) has no UTF-8: ASCII is drawn")
  }
}
