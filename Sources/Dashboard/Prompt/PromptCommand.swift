/// What can be typed for a command at the `:` prompt: its name, what follows it, and what help says.
public struct PromptCommand: Sendable {
  public let command: Command
  private let part: TypedPart

  /// All of them in the order of help: read by the prompt, by help and by the manual alike.
  public static let all =
    Command.allCases.compactMap { PromptCommand($0) }.sorted { $0.part.order < $1.part.order }

  /// Nil for a command that has only a key.
  init?(_ command: Command) {
    guard let part = command.row.typed else { return nil }
    (self.command, self.part) = (command, part)
  }

  public var name: String { part.name ?? command.rawValue }

  /// What may be typed for its name as well; nil for nothing.
  public var shortName: String? { part.shortName }

  /// What follows its name, for help: capitals stand for what is to be typed.
  public var arguments: String { part.arguments }

  /// What it does, in a few words.
  public var help: String { part.help }

  /// Its name with what follows it.
  public var usage: String { arguments.isEmpty ? name : "\(name) \(arguments)" }

  /// What it takes and what it does, for the list of candidates.
  public var explanation: String { arguments.isEmpty ? help : "\(help): \(arguments)" }

  var options: TypedPart.Options { part.options }

  /// What the word at a place may be; nil where no more is taken.
  func value(at place: Int) -> PromptValue? {
    if part.values.indices.contains(place) { return part.values[place] }
    return part.values.last.flatMap { $0.extent == .list ? $0 : nil }
  }

  /// How many words it takes; nil for any number.
  var mostWords: Int? {
    part.values.last.map { $0.extent == .word } ?? true ? part.values.count : nil
  }

  /// Carries out a line that begins with it.
  func run(_ line: CommandWords, on state: inout DashboardState) throws(LineError) -> [Effect] {
    do {
      return try part.run(&state, line)
    } catch {
      throw error as? LineError ?? LineError("\(error)", at: line.name)
    }
  }
}
