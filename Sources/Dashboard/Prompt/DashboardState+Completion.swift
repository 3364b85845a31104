import Model

extension DashboardState {
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
        .map { Completion.Candidate($0.name, $0.explanation) }
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
  private func candidates(
    for value: PromptValue,
    after words: [String] = []
  ) -> [Completion.Candidate] {
    switch value {
    case .regions: regionCandidates
    case .sortColumn:
      offeredSorts.map { Completion.Candidate($0.rawValue, $0.title) }
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
      PromptCommand.all.map { Completion.Candidate($0.name, $0.explanation) }
    case .setting:
      settings.map { Completion.Candidate($0.name, explanation(of: $0)) }
    case .settingValue: values(ofSetting: words.first ?? "")
    case .words(let words): words.map { Completion.Candidate($0) }
    case .generator, .text: []
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
    offeredColumns.map { column in
      let isHidden = !choices.shows(column)
      let text = (isHidden ? "+" : "-") + column.rawValue
      return Completion.Candidate(text, "\(isHidden ? "show" : "hide"): \(column.row.title)")
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
    case .toggle: return candidates(for: .toggle)
    case .typed(let command, _):
      return PromptCommand(command)?.value(at: 0).map { candidates(for: $0) } ?? []
    }
  }

  private func explanation(of setting: RunSetting) -> String {
    "\(setting.help), now \(value(of: setting) ?? "not known")"
  }
}
