internal import System
internal import YAML

/// What the screen of one context was left like, in the words of the file.
public struct StoredView: Equatable, Sendable {
  /// Nil where no context was in force.
  public var context: String?
  public var sort: String?
  public var isInverted = false
  public var isGrouped = false
  public var hiddenColumns: [String] = []
  public var shownColumns: [String] = []
  public var pins: [String] = []
  public var filter = ""
  public var regions: [String] = []
  /// The name of the preset.
  public var preset: String?
  public var theme: String?
  /// What was typed at the prompt, the oldest first.
  public var history: [String] = []

  public init(context: String?) {
    self.context = context
  }
}

/// The file in which egtop keeps what operators choose on the screen: `state.yaml`.
public enum StateFile {
  /// What such a file may have at most, in bytes.
  public static let limit = 1 << 20

  /// The place of the file; nil without a home.
  ///
  /// `$XDG_STATE_HOME`, which has to be an absolute path, else `~/.local/state`.
  public static func path(environment: [String: String]) -> String? {
    if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
      return folder + "/egtop/state.yaml"
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    return home + "/.local/state/egtop/state.yaml"
  }

  /// The views in the file at `path`; none if there is no such file.
  ///
  /// - Throws: `SettingsError` for a file that cannot be read or understood, with its line.
  public static func views(
    at path: String,
    files: SettingsFiles = .system
  ) throws(SettingsError) -> [StoredView] {
    do throws(SystemError) {
      _ = try files.read(path, limit)
    } catch {
      if error.isNotFound { return [] }
    }
    let text = try files.text(path, limit: limit, for: nil)
    do throws(YAMLError) {
      return try views(in: YAMLDocument.parse(text))
    } catch {
      throw SettingsError(error, in: path)
    }
  }

  /// Keys that are not known are those of a newer egtop, and nothing to complain about.
  private static func views(in root: YAMLNode) throws(YAMLError) -> [StoredView] {
    guard let list = root["views"], !list.isNull else { return [] }
    var views: [StoredView] = []
    for node in try list.sequence() {
      var view = StoredView(context: nil)
      for entry in try node.mapping() where !entry.value.isNull {
        try read(entry, into: &view)
      }
      views.append(view)
    }
    return views
  }

  private static func read(
    _ entry: YAMLEntry,
    into view: inout StoredView
  ) throws(YAMLError) {
    switch entry.name {
    case "context": view.context = try entry.value.string()
    case "sort": view.sort = try entry.value.string()
    case "inverted": view.isInverted = try entry.value.bool()
    case "grouped": view.isGrouped = try entry.value.bool()
    case "hiddenColumns": view.hiddenColumns = try entry.value.strings()
    case "shownColumns": view.shownColumns = try entry.value.strings()
    case "pins": view.pins = try entry.value.strings()
    case "filter": view.filter = try entry.value.string()
    case "theme": view.theme = try entry.value.string()
    case "history": view.history = try entry.value.strings()
    case "regions": view.regions = try entry.value.strings()
    case "preset": view.preset = try entry.value.string()
    default: break
    }
  }

  /// The text of a file with these views.
  public static func text(_ views: [StoredView]) -> String {
    let lines = views.flatMap { view in
      [
        "  - context: \(view.context.map(quoted) ?? "null")",
        view.sort.map { "    sort: \(quoted($0))" },
        "    inverted: \(view.isInverted)",
        "    grouped: \(view.isGrouped)",
        "    hiddenColumns: \(list(view.hiddenColumns))",
        view.shownColumns.isEmpty ? nil : "    shownColumns: \(list(view.shownColumns))",
        "    pins: \(list(view.pins))",
        "    filter: \(quoted(view.filter))",
        "    regions: \(list(view.regions))",
        view.preset.map { "    preset: \(quoted($0))" },
        view.theme.map { "    theme: \(quoted($0))" },
        "    history: \(list(view.history))",
      ].compactMap { $0 }
    }
    let heading = "# How egtop was left, which writes this file; delete it to begin anew.\nviews:\n"
    return heading + lines.map { $0 + "\n" }.joined()
  }

  private static func list(_ texts: [String]) -> String {
    "[\(texts.map(quoted).joined(separator: ", "))]"
  }

  /// In quotes even where none are needed: an id may be `no` or `1e3`.
  private static func quoted(_ text: String) -> String {
    let scalar = EffectiveSettings.scalar(text)
    return scalar.hasPrefix("\"") ? scalar : "\"\(scalar)\""
  }
}
