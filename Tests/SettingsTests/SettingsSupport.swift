import Arguments
import System

@testable import Settings

/// Files that exist only in a test: path to text; those in `open` can be read by others.
func files(_ texts: [String: String], open: Set<String> = []) -> SettingsFiles {
  SettingsFiles(
    read: { (path, limit) throws(SystemError) in
      guard let text = texts[path] else {
        throw SystemError(action: "cannot open \(path)", code: 2)
      }
      return Array(text.utf8)
    },
    isOpenToOthers: { (path) throws(SystemError) in
      guard texts[path] != nil else {
        throw SystemError(action: "cannot look at \(path)", code: 2)
      }
      return open.contains(path)
    },
  )
}

/// One start of the program: what was typed, what was in the environment and in files.
struct Start {
  var words = ""
  var environment: [String: String] = [:]
  /// The text of `/etc/c.yaml`, which is named by `--config` if it is not nil.
  var config: String?
  var texts: [String: String] = [:]
  var open: Set<String> = []
  var commands = CommandSet.fleets
  var feeds = FeedRequirement.optional

  func effective() throws -> EffectiveSettings {
    var texts = texts
    var typed = words.split(separator: " ").map(String.init)
    if let config {
      texts["/etc/c.yaml"] = config
      typed += ["--config", "/etc/c.yaml"]
    }
    let options = SettingsTable.options(for: commands)
    let command = Command("egtop", summary: "", options: options)
    let parsed = try CommandParser.parse(typed, environment: environment, root: command)
    guard case .command(let arguments) = parsed else { throw SettingsError("no command") }
    return try EffectiveSettings(
      arguments,
      for: commands,
      environment: environment,
      files: files(texts, open: open),
    )
  }

  func settings() throws -> Settings {
    try effective().settings(feeds: feeds)
  }

  /// The text of the error that it ends with.
  func failure() -> String {
    do {
      _ = try settings()
      return "no error"
    } catch {
      return "\(error)"
    }
  }
}
