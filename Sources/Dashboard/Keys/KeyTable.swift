public import Terminal

/// The keys of a command and how help shows it.
public struct KeyBinding: Equatable, Sendable {
  /// Where help lists it.
  public enum Group: String, CaseIterable, Sendable {
    case move = "MOVE"
    case find = "FIND"
    case mark = "MARK"
    case time = "TIME"
    case view = "VIEW"
    case program = "PROGRAM"
  }

  /// The first is the one that hints show.
  public internal(set) var keys: [Key]
  public let command: Command
  public let group: Group
  /// What it does, for help; empty if the line of the binding before says it for both.
  public let help: String
  /// The word in the line of hints; nil if it is not among them.
  public let hint: String?

  /// The keys by themselves; nil for a command that can only be typed.
  init?(_ command: Command) {
    guard let key = command.row.key else { return nil }
    self.command = command
    (keys, group, help, hint) = (key.keys, key.group, key.help, key.hint)
  }
}

/// The keys in force: read by the state, by help and by the hints alike.
public struct KeyTable: Equatable, Sendable, Codable {
  /// In the order help lists them; a command without a key has a binding without one.
  public let bindings: [KeyBinding]
  private let commands: [Key: Command]

  /// The keys of a program that was told nothing of them.
  public static let standard = KeyTable(Command.allCases.compactMap { KeyBinding($0) })

  private init(_ bindings: [KeyBinding]) {
    self.bindings = bindings
    let keys = bindings.flatMap { binding in binding.keys.map { ($0, binding.command) } }
    commands = Dictionary(keys) { first, _ in first }
  }

  /// These keys, with those of some commands in place of their own.
  public func binding(_ changes: [Command: [Key]]) -> KeyTable {
    var bindings = bindings
    for place in bindings.indices {
      bindings[place].keys = changes[bindings[place].command] ?? bindings[place].keys
    }
    return KeyTable(bindings)
  }

  /// The command of a key; nil if it has none.
  public func command(for key: Key) -> Command? { commands[key] }

  /// The keys of a command, the first of which hints show.
  public func keys(of command: Command) -> [Key] {
    bindings.first { $0.command == command }?.keys ?? []
  }

  /// What a sentence calls the way to a command: its first key, else its name in the configuration file.
  public func name(of command: Command) -> String {
    keys(of: command).first?.description ?? command.rawValue
  }

  /// Coded as the names of all keys by command, so that a recording keeps those it was made with.
  public init(from decoder: any Decoder) throws {
    let names = try decoder.singleValueContainer().decode([String: [String]].self)
    var keys = Dictionary(uniqueKeysWithValues: Command.allCases.map { ($0, [Key]()) })
    for (name, texts) in names {
      if let command = Command(rawValue: name) { keys[command] = texts.compactMap { Key($0) } }
    }
    self = Self.standard.binding(keys)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    let names = bindings.map { ($0.command.rawValue, $0.keys.map(\.description)) }
    try container.encode(Dictionary(uniqueKeysWithValues: names))
  }
}

extension Command {
  /// The commands that a key can be given to, in the order of help.
  public static let bindable = KeyTable.standard.bindings.map(\.command)

  /// What moves by its key; nil if that does something else.
  var motion: Motion? { row.key?.motion }

  /// The number of the region that its key shows, 0 for all of them; nil if that does something else.
  public var regionNumber: Int? { row.key?.regionNumber }
}
