/// A theme that can be chosen.
public struct ThemeEntry: Codable, Equatable, Sendable {
  public var name: String
  /// What it is for, in a few words.
  public var about: String

  public init(name: String, about: String) {
    self.name = name
    self.about = about
  }
}

/// What the run loop knows of the themes, since the state reads no file.
public struct ThemeReport: Codable, Equatable, Sendable {
  /// In the order of the picker.
  public var entries: [ThemeEntry] = []
  /// What the screen shows, for people: `256 colours`.
  public var depth = ""
  /// What is wrong with the theme that was chosen: the screen keeps the one before.
  public var problem: String?
  /// Whether its file has changed and was read again.
  public var isReread = false

  public init() {}
}
