import Wording
import Decoding

/// The lines of `egtop check`: plain text, one for each step, aligned and scrubbed.
public final class CheckReport {
  private static let stepWidth = 10
  /// Longer than a line of a screen: a reason is worth reading to its end.
  private static let textLimit = 400

  private let write: (String) -> Void
  private var hasHeading = false
  /// Steps that failed.
  private(set) var failures = 0

  /// - Parameter write: Gets each line without its end, when it is known.
  public init(_ write: @escaping (String) -> Void) {
    self.write = write
  }

  /// Begins a connection.
  func heading(_ text: String) {
    if hasHeading { write("") }
    hasHeading = true
    write(Scrub.text(text, limit: Self.textLimit))
  }

  func good(_ step: String, _ text: String) { line("ok", step, text) }

  /// - Parameters:
  ///   - step: Its name.
  ///   - reason: What is wrong, without a full stop.
  ///   - advice: What to do about it.
  func failed(_ step: String, _ reason: String, _ advice: String) {
    failures += 1
    line("FAILED", step, "\(reason); \(advice)")
  }

  /// The step was not taken, for a reason.
  func leftOut(_ step: String, _ reason: String) { line("--", step, reason) }

  /// The steps could not be taken because one before them failed.
  func leftOut(_ steps: [String]) {
    for step in steps { leftOut(step, "not tried") }
  }

  /// A line before all steps.
  func note(_ text: String) { write("note: " + Scrub.text(text, limit: Self.textLimit)) }

  /// The last line.
  func conclude() {
    write("")
    write(failures == 0 ? "nothing failed" : Phrases.count(failures, "step") + " failed")
  }

  private func line(_ word: String, _ step: String, _ text: String) {
    let text = Scrub.text(text, limit: Self.textLimit)
    write("  \(padded(word, 6))  \(padded(step, Self.stepWidth))  \(text)")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
