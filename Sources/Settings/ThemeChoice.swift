internal import Arguments
internal import System
internal import Wording

/// The theme to begin with, and where those of the user are.
public struct ThemeChoice: Equatable, Sendable {
  /// One of ``SettingsTable/themes``, of a file in the folder, or the path of a file.
  public var name: String
  /// Where the user's themes are, `NAME.yaml` each; nil where there is no home.
  public var folder: String?
  /// Whether someone asked for it: else a recording may have its own.
  public var isChosen = false

  /// The file, if the name is the path of one.
  public var path: String? { Self.isPath(name) ? name : nil }

  static func isPath(_ text: String) -> Bool {
    text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml")
  }
}

extension EffectiveSettings {
  /// The theme that was asked for.
  ///
  /// What its file holds is not looked at: a theme that is broken is told on the screen, with its colours as they
  /// are by default.
  ///
  /// - Throws: `SettingsError` when there is no such theme, or its file cannot be read.
  func themeChoice() throws(SettingsError) -> ThemeChoice {
    let name = layer[\.screen.theme]
    let origin = layer.origin(of: \.screen.theme)
    let choice = ThemeChoice(name: name, folder: themeFolder, isChosen: origin != .default)
    if let path = choice.path {
      _ = try files.text(path, limit: 1 << 16, for: origin)
      return choice
    }
    if SettingsTable.themes.contains(name) { return choice }
    if let folder = themeFolder, !name.hasPrefix(".") {
      do throws(SystemError) {
        _ = try files.read("\(folder)/\(name).yaml", 1 << 16)
        return choice
      } catch  where error.isNotFound {
      } catch {
        throw SettingsError(error.description, at: origin)
      }
    }
    throw noSuchTheme(name, at: origin)
  }

  private func noSuchTheme(_ name: String, at origin: ValueOrigin) -> SettingsError {
    let kind = ValueKind.wordOrFile(SettingsTable.themes)
    let folder = themeFolder.map { " in \($0)" } ?? ""
    let hint = Spelling.hint(for: name, in: kind.words, else: folder)
    return SettingsError("\"\(name)\" is not \(kind.expectation)" + hint, at: origin)
  }
}
