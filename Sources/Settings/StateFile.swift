internal import System
internal import YAML

/// A value of a choice, as the file has it.
public enum StoredValue: Codable, Equatable, Sendable {
  case flag(Bool)
  case text(String)
  case texts([String])

  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let texts = try? value.decode([String].self) {
      self = .texts(texts)
    } else {
      self = .text(try value.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .flag(let flag): try value.encode(flag)
    case .text(let text): try value.encode(text)
    case .texts(let texts): try value.encode(texts)
    }
  }
}

/// What the screen of one context was left like, in the words of the file.
public struct StoredView: Equatable, Sendable {
  /// Nil where no context was in force.
  public var context: String?
  /// By the names of the choices.
  public var values: [String: StoredValue]

  public init(context: String?, values: [String: StoredValue] = [:]) {
    self.context = context
    self.values = values
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
    let folder = SettingsFiles.folder("XDG_STATE_HOME", else: ".local/state", environment)
    return folder.flatMap { $0.hasPrefix("/") ? $0 + "/egtop/state.yaml" : nil }
  }

  /// The place of the file beside it in which it is kept what consumer groups lost; nil without a home.
  public static func lossesPath(environment: [String: String]) -> String? {
    path(environment: environment).map { $0.dropLast("state.yaml".count) + "losses.json" }
  }

  /// The views in the file at `path`; none if there is no such file.
  ///
  /// - Parameters:
  ///   - path: Where the file is.
  ///   - sample: Values of the kinds that the choices have.
  ///   - files: Reads the file.
  /// - Returns: The views in the file, in its order.
  /// - Throws: `SettingsError` for a file that cannot be read or understood, with its line.
  public static func views(
    at path: String,
    like sample: [String: StoredValue],
    files: SettingsFiles = .system
  ) throws(SettingsError) -> [StoredView] {
    guard let text = try files.textIfThere(path, limit: limit) else { return [] }
    do throws(YAMLError) {
      return try views(in: YAMLDocument.parse(text), like: sample)
    } catch {
      throw SettingsError(error, in: path)
    }
  }

  private static func views(
    in root: YAMLNode,
    like sample: [String: StoredValue]
  ) throws(YAMLError) -> [StoredView] {
    guard let list = root["views"], !list.isNull else { return [] }
    var views: [StoredView] = []
    for node in try list.sequence() {
      var view = StoredView(context: nil)
      for entry in try node.mapping() where !entry.value.isNull {
        if entry.name == "context" { view.context = try entry.value.string() }
        view.values[entry.name] = try value(entry.value, like: sample[entry.name])
      }
      views.append(view)
    }
    return views
  }

  /// Keys that are not known are those of a newer egtop, and nothing to complain about.
  private static func value(
    _ node: YAMLNode,
    like sample: StoredValue?
  ) throws(YAMLError) -> StoredValue? {
    switch sample {
    case .flag: .flag(try node.bool())
    case .text: .text(try node.string())
    case .texts: .texts(try node.strings())
    case nil: nil
    }
  }

  /// The text of a file with these views.
  public static func text(_ views: [StoredView]) -> String {
    let lines = views.flatMap { view in
      ["  - context: \(view.context.map(quoted) ?? "null")"]
        + view.values.sorted { $0.key < $1.key }.map { "    \($0): \(text($1))" }
    }
    let heading =
      "# How you left egtop, which writes this file; delete it to start afresh.\nviews:\n"
    return heading + lines.map { $0 + "\n" }.joined()
  }

  private static func text(_ value: StoredValue) -> String {
    switch value {
    case .flag(let flag): "\(flag)"
    case .text(let text): quoted(text)
    case .texts(let texts): "[\(texts.map(quoted).joined(separator: ", "))]"
    }
  }

  /// In quotes even where none are needed: an id may be `no` or `1e3`.
  private static func quoted(_ text: String) -> String {
    let scalar = EffectiveSettings.scalar(text)
    return scalar.hasPrefix("\"") ? scalar : "\"\(scalar)\""
  }
}
