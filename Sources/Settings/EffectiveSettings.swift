internal import Wording
public import Arguments
internal import System

/// What is in force: options over variables over the context over the rest of the file over
/// defaults, each value with its origin.
public struct EffectiveSettings: Sendable {
  /// The file that was read; nil if none was named and there is none at the usual place.
  public private(set) var configurationFile: String?
  /// The name of the context in force.
  public private(set) var context: String?
  /// The commands whose settings count; those of others are checked in the file, and that is all.
  let commands: CommandSet
  var layer: SettingsLayer
  let files: SettingsFiles
  /// Variables that look like ours and are not, and what else may be a mistake.
  var warnings: [String]
  /// What the file says of keys, outside of its contexts and within each, the unused ones included.
  public let keyVariants: [[KeySetting]]
  /// Where the user's themes are; nil where there is no home.
  let themeFolder: String?

  /// Reads the configuration file, if there is one, and puts all sources together.
  ///
  /// - Parameters:
  ///   - arguments: What was typed, and the variables that stand for options.
  ///   - commands: Those that it was typed for.
  ///   - environment: All variables.
  ///   - files: Where files are read.
  /// - Throws: `SettingsError` for a named file that is not there, and for anything wrong in it.
  public init(
    _ arguments: ParsedArguments,
    for commands: CommandSet = .egtop,
    environment: [String: String],
    files: SettingsFiles = .system,
  ) throws(SettingsError) {
    let commandLine = try SettingsLayer.commandLine(
      arguments,
      for: commands,
      environment: environment,
    )
    let file = try Self.file(commandLine, environment: environment, files: files)
    var layer = SettingsLayer.defaults
    if let noColor = environment["NO_COLOR"], !noColor.isEmpty {
      let origin = ValueOrigin.environment("NO_COLOR")
      layer.set(\.screen.color, .never, at: origin)
    }
    let choice = commandLine.value(\.configuration.context) ?? file?.defaultContext
    layer.merge(file?.common ?? SettingsLayer())
    if let choice { layer.merge(try Self.context(choice, of: file)) }
    layer.merge(commandLine)
    layer.follow(\.egpipe.bridge.filters, \.mqtt.topics)
    self.commands = commands
    self.layer = layer
    keyVariants = Self.keyVariants(of: file)
    self.files = files
    configurationFile = file?.path
    context = choice?.value.text
    warnings = Self.unknownVariables(environment, of: commands.program)
    themeFolder = Self.folder(environment: environment).map { $0 + "/themes" }
  }

  /// The place where the file is looked for when none is named.
  ///
  /// `$XDG_CONFIG_HOME`, which has to be an absolute path, else `~/.config`.
  public static func defaultFile(environment: [String: String]) -> String? {
    folder(environment: environment).map { $0 + "/config.yaml" }
  }

  private static func folder(environment: [String: String]) -> String? {
    SettingsFiles.folder("XDG_CONFIG_HOME", else: ".config", environment).map { $0 + "/egtop" }
  }

  private static func file(
    _ commandLine: SettingsLayer,
    environment: [String: String],
    files: SettingsFiles,
  ) throws(SettingsError) -> ConfigurationFile? {
    let named = commandLine.value(\.configuration.file)
    guard let path = named?.value.text ?? defaultFile(environment: environment) else { return nil }
    let text: String? =
      if let named {
        try files.text(path, limit: 4 << 20, for: named.origin)
      } else {
        try files.textIfThere(path, limit: 4 << 20)
      }
    guard let text else { return nil }
    return try ConfigurationFile(path: path, text: text, home: environment["HOME"], files: files)
  }

  private static func context(
    _ choice: ParsedValue,
    of file: ConfigurationFile?,
  ) throws(SettingsError) -> SettingsLayer {
    let name = choice.value.text
    if let found = file?.contexts.first(where: { $0.name == name }) { return found.layer }
    let names = file?.contexts.map(\.name) ?? []
    let place = file.map { "in \($0.path)" } ?? "without a configuration file"
    let all = names.isEmpty ? "" : " (there are: \(names.joined(separator: ", ")))"
    let hint = Spelling.hint(for: name, in: names, else: all)
    throw SettingsError("there is no context \"\(name)\" \(place)" + hint, at: choice.origin)
  }

  private static func keyVariants(of file: ConfigurationFile?) -> [[KeySetting]] {
    guard let file else { return [] }
    return [file.common.keys]
      + file.contexts.map { context in
        var layer = file.common
        layer.merge(context.layer)
        return layer.keys
      }
  }

  /// egpipe knows the variables of both programs, egtop its own.
  private static func unknownVariables(
    _ environment: [String: String],
    of program: String,
  ) -> [String] {
    let known = SettingsTable.rows.compactMap(\.environment) + ["EGPIPE_CRASH"]
    let unknown = environment.keys.filter { name in
      let isOurs = name.hasPrefix("EGTOP_") || program == "egpipe" && name.hasPrefix("EGPIPE_")
      return isOurs && !known.contains(name)
    }
    return unknown.sorted().map { name in
      let owner = name.hasPrefix("EGTOP_") ? "egtop" : "egpipe"
      return "\(name): \(owner) has no such variable".printable
        + Spelling.hint(for: name, in: known)
    }
  }
}

// MARK: - Reading and setting by the table

extension EffectiveSettings {
  /// What a setting is.
  public subscript<Content>(path: KeyPath<SettingsTable, Setting<Content>>) -> Content {
    layer[path]
  }

  /// Says what a setting is when nobody said it.
  public mutating func setDefault<Content>(
    _ path: KeyPath<SettingsTable, Setting<Content>>,
    _ content: Content,
  ) {
    guard layer.origin(of: path) == .default else { return }
    layer.set(path, content, at: .default)
  }
}
