import Dashboard
import Decoding
import Settings
import System
import Terminal
import Themes
import YAML

/// The themes in the program and in files, the one in use, and a look at its file every second.
///
/// A file that cannot be used changes nothing but ``problem``: the colours on the screen stay.
final class ThemeChooser {
  /// What a look at a file found.
  private typealias Text = Result<[UInt8], SystemError>

  /// The name of the theme that was chosen last, also when it cannot be used.
  private(set) var name = ""
  /// Why it cannot be used, with its file and line; safe to draw.
  private(set) var problem: String?
  /// What the screen shows, for people.
  var depth = ""

  private let choice: ThemeChoice
  private var entries: [ThemeEntry] = []
  /// A theme that was given by the path of its file.
  private let given: (name: String, path: String)?
  /// The file of the theme that was chosen; nil for one in the program.
  private var path: String?
  /// What the file held when it was last looked at, and when it was last read.
  private var seen: Text?
  private var used: Text?

  init(_ choice: ThemeChoice) {
    self.choice = choice
    given = choice.path.map { (Self.name(of: $0), $0) }
  }

  /// What a theme is called that is given by the path of its file: `mine` for `../mine.yaml`.
  static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.hasSuffix(".yaml") ? file.dropLast(5) : file.dropLast(4)
    return stem.isEmpty ? "file" : Scrub.text(String(stem), limit: 40)
  }

  /// The theme to begin with: the one of that name, else the one that was asked for.
  ///
  /// If it cannot be used, it is the first of the program's, and there is a ``problem``.
  func begin(with name: String?) -> Theme? {
    use(name ?? given?.name ?? choice.name) ?? Theme.named(Theme.names.first ?? "")
  }

  /// Chooses a theme; nil, and a ``problem``, when it cannot be used.
  func use(_ name: String) -> Theme? {
    self.name = name
    path = file(of: name)
    (seen, used, problem) = (nil, nil, nil)
    guard let path else {
      let theme = Theme.named(name)
      if theme == nil { problem = "there is no theme \"\(Scrub.text(name))\" here" }
      return theme
    }
    let text = Self.read(path)
    seen = text
    return read(text)
  }

  /// Looks at the file of the theme that was chosen: whether it has changed, and the theme if it can be used.
  ///
  /// A file that is just being written is left until two looks find the same in it.
  func look() -> (hasChanged: Bool, theme: Theme?) {
    guard let path else { return (false, nil) }
    let text = Self.read(path)
    defer { seen = text }
    guard text == seen, text != used else { return (false, nil) }
    return (true, read(text))
  }

  /// Looks for themes, which takes some milliseconds: not before someone asks for them.
  func list() { entries = findEntries() }

  /// What the state is to know, with the themes that were last found.
  func report(isReread: Bool = false) -> ThemeReport {
    var report = ThemeReport()
    report.entries = entries
    report.depth = depth
    report.problem = problem
    report.isReread = isReread
    return report
  }

  // MARK: - Files

  /// A user's theme wins over one of the program that has its name.
  private func file(of name: String) -> String? {
    if let given, given.name == name { return given.path }
    guard let folder = choice.folder, userNames.contains(name) else { return nil }
    return "\(folder)/\(name).yaml"
  }

  /// The names in the folder; those that are no plain words are left out.
  private var userNames: [String] {
    let names = choice.folder.map { fileNames(in: $0) } ?? []
    return names.filter { name in
      name.hasSuffix(".yaml") && (6...45).contains(name.utf8.count) && !name.hasPrefix(".")
        && name.unicodeScalars.allSatisfy { $0.isASCII && (0x21...0x7E).contains($0.value) }
    }.map { String($0.dropLast(5)) }.sorted()
  }

  private func findEntries() -> [ThemeEntry] {
    let users = userNames
    var found = Theme.names.map { name in
      let about = users.contains(name) ? "yours" : Theme.named(name)?.about ?? ""
      return ThemeEntry(name: name, about: about)
    }
    for name in users where !Theme.names.contains(name) {
      found.append(ThemeEntry(name: name, about: "yours"))
    }
    guard let given else { return found }
    found.removeAll { $0.name == given.name }
    return found + [ThemeEntry(name: given.name, about: Scrub.text(given.path, limit: 60))]
  }

  private static func read(_ path: String) -> Text {
    Text { () throws(SystemError) in try readFile(path, limit: 1 << 16) }
  }

  private func read(_ text: Text) -> Theme? {
    used = text
    problem = nil
    let file = "\(name).yaml"
    switch text {
    case .failure(let error): problem = Scrub.text(error.description, limit: 200)
    case .success(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        problem = "\(file) is not text in UTF-8"
        return nil
      }
      do throws(YAMLError) {
        return try Theme.parse(text, named: name)
      } catch {
        problem = Scrub.text("\(file):\(error.line):\(error.column): \(error.message)", limit: 200)
      }
    }
    return nil
  }
}

extension ColorDepth {
  /// For people.
  var words: String {
    switch self {
    case .mono: "no colours"
    case .eight, .sixteen, .palette: "\(rawValue) colours"
    case .trueColor: "true colour"
    }
  }
}
