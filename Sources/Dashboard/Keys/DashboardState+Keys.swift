import Model
import Terminal

extension DashboardState {
  /// A key goes to the prompt, else to the overlay, else to the table.
  mutating func press(_ key: Key) -> [Effect] {
    if let effects = take(report: key) { return effects }
    heldUntil = present.monotonic &+ Self.hold
    if key == .control("c") {
      guard prompt != nil else { return [.quit] }
      closePrompt(keeping: false)
      return []
    }
    if prompt != nil { return type(key) }
    if case .themePicker(let before) = overlay { return pickTheme(key, before: before) }
    if chooseInOverlay(key) { return [] }
    guard let command = keys.command(for: key) else {
      say("\(key) is not bound; \(keys.name(of: .help)) shows the keys")
      return []
    }
    return run(command)
  }

  /// Carries out a command of the key table.
  mutating func run(_ command: Command) -> [Effect] {
    bringUpToDate()
    if let number = command.regionNumber {
      chooseRegion(number: number)
      return []
    }
    switch command {
    case .quit: return goBack() ? [] : [.quit]
    case .quitNow: return [.quit]
    case .quitLeavingFrame: return [.quitLeavingFrame]
    case .copyID: return copy(wholeRecord: false)
    case .copyRecord: return copy(wholeRecord: true)
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case .reconnect: return reconnect()
    case .commandLine: return openCommandLine()
    case .export: return openCommandLine(with: "export ")
    case .themePicker: return openThemePicker()
    case .mouse: return useMouse(!usesMouse)
    case .mute: toggleMute()
    case .back: _ = goBack()
    case .down, .up, .left, .right, .first, .last,
      .halfPageDown, .halfPageUp, .pageDown, .pageUp:
      move(command)
    case .nextPane, .previousPane, .focusLeft, .focusDown, .focusUp, .focusRight, .zoom,
      .nextPreset, .previousPreset, .viewBefore, .showMap, .overview, .log:
      lookAt(command)
    case .open: open()
    case .detail: openDetail()
    case .payloadForm: changePayloadForm()
    case .filter, .find, .nextMatch, .previousMatch, .nextAlarm, .previousAlarm, .nextWarning,
      .previousWarning, .mark, .unmarkAll, .nextMarked, .previousMarked, .pin:
      find(command)
    case .freeze, .stepBack, .stepOn, .leapBack, .leapOn, .earlierEvent, .laterEvent:
      travel(command)
    default: show(command)
    }
    return []
  }

  /// Commands that open something or change the view.
  private mutating func show(_ command: Command) {
    switch command {
    case .help: overlay = isHelp ? nil : .help(HelpPage())
    case .status: overlay = isStatus ? nil : .status(scroll: 0)
    case .regionPicker: overlay = .regionPicker(RegionPicker())
    case .sortMenu:
      overlay = .sortMenu(cursor: offeredSorts.firstIndex(of: sort.column) ?? 0)
    case .columnMenu: overlay = .columnMenu(cursor: 0)
    case .sortLeft where focus == .map, .sortRight where focus == .map, .fold where focus == .map,
      .foldAll where focus == .map:
      moveOnMap(command)
    case .group: toggleGroups()
    case .fold: fold()
    case .foldAll: foldAll()
    case .abnormalOnly:
      abnormalOnly.toggle()
      need(.filter)
    case .sortLeft: shiftSort(-1)
    case .sortRight: shiftSort(1)
    case .invertSort: sort(by: SortOrder(column: sort.column, isInverted: !sort.isInverted))
    case .times:
      let all = TimeDisplay.allCases
      times = all[((all.firstIndex(of: times) ?? 0) + 1) % all.count]
      say("times: \(times.rawValue)")
    default: break
    }
  }

  var isHelp: Bool { if case .help = overlay { true } else { false } }
  var isStatus: Bool { if case .status = overlay { true } else { false } }

  /// One step back: overlay, the past, zoom, a view that is no preset, what was found, a guest, filter,
  /// abnormal only, regions; false if there was nothing.
  private mutating func goBack() -> Bool {
    if overlay != nil {
      overlay = nil
    } else if pastView != nil {
      goLive()
    } else if isZoomed {
      toggleZoom()
    } else if !view.isPreset {
      open(view == .detail ? viewBeforeDetail : preset)
    } else if search != nil {
      search = nil
    } else if guest != nil {
      dismissGuest()
    } else if !filter.isEmpty {
      setFilter(FleetFilter())
    } else if abnormalOnly {
      abnormalOnly = false
      need(.filter)
    } else if !regions.isEmpty {
      setRegions([])
    } else {
      return false
    }
    return true
  }

  private mutating func shiftSort(_ step: Int) {
    let all = offeredSorts
    let place = all.firstIndex(of: sort.column) ?? 0
    sort(by: SortOrder(column: all[(place + step + all.count) % all.count]))
  }

  mutating func setFilter(_ filter: FleetFilter) {
    self.filter = filter
    map.needsFit = true
    need(.filter)
  }

  mutating func setRegions(_ names: [String]) {
    regions = names
    map.needsFit = true
    findRegions()
  }

  private mutating func chooseRegion(number: Int) {
    if case .regionPicker = overlay { overlay = nil }
    guard number > 0 else { return setRegions([]) }
    let all = fleet.regionsByName()
    guard number <= all.count else { return say("there is no region \(number)") }
    choose(all[number - 1])
  }
}
