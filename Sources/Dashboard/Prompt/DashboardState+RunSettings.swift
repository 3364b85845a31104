/// What `set` changes.
extension DashboardState {
  /// Those that can be changed here and now.
  var settings: [RunSetting] { RunSetting.all.filter { value(of: $0) != nil } }

  /// How a setting stands; nil where it cannot be changed.
  func value(of setting: RunSetting) -> String? {
    switch setting.values {
    case .words, .integer: runValues[setting.name]
    case .toggle(let isOn, _): isOn(self) ? "on" : "off"
    case .typed(_, let value): value(self)
    }
  }

  /// Changes a setting, or says how it stands.
  mutating func set(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard let word = line.words.first else { throw line.missing("name a setting") }
    let name = try word.choice(of: RunSetting.all.map(\.name), "setting")
    guard let setting = RunSetting.all.first(where: { $0.name == name }) else { return [] }
    guard let present = value(of: setting) else {
      throw CommandError("\(name) cannot be changed here", at: word.range)
    }
    guard line.words.count > 1 else {
      say("\(name) is \(present): \(setting.help) (\(setting.expectation))")
      return []
    }
    let value = line.words[1]
    switch setting.values {
    case .typed(let command, _):
      guard let command = PromptCommand(command) else { return [] }
      return try run(line.instead(command))
    case .words(let words): return set(name, try value.choice(of: words, "value"))
    case .toggle(_, let set):
      return set(&self, try value.choice(of: ["on", "off"], "value") == "on")
    case .integer(let range):
      guard let number = Int(value.text), range.contains(number) else {
        throw CommandError("a whole number, \(setting.expectation)", at: value.range)
      }
      return set(name, String(number))
    }
  }

  private mutating func set(_ name: String, _ value: String) -> [Effect] {
    runValues[name] = value
    say("\(name) is \(value)")
    return [.set(name: name, value: value)]
  }
}
