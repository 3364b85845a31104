import Model

extension DashboardState {
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
        let help = ["\(counts.total) generators"] + alarms
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
