import Model
import Wording

/// That the program was stopped for some time.
struct Absence: Sendable {
  var since: Int64
  /// How many alarms had been raised before.
  var alarms: Int
  /// When it was over; nil while it lasts.
  var endedAt: Int64?
  /// What was said of it last.
  var told: String?

  /// Whether it is no longer worth a word.
  func isOld(at now: Int64) -> Bool { endedAt.map { now.seconds(since: $0) >= 5 } ?? false }

  /// How long it was, and what came up meanwhile.
  func words(alarms now: Int) -> String {
    let away = Figures.span((endedAt ?? since).seconds(since: since))
    return "away \(away), \(Phrases.count(now - alarms, "new alarm"))"
  }
}
