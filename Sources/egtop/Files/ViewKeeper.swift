import Dashboard
import Decoding
import FoundationEssentials
import Model
import Settings
import System

/// Keeps what the operator chose on the screen, in a file and on a thread of its own.
final class ViewKeeper: Sendable {
  private let writer: NewestWriter<ViewChoices>

  /// Starts the thread; nothing is read or written yet.
  init(path: String, context: String?) throws(SystemError) {
    writer = try NewestWriter("view") { try Self.write($0, to: path, context) }
  }

  /// Why the last view could not be kept; nil while all is well.
  var failure: String? { writer.failure }

  /// Hands over a view to be kept; returns at once.
  func keep(_ view: ViewChoices) { writer.write(view) }

  /// Waits until the last view is written, but not for long.
  func close() { writer.close() }

  /// Reads the file anew first: another egtop may have kept the view of another context.
  private static func write(_ view: ViewChoices, to path: String, _ context: String?) throws {
    var views = try StateFile.views(at: path, like: StoredView.sample)
    views.removeAll { $0.context == context }
    views.append(StoredView(view, context: context))
    try makeDirectories(path.parentFolder)
    try writeFileAtomically(path, Array(StateFile.text(views).utf8), mode: 0o600)
  }
}

extension ViewKeeper {
  /// Lets the screen begin as it was left, and gives what keeps it for the next time.
  ///
  /// - Returns: nil if nothing is to be remembered or can be; a fleet that is made up has nothing to do
  ///   with the next one.
  /// - Throws: `SystemError` when there is no room for a thread.
  static func taking(
    up settings: Settings,
    into options: inout DashboardOptions
  ) throws(SystemError) -> ViewKeeper? {
    guard settings.screen.remembers, options.demo == nil,
      let path = StateFile.path(environment: Environment.current().values)
    else { return nil }
    do throws(SettingsError) {
      let views = try StateFile.views(at: path, like: StoredView.sample)
      if let view = views.last(where: { $0.context == settings.context }) {
        options.begin(asLeft: ViewChoices(view), settings)
      }
    } catch {
      // What somebody else wrote there is not written over.
      options.notes.append(Scrub.text("the view is not remembered: \(error)"))
      return nil
    }
    return try ViewKeeper(path: path, context: settings.context)
  }
}

extension String {
  /// The folder of a path, without the slash at its end.
  var parentFolder: String {
    lastIndex(of: "/").map { String(self[..<$0]) } ?? "."
  }
}

extension StoredView {
  /// Values of the kinds that those choices have which last.
  static let sample: [String: StoredValue] = {
    // A choice that can be missing is a text.
    let texts = ViewChoices.lastingNames.map { ($0, StoredValue.text("")) }
    var choices = ViewChoices()
    choices.showColumns(but: [])
    return Dictionary(uniqueKeysWithValues: texts)
      .merging(StoredView(choices, context: nil).values) { $1 }
  }()

  /// What of the choices lasts.
  init(_ choices: ViewChoices, context: String?) {
    let data = try? JSONEncoder().encode(choices)
    let all = data.flatMap { try? JSONDecoder().decode([String: StoredValue].self, from: $0) }
    self.init(
      context: context,
      values: (all ?? [:]).filter { ViewChoices.lastingNames.contains($0.key) }
    )
  }
}

extension ViewChoices {
  /// What a file says, as far as it can be understood; texts are from outside and made safe.
  init(_ stored: StoredView) {
    let data = try? JSONEncoder().encode(stored.values.mapValues(\.madeSafe))
    let choices = data.flatMap { try? JSONDecoder().decode(ViewChoices.self, from: $0) }
    self = (choices ?? ViewChoices()).bounded
  }
}

extension StoredValue {
  fileprivate var madeSafe: StoredValue {
    switch self {
    case .flag: self
    case .text(let text): .text(Scrub.text(text, limit: FleetFilter.longest))
    case .texts(let texts): .texts(texts.map { Scrub.text($0, limit: FleetFilter.longest) })
    }
  }
}

extension DashboardOptions {
  /// Begins as the screen was left, but for what the settings say.
  mutating func begin(asLeft left: ViewChoices, _ settings: Settings) {
    var left = left
    if (try? FleetFilter(left.filter, unit: policy.unit)) == nil { left.filter = "" }
    choices.copyLasting(from: left)
    choices.override(by: settings)
    reminder = choices.reminder(of: left)
  }
}
