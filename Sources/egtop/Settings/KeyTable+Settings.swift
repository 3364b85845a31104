import Wording
import Arguments
import Dashboard
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
    var places: [Key: (command: Dashboard.Command, origin: SettingOrigin)] = [:]
    for setting in settings {
      let command = try Self.command(of: setting)
      var keys: [Key] = []
      for written in setting.keys {
        let key = try Self.key(of: written)
        if let other = places[key] {
          throw SettingsError(
            other.command == command
              ? "\(key) is given to \(command.rawValue) twice"
              : "\(key) is given to \(command.rawValue) and to \(other.command.rawValue) "
                + "(\(other.origin))",
            at: written.origin
          )
        }
        places[key] = (command, written.origin)
        keys.append(key)
        if let reason = Self.doubt(about: key) {
          warnings.append("\(written.origin): \(reason)")
        }
      }
      try Self.check(keys, of: command, at: setting.origin)
      changes[command] = keys
    }
    self = Self.standard.binding(changes)
    for (key, place) in places.sorted(by: { $0.key.description < $1.key.description }) {
      let other = Self.standard.command(for: key)
      guard let other, other != place.command, changes[other] == nil else { continue }
      throw SettingsError(
        "\(key) is the key of \(other.rawValue): give that another one, or none, "
          + "before \(place.command.rawValue) gets it",
        at: place.origin
      )
    }
  }

  private static func command(
    of setting: KeySetting
  ) throws(SettingsError) -> Dashboard.Command {
    let all = Dashboard.Command.bindable
    if let command = all.first(where: { $0.rawValue == setting.command }) { return command }
    let names = all.map(\.rawValue)
    let nearest = Spelling.nearest(to: setting.command, in: names)
    throw SettingsError(
      "there is no command \"\(setting.command)\""
        + (nearest.map { "; did you mean \($0)?" } ?? "; egtop --keys lists them"),
      at: setting.origin
    )
  }

  /// Without these nobody would find out of the program, or find out how.
  private static func check(
    _ keys: [Key],
    of command: Dashboard.Command,
    at origin: SettingOrigin
  ) throws(SettingsError) {
    switch command {
    case .help, .quit:
      guard keys.isEmpty else { return }
      throw SettingsError("\(command.rawValue) cannot be without a key", at: origin)
    case .back:
      guard !keys.contains(.escape) else { return }
      throw SettingsError("Esc always goes back: back keeps it", at: origin)
    case .quitNow:
      guard !keys.contains(.control("c")) else { return }
      throw SettingsError("Ctrl-c always quits: quitNow keeps it", at: origin)
    default:
      guard keys.contains(.control("c")) else { return }
      throw SettingsError("Ctrl-c always quits: \(command.rawValue) cannot have it", at: origin)
    }
  }

  // MARK: - Keys

  private static let named: [Key] = [
    .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left,
    .right, .pageUp, .pageDown, .home, .end,
  ]

  /// The key of a name; capitals matter in single letters alone.
  private static func key(of written: KeySetting.Key) throws(SettingsError) -> Key {
    let text = written.text
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
    let nearest = Spelling.nearest(to: text, in: names).map { "; did you mean \($0)?" }
    throw SettingsError(
      "no key is called \"\(text)\"" + (nearest ?? "; keys are written like j, Ctrl-d, PgUp, F1"),
      at: written.origin
    )
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
    _ written: KeySetting.Key
  ) throws(SettingsError) -> Key {
    let same: String? =
      switch letter {
      case "i": "Tab"
      case "j", "m": "Enter"
      case "h": "Backspace"
      case "[": "Esc"
      default: nil
      }
    if let same {
      let reason = "Ctrl-\(letter) and \(same) are one and the same to a terminal"
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

  /// For the file of settings as it is printed.
  static var help: [KeyHelp] {
    standard.bindings.map { binding in
      KeyHelp(command: binding.command.rawValue, keys: binding.keys.map(\.description))
    }
  }

  /// A line for each command: its name in the file of settings, its keys, and what it does.
  var printed: String {
    var help = ""
    let rows = bindings.map { binding in
      if !binding.help.isEmpty { help = binding.help }
      let keys = binding.keys.map(\.description).joined(separator: " ")
      return [binding.command.rawValue, keys.isEmpty ? "none" : keys, help]
    }
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = (0..<2).map { column in
        row[column] + String(repeating: " ", count: widths[column] - row[column].count)
      }
      return (cells + [row[2]]).joined(separator: "  ") + "\n"
    }.joined()
  }
}
