import Model

extension DashboardState {
  /// Carries out a line of the `:` prompt.
  ///
  /// - Throws: `CommandError` with what is wrong; then nothing has changed.
  mutating func carryOut(_ line: CommandWords) throws(CommandError) -> [Effect] {
    switch line.command.verb {
    case .region: try chooseRegions(line)
    case .filter: try takeFilter(line)
    case .sort: try sort(line)
    case .columns: try chooseColumns(line)
    case .group: try group(line)
    case .times: try chooseTimes(line)
    case .find, .goto, .mark, .unmark, .pin: try reach(line)
    case .view: try chooseView(line)
    case .zoom: try zoom(line)
    case .theme: return try chooseTheme(line)
    case .export: return try export(line)
    case .record: return try record(line)
    case .set: return try set(line)
    case .reconnect:
      guard options.replayed == nil else {
        throw CommandError("a recording has no connections", at: line.name)
      }
      return reconnect()
    case .quit: return [.quit]
    case .status: overlay = .status(scroll: 0)
    case .keys: overlay = .help(HelpPage())
    case .help: try explain(line)
    }
    if line.command.verb.showsPanes { overlay = nil }
    return []
  }

  mutating func reconnect() -> [Effect] {
    say(options.replayed == nil ? "trying all connections now" : "a recording has no connections")
    return options.replayed == nil ? [.reconnect] : []
  }

  // MARK: - What is shown

  private mutating func chooseRegions(_ line: CommandWords) throws(CommandError) {
    let parts = line.rest.listed
    guard !parts.isEmpty else { throw line.missing("name a region, or all") }
    if parts.count == 1, parts[0].text.lowercased() == "all" { return setRegions([]) }
    let known = fleet.regionsByName(withEmpty: true).map { fleet.regions[Int($0)] }
    var chosen: [String] = []
    for part in parts {
      let name = try part.choice(of: known, "region")
      if !chosen.contains(name) { chosen.append(name) }
    }
    setRegions(chosen)
  }

  private mutating func takeFilter(_ line: CommandWords) throws(CommandError) {
    do throws(FilterError) {
      setFilter(try FleetFilter(line.rest.text, unit: options.policy.unit))
    } catch {
      let start = line.rest.range.lowerBound
      let range = start + error.range.lowerBound..<start + error.range.upperBound
      throw CommandError(error.reason, at: range)
    }
    bringUpToDate()
    if !filter.isEmpty { say("\(matchCount) of \(fleet.count) match") }
  }

  private mutating func sort(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else { throw line.missing("name a column to sort by") }
    let names = SortColumn.allCases.map(\.rawValue)
    let name = try word.choice(of: names, "column")
    var isInverted = false
    if line.words.count > 1 {
      isInverted = try line.words[1].choice(of: ["asc", "desc"], "direction") == "desc"
    }
    guard let column = SortColumn(rawValue: name) else { return }
    sort(by: SortOrder(column: column, isInverted: isInverted))
  }

  private mutating func chooseColumns(_ line: CommandWords) throws(CommandError) {
    guard !line.words.isEmpty else { throw line.missing("+ or - and the name of a column") }
    var hidden = hiddenColumns
    for word in line.words {
      if word.text.lowercased() == "all" {
        hidden = Set(FleetColumn.choosable).subtracting(offeredColumns)
        continue
      }
      guard let sign = word.text.first, sign == "+" || sign == "-" else {
        throw CommandError("write +\(word.text) or -\(word.text)", at: word.range)
      }
      let bare = CommandWords.Word(
        text: String(word.text.dropFirst()),
        range: word.range.lowerBound + 1..<word.range.upperBound
      )
      if let column = FleetColumn(rawValue: bare.text), !FleetColumn.choosable.contains(column) {
        throw CommandError("state and id are always shown", at: word.range)
      }
      let name = try bare.choice(of: FleetColumn.choosable.map(\.rawValue), "column")
      guard let column = FleetColumn(rawValue: name) else { continue }
      if sign == "+" { hidden.remove(column) } else { hidden.insert(column) }
    }
    hiddenColumns = hidden
  }

  private mutating func group(_ line: CommandWords) throws(CommandError) {
    let wanted = try line.words.first?.choice(of: ["on", "off"], "choice") ?? ""
    if wanted.isEmpty || isGrouped != (wanted == "on") { toggleGroups() }
  }

  private mutating func chooseTimes(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else { throw line.missing("local, utc or age") }
    let name = try word.choice(of: TimeDisplay.allCases.map(\.rawValue), "kind of times")
    times = TimeDisplay(rawValue: name) ?? times
    say("times: \(times.rawValue)")
  }

  private mutating func chooseTheme(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard let word = line.words.first else { throw line.missing("name a theme") }
    let known = themes.entries.map(\.name)
    let name = known.isEmpty ? word.text : try word.choice(of: known, "theme")
    overlay = nil
    chosenTheme = name
    if name != theme { say("theme \(name)") }
    return useTheme(named: name)
  }

  private mutating func chooseView(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else { throw line.missing("name a view") }
    let name = try word.choice(of: ViewID.allCases.map(\.rawValue), "view")
    guard let view = ViewID(rawValue: name) else { return }
    if view == .detail { openDetail() } else { open(view) }
  }

  private mutating func zoom(_ line: CommandWords) throws(CommandError) {
    let panes = view.panes.map(\.rawValue)
    switch try line.words.first?.choice(of: panes + ["off"], "pane") {
    case nil: isZoomed.toggle()
    case "off"?: isZoomed = false
    case let name?:
      focus = PaneID(rawValue: name) ?? focus
      isZoomed = true
    }
    placePanes()
  }

  private mutating func explain(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else {
      overlay = .commandHelp(scroll: 0)
      return
    }
    let name = try word.choice(of: PromptTable.commands.map(\.name), "command")
    guard let command = PromptTable.commands.first(where: { $0.name == name }) else { return }
    let usage = command.arguments.isEmpty ? "" : " " + command.arguments
    say("\(command.name)\(usage): \(command.help)")
  }
}

extension PromptVerb {
  /// Whether what it does is seen in the panes, so that what lies over them goes.
  fileprivate var showsPanes: Bool {
    switch self {
    case .status, .help, .keys, .set, .export, .record, .reconnect, .quit, .theme: false
    default: true
    }
  }
}
