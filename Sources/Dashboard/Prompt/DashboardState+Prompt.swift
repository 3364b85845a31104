import Model
import Terminal
import Wording

/// The line that is typed at the bottom of the screen: a filter, letters to find, or a command.
extension DashboardState {
  /// Begins to type: a filter goes on from the one in force.
  mutating func openPrompt(_ purpose: Prompt.Purpose) {
    let text = purpose == .filter ? filter.text : ""
    prompt = Prompt(purpose, text: text, before: filter, origin: selection)
  }

  /// A key while a line is being typed; the list follows at once.
  mutating func type(_ key: Key) -> [Effect] {
    guard let outcome = prompt?.press(key) else { return [] }
    switch outcome {
    case .nothing: break
    case .isChanged, .isMoved:
      if prompt?.purpose == .command { return complete() }
      if outcome == .isChanged { showWhatIsTyped() }
    case .putsIn(let step): return putInCandidate(step)
    case .recalls(let step): recall(step)
    case .findsAgain(let step): findAgain(step)
    case .switchesPurpose: switchPurpose()
    case .runs: return runLine()
    case .ends(let keeping): closePrompt(keeping: keeping)
    }
    return []
  }

  /// Lets the list follow what is typed; a filter that is wrong leaves the last good one in force.
  private mutating func showWhatIsTyped() {
    guard let prompt else { return }
    guard prompt.purpose == .filter else { return search(for: prompt.text) }
    do throws(LineError) {
      setFilter(try FleetFilter(prompt.text, unit: options.policy.unit))
      self.prompt?.mistake = nil
    } catch {
      self.prompt?.mistake = error
    }
  }

  /// Tab: the same text to find by instead of to filter by, and the other way round.
  private mutating func switchPurpose() {
    guard let prompt else { return }
    undoTyping(of: prompt)
    self.prompt?.mistake = nil
    self.prompt?.purpose = prompt.purpose == .filter ? .find : .filter
    showWhatIsTyped()
  }

  /// Undoes what typing has done.
  private mutating func undoTyping(of prompt: Prompt) {
    switch prompt.purpose {
    case .filter: setFilter(prompt.before)
    case .find:
      list.search = nil
      if let origin = prompt.origin { list.putCursor(onGenerator: origin, rows: fleetRows) }
    case .command: break
    }
  }

  /// Ends the typing, by Enter or Esc; what is no filter is not left by Enter, and its reason stays.
  mutating func closePrompt(keeping: Bool) {
    guard let prompt else { return }
    if keeping, let error = prompt.mistake { return say(error.reason) }
    if !keeping {
      undoTyping(of: prompt)
    } else if prompt.purpose == .find {
      revealHiddenMatch()
    }
    self.prompt = nil
  }

  // MARK: - A line with a command

  /// Opens the `:` prompt, with something typed already.
  mutating func openCommandLine(with text: String = "") -> [Effect] {
    prompt = Prompt(.command, text: text, before: filter, origin: selection)
    return complete()
  }

  /// Looks again for what can stand at the cursor, since the line has changed.
  mutating func complete() -> [Effect] {
    guard let prompt else { return [] }
    let completion = completion(of: prompt)
    self.prompt?.mistake = nil
    self.prompt?.completion = completion
    return completion.wantsThemes && !prompt.completion.wantsThemes ? [.listThemes] : []
  }

  /// Tab: puts the next candidate into the line, or the one before; a single one is final.
  mutating func putInCandidate(_ step: Int) -> [Effect] {
    prompt?.putInCandidate(step) == true ? complete() : []
  }

  /// Up and Down: lines of before that begin with what was typed.
  mutating func recall(_ step: Int) {
    prompt?.recall(step, of: choices.history)
    // What was typed before stays what is looked for; the candidates are those of the whole line.
    let found = prompt.map { completion(of: $0) }
    if let found { prompt?.completion = found }
  }

  /// Enter: carries out the line, or says what is wrong with it and lets it be put right.
  mutating func runLine() -> [Effect] {
    guard let line = prompt?.text else { return [] }
    bringUpToDate()
    do throws(LineError) {
      guard let words = try CommandWords(line) else {
        prompt = nil
        return []
      }
      try words.checkCount()
      let effects = try run(words)
      prompt = nil
      choices.addToHistory(String(line.drop { $0.isWhitespace || $0 == ":" }))
      return effects
    } catch {
      prompt?.mistake = error
      return []
    }
  }

  /// Carries out a line that has been cut up.
  ///
  /// - Throws: `LineError` with what is wrong; then nothing has changed.
  mutating func run(_ line: CommandWords) throws(LineError) -> [Effect] {
    let effects = try line.command.run(line, on: &self)
    if !line.command.options.contains(.keepsOverlay) { views.overlay = nil }
    return effects
  }

  // MARK: - What lines name

  /// The generator that the line names, else the one under the cursor.
  func generator(orCursor line: CommandWords) throws(LineError) -> GeneratorIndex {
    if !line.rest.text.isEmpty { return try generator(line.rest) }
    guard let selection, !list.isOnHeading else {
      throw line.missing("there is no generator under the cursor; name one")
    }
    return selection
  }

  /// The generator of an id, whatever its case.
  func generator(_ word: CommandWords.Word) throws(LineError) -> GeneratorIndex {
    let wanted = NameIndex.folded(word.text)
    var found: GeneratorIndex?
    for index in order.all where names.equals(wanted, .id(index)) {
      found = index
      // Ids may differ in case alone.
      if fleet.ids[Int(index)] == word.text { break }
    }
    if let found { return found }
    let known = fleet.count <= 20_000 ? fleet.ids : []
    let nearest = Spelling.nearest(to: word.text, in: known).map { "; did you mean \($0)?" }
    throw LineError("there is no generator \"\(word.text)\"" + (nearest ?? ""), at: word.range)
  }

  // MARK: - What `set` changes

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
  mutating func set(_ line: CommandWords) throws(LineError) -> [Effect] {
    let word = try line.firstWord(or: "name a setting")
    let setting = try word.choice(of: RunSetting.all, by: \.name, "setting")
    let name = setting.name
    guard let present = value(of: setting) else {
      throw LineError("\(name) cannot be changed here", at: word.range)
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
        throw LineError("a whole number, \(setting.expectation)", at: value.range)
      }
      return set(name, String(number))
    }
  }

  private mutating func set(_ name: String, _ value: String) -> [Effect] {
    runValues[name] = value
    say("\(name) is \(value)")
    return [.set(name: name, value: value)]
  }

  // MARK: - What can stand at the cursor

  private typealias Candidate = Completion.Candidate

  /// What can stand at the cursor of the line being typed.
  func completion(of prompt: Prompt) -> Completion {
    var completion = Completion()
    guard let request = CompletionRequest(String(prompt.text.prefix(prompt.cursor))) else {
      return completion
    }
    completion.range = request.range
    completion.goesOn = request.goesOn
    switch request.subject {
    case .commandName:
      completion.candidates = PromptCommand.all
        .filter { $0.name.hasPrefix(request.typed) || $0.shortName == request.typed }
        .map { Candidate($0.name, $0.explanation) }
    case .value(.generator, _):
      completion.candidates = generators(beginning: request.typed)
    case .value(let value, let words):
      let isTheme = value == .theme || value == .settingValue && words.first == "theme"
      completion.wantsThemes = isTheme && themes.entries.isEmpty
      completion.candidates = candidates(for: value, after: words).fitting(request.typed)
    }
    return completion
  }

  /// All that a value can be; nothing for texts, and for generators, which may be too many.
  private func candidates(for value: PromptValue, after words: [String] = []) -> [Candidate] {
    switch value {
    case .regions: regionCandidates
    case .sortColumn: offeredSorts.map { Candidate($0.rawValue, $0.title) }
    case .direction:
      [Candidate("asc", "from low to high"), Candidate("desc", "from high to low")]
    case .column: columnCandidates
    case .toggle: [Candidate("on"), Candidate("off")]
    case .theme: themes.entries.map { Candidate($0.name, $0.about) }
    case .times:
      [("local", "the zone of this machine"), ("utc", "UTC"), ("age", "how long ago")]
        .map { Candidate($0, $1) }
    case .view: ViewID.allCases.map { Candidate($0.rawValue, $0.help) }
    case .pane: view.panes.map { Candidate($0.rawValue) } + [Candidate("off", "all panes")]
    case .format:
      [("csv", "a table, for spreadsheets"), ("json", "as egtop --once --json prints it")]
        .map { Candidate($0, $1) }
    case .command: PromptCommand.all.map { Candidate($0.name, $0.explanation) }
    case .setting: settings.map { Candidate($0.name, explanation(of: $0)) }
    case .settingValue: values(ofSetting: words.first ?? "")
    case .words(let words): words.map { Candidate($0) }
    case .generator, .text: []
    }
  }

  private var regionCandidates: [Candidate] {
    [Candidate("all", "all regions")]
      + fleet.regionsByName().map { region in
        let counts = fleet.regionCounts[Int(region)]
        let alarms = AlarmKind.allCases.filter { counts[$0] > 0 }.map { counts.words(of: $0) }
        let help = [Phrases.count(counts.total, "generator")] + alarms
        return Candidate(fleet.regions[Int(region)], help.joined(separator: ", "))
      }
  }

  private var columnCandidates: [Candidate] {
    offeredColumns.map { column in
      let isHidden = !choices.shows(column)
      let text = (isHidden ? "+" : "-") + column.rawValue
      return Candidate(text, "\(isHidden ? "show" : "hide"): \(column.row.title)")
    } + [Candidate("all", "show all columns")]
  }

  /// Ids that begin with what is typed.
  private func generators(beginning typed: String) -> [Candidate] {
    let wanted = NameIndex.folded(typed)
    var found: [Candidate] = []
    for index in order.all where names.begins(with: wanted, .id(index)) {
      let place = Int(index)
      let region = fleet.regions[Int(fleet.generators[place].region)]
      let help = [fleet.names[place], region].compactMap { $0 }.joined(separator: ", ")
      found.append(Candidate(fleet.ids[place], help))
      if found.count == Completion.most { break }
    }
    return found
  }

  private func values(ofSetting name: String) -> [Candidate] {
    guard let setting = settings.first(where: { $0.name == name.lowercased() }) else { return [] }
    switch setting.values {
    case .words(let words): return words.map { Candidate($0) }
    case .integer: return []
    case .toggle: return candidates(for: .toggle)
    case .typed(let command, _):
      return PromptCommand(command)?.value(at: 0).map { candidates(for: $0) } ?? []
    }
  }

  private func explanation(of setting: RunSetting) -> String {
    "\(setting.help), now \(value(of: setting) ?? "not known")"
  }
}
