import Model

extension DashboardState {
  /// What can stand at the cursor of the line being typed.
  func completion(of prompt: Prompt) -> Completion {
    let head = String(prompt.text.prefix(prompt.cursor))
    let words = CommandWords.words(of: head)
    let isInWord = words.last?.range.upperBound == prompt.cursor
    guard words.count > 1 || words.count == 1 && !isInWord else {
      return named(words.first, at: prompt.cursor)
    }
    guard let line = try? CommandWords(head) else { return Completion() }
    let place = line.words.count - (isInWord ? 1 : 0)
    guard let value = line.command.value(at: place) else { return Completion() }
    let word = isInWord ? line.words.last : nil
    var completion = Completion()
    completion.range = (word?.range.lowerBound ?? prompt.cursor)..<prompt.cursor
    completion.goesOn = line.command.value(at: place + 1) != nil
    var typed = word?.text ?? ""
    if value == .regions {
      // A name may hold spaces: what counts is the last comma.
      let text = Array(head)
      let comma = text[line.rest.range.lowerBound...].lastIndex(of: ",").map { $0 + 1 }
      var start = min(comma ?? line.rest.range.lowerBound, prompt.cursor)
      while start < prompt.cursor, text[start].isWhitespace { start += 1 }
      completion.range = start..<prompt.cursor
      completion.goesOn = false
      typed = String(text[start...])
    }
    let isTheme = value == .theme || value == .settingValue && line.words.first?.text == "theme"
    completion.wantsThemes = isTheme && themes.entries.isEmpty
    completion.candidates = candidates(for: value, typed, after: line.words)
    return completion
  }

  /// The commands that begin with a word.
  private func named(_ word: CommandWords.Word?, at cursor: Int) -> Completion {
    var completion = Completion()
    completion.range = (word?.range.lowerBound ?? cursor)..<cursor
    completion.goesOn = true
    let typed = word?.text.lowercased() ?? ""
    completion.candidates = PromptTable.commands
      .filter { $0.name.hasPrefix(typed) || $0.shortName == typed }
      .map { Completion.Candidate($0.name, $0.explanation) }
    return completion
  }

  private func candidates(
    for value: PromptValue,
    _ typed: String,
    after words: [CommandWords.Word]
  ) -> [Completion.Candidate] {
    switch value {
    case .generator: generators(beginning: typed)
    case .setting:
      settings.map { Completion.Candidate($0.name, explanation(of: $0)) }.fitting(typed)
    case .settingValue: values(ofSetting: words.first?.text ?? "").fitting(typed)
    default: candidates(for: value).fitting(typed)
    }
  }

  /// All that a value can be; nothing for texts and for what depends on more than the state.
  func candidates(for value: PromptValue) -> [Completion.Candidate] {
    switch value {
    case .regions: regionCandidates
    case .sortColumn:
      SortColumn.allCases.map { Completion.Candidate($0.rawValue, $0.title) }
    case .direction:
      [("asc", false), ("desc", true)].map { word, isInverted in
        Completion.Candidate(word, isInverted ? "from high to low" : "from low to high")
      }
    case .column: columnCandidates
    case .toggle: [Completion.Candidate("on"), Completion.Candidate("off")]
    case .theme: themes.entries.map { Completion.Candidate($0.name, $0.about) }
    case .times:
      [("local", "the zone of this machine"), ("utc", "UTC"), ("age", "how long ago")]
        .map { Completion.Candidate($0.0, $0.1) }
    case .view: ViewID.allCases.map { Completion.Candidate($0.rawValue, $0.help) }
    case .pane:
      view.panes.map { Completion.Candidate($0.rawValue) }
        + [Completion.Candidate("off", "all panes")]
    case .format:
      [
        Completion.Candidate("csv", "a table, for spreadsheets"),
        Completion.Candidate("json", "as egtop --once --json prints it"),
      ]
    case .command:
      PromptTable.commands.map { Completion.Candidate($0.name, $0.explanation) }
    case .words(let words): words.map { Completion.Candidate($0) }
    case .generator, .setting, .settingValue, .text: []
    }
  }

  private var regionCandidates: [Completion.Candidate] {
    [Completion.Candidate("all", "all regions")]
      + fleet.regionsByName().map { region in
        let counts = fleet.regionCounts[Int(region)]
        let alarms = AlarmKind.allCases.filter { counts[$0] > 0 }.map { counts.words(of: $0) }
        let help = ["\(counts.total) generators"] + alarms
        return Completion.Candidate(fleet.regions[Int(region)], help.joined(separator: ", "))
      }
  }

  private var columnCandidates: [Completion.Candidate] {
    FleetColumn.choosable.map { column in
      let isHidden = hiddenColumns.contains(column)
      let text = (isHidden ? "+" : "-") + column.rawValue
      return Completion.Candidate(text, "\(isHidden ? "show" : "hide"): \(column.title)")
    } + [Completion.Candidate("all", "show all columns")]
  }

  /// Ids that begin with what is typed.
  private func generators(beginning typed: String) -> [Completion.Candidate] {
    let wanted = NameIndex.folded(typed)
    var found: [Completion.Candidate] = []
    for index in order.all where names.idBegins(with: wanted, index) {
      let place = Int(index)
      let region = fleet.regions[Int(fleet.generators[place].region)]
      let help = [fleet.names[place], region].compactMap { $0 }.joined(separator: ", ")
      found.append(Completion.Candidate(fleet.ids[place], help))
      if found.count == Completion.most { break }
    }
    return found
  }

  private func values(ofSetting name: String) -> [Completion.Candidate] {
    guard let setting = settings.first(where: { $0.name == name.lowercased() }) else { return [] }
    switch setting.values {
    case .words(let words): return words.map { Completion.Candidate($0) }
    case .integer: return []
    case .same(let verb):
      return (PromptTable.command(verb)?.value(at: 0)).map { candidates(for: $0) } ?? []
    }
  }

  private func explanation(of setting: RunSetting) -> String {
    "\(setting.help), now \(value(of: setting) ?? "not known")"
  }
}

extension PromptCommand {
  /// What the word at a place may be; nil where no more is taken.
  func value(at place: Int) -> PromptValue? {
    if values.indices.contains(place) { return values[place] }
    switch values.last {
    case .column: return .column
    case .regions: return .regions
    default: return nil
    }
  }

  /// What it takes and what it does, for the list of candidates.
  public var explanation: String {
    arguments.isEmpty ? help : "\(help): \(arguments)"
  }
}
