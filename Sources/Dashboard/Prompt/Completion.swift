/// What can stand at the cursor of the `:` prompt.
public struct Completion: Codable, Equatable, Sendable {
  /// Something to choose.
  public struct Candidate: Codable, Equatable, Sendable {
    public var text: String
    /// What it is, in a few words; may be empty.
    public var help: String

    init(_ text: String, _ help: String = "") {
      self.text = text
      self.help = help
    }
  }

  /// The characters of the line that a candidate takes the place of.
  var range = 0..<0
  /// At most ``most``, the likeliest first.
  public var candidates: [Candidate] = []
  /// The one that Tab has put into the line.
  public var chosen: Int?
  /// Whether a space can follow: another word or argument.
  var goesOn = false
  /// Whether themes are asked for.
  var wantsThemes = false

  /// The most candidates that are looked for.
  public static let most = 60

  init() {}
}

extension Completion.Candidate {
  /// How well it fits what is typed: the higher the better; nil for not at all.
  fileprivate func fit(_ typed: String) -> Int? {
    let name = text.lowercased()
    if name.hasPrefix(typed) { return 2 }
    return name.contains(typed) ? 1 : nil
  }
}

extension [Completion.Candidate] {
  /// Those that fit what is typed: those that begin with it first.
  func fitting(_ typed: String) -> [Completion.Candidate] {
    let typed = typed.lowercased()
    guard !typed.isEmpty else { return Array(prefix(Completion.most)) }
    let fits = map { ($0, $0.fit(typed)) }
    let found = fits.filter { $0.1 == 2 } + fits.filter { $0.1 == 1 }
    return found.prefix(Completion.most).map(\.0)
  }
}
