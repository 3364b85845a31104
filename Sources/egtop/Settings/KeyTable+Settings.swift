import Wording
import Arguments
import Dashboard
import Report
import Settings
import Terminal

extension KeyTable {
  /// The keys that the settings leave: the standard ones, with those of some commands in their place.
  ///
  /// - Parameters:
  ///   - settings: What a file says of keys.
  ///   - warnings: Gets a sentence for each key that some terminals keep to themselves.
  /// - Throws: `SettingsError` at the first name or key that is wrong, and at a key of two commands.
  init(_ settings: [KeySetting], warnings: inout [String]) throws(SettingsError) {
    var changes: [Dashboard.Command: [Key]] = [:]
    var places: [Key: (Dashboard.Command, ValueOrigin)] = [:]
    for setting in settings {
      let command = try Self.command(of: setting)
      var keys: [Key] = []
      for written in setting.keys {
        let key = try Self.key(of: written)
        if let (other, place) = places[key] {
          let others = other == command ? "twice" : "and to \(other.rawValue) (\(place))"
          throw SettingsError(
            "\(key) is bound to \(command.rawValue) \(others)",
            at: written.origin
          )
        }
        places[key] = (command, written.origin)
        keys.append(key)
        if let doubt = Self.doubt(about: key) { warnings.append("\(written.origin): \(doubt)") }
      }
      try Self.check(keys, of: command, at: setting.origin)
      changes[command] = keys
    }
    self = Self.standard.binding(changes)
    for (key, (command, origin)) in places.sorted(by: { "\($0.key)" < "\($1.key)" }) {
      let other = Self.standard.command(for: key)
      guard let other, other != command, changes[other] == nil else { continue }
      throw SettingsError(
        "\(key) is the key of \(other.rawValue): give that another one, or none, "
          + "before \(command.rawValue) gets it",
        at: origin
      )
    }
  }

  private static func command(
    of setting: KeySetting
  ) throws(SettingsError) -> Dashboard.Command {
    let all = Dashboard.Command.bindable
    if let command = all.first(where: { $0.rawValue == setting.command }) { return command }
    let (name, names) = (setting.command, all.map(\.rawValue))
    let hint = Spelling.hint(for: name, in: names, else: "; egtop --keys lists them")
    throw SettingsError("there is no command \"\(name)\"" + hint, at: setting.origin)
  }

  /// Without these nobody would find out of the program, or find out how.
  private static func check(
    _ keys: [Key],
    of command: Dashboard.Command,
    at origin: ValueOrigin
  ) throws(SettingsError) {
    let name = command.rawValue
    let hasControlC = keys.contains(.control("c"))
    let refusal: String? =
      switch command {
      case .help, .quit: keys.isEmpty ? "\(name) must have a key" : nil
      case .back: keys.contains(.escape) ? nil : "Esc always goes back: back keeps it"
      case .quitNow: hasControlC ? nil : "Ctrl-c always quits: quitNow keeps it"
      default: hasControlC ? "Ctrl-c always quits: \(name) cannot have it" : nil
      }
    if let refusal { throw SettingsError(refusal, at: origin) }
  }

  // MARK: - Keys

  private static let named: [Key] = [
    .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left,
    .right, .pageUp, .pageDown, .home, .end,
  ]

  /// The key of a name; capitals matter in single letters alone.
  private static func key(of written: ParsedValue) throws(SettingsError) -> Key {
    let text = written.value.text
    if text.count == 1, let character = text.first, isTyped(character) {
      return .character(character)
    }
    let name = text.lowercased()
    if let key = named.first(where: { $0.description.lowercased() == name }) { return key }
    if name.first == "f", let number = Int(name.dropFirst()), (1...12).contains(number) {
      return .function(number)
    }
    if name.hasPrefix("ctrl-"), name.count == 6, let letter = name.last {
      return try control(letter, written)
    }
    let names = named.map(\.description) + ["Ctrl-d", "F1"]
    let likes = "; keys are written like j, Ctrl-d, PgUp, F1"
    let hint = Spelling.hint(for: text, in: names, else: likes)
    throw SettingsError("no key is called \"\(text)\"" + hint, at: written.origin)
  }

  /// Whether a character comes as one key.
  private static func isTyped(_ character: Character) -> Bool {
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
      character != " "
    else { return false }
    return scalar.isPrintable && scalar.properties.generalCategory != .nonspacingMark
  }

  private static func control(
    _ letter: Character,
    _ written: ParsedValue
  ) throws(SettingsError) -> Key {
    let twins: [Character: String] = [
      "i": "Tab", "j": "Enter", "m": "Enter", "h": "Backspace", "[": "Esc",
    ]
    if let same = twins[letter] {
      let reason = "Ctrl-\(letter) and \(same) are the same to a terminal"
      throw SettingsError("\(reason): write \(same)", at: written.origin)
    }
    guard ("a"..."z").contains(letter) || "\\]^_".contains(letter) else {
      throw SettingsError("no terminal sends Ctrl-\(letter)", at: written.origin)
    }
    return .control(letter)
  }

  /// Why a key may never arrive; nil for the others.
  private static func doubt(about key: Key) -> String? {
    switch key {
    case .control("s"), .control("q"):
      "\(key) stops or starts the output of many terminals and may not arrive"
    case .control("\\"), .control("v"), .control("o"), .control("y"):
      "\(key) is taken by the tty of some systems and may not arrive"
    case .control("b"): "Ctrl-b is the prefix of tmux and may not arrive"
    case .control("a"): "Ctrl-a is the prefix of screen and may not arrive"
    case .function(1), .function(10), .function(11):
      "\(key) is taken by some terminals and may not arrive"
    default: nil
    }
  }

  // MARK: - Printing

  /// For the configuration file as it is printed.
  static var help: [(command: String, keys: [String])] {
    standard.bindings.map { ($0.command.rawValue, $0.keys.map(\.description)) }
  }

  /// A line for each command: its name in the configuration file, its keys, and what it does.
  var printed: String {
    var help = ""
    let rows = bindings.map { binding in
      if !binding.help.isEmpty { help = binding.help }
      let keys = binding.keys.map(\.description).joined(separator: " ")
      return [binding.command.rawValue, keys.isEmpty ? "none" : keys, help]
    }
    return table(rows).map { $0 + "\n" }.joined()
  }
}
