import Model
import Terminal

extension DashboardState {
  /// A key goes to the prompt, else to the overlay, else to the table.
  mutating func press(_ key: Key) -> [Effect] {
    if let effects = noteReport(key) { return effects }
    list.hold(until: present.monotonic &+ Self.hold)
    if key == .control("c") {
      guard prompt != nil else { return [.quit] }
      closePrompt(keeping: false)
      return []
    }
    if prompt != nil { return type(key) }
    if let effects = pressInOverlay(key) { return effects }
    guard let command = keys.command(for: key) else {
      say("\(key) is not bound; \(keys.name(of: .help)) shows the keys")
      return []
    }
    return run(command)
  }

  /// Does what the key of a command does.
  mutating func run(_ command: Command) -> [Effect] {
    bringUpToDate()
    switch command.row.key?.action {
    case .run(let act): return act(&self)
    case .move(let motion): move(motion)
    case .showRegion(let number): showRegion(number: number)
    case nil: break
    }
    return []
  }

  /// One step back: overlay, the past, zoom, a view that is no preset, what was found, a guest, filter,
  /// abnormal only, regions; false if there was nothing.
  mutating func goBack() -> Bool {
    if overlay != nil {
      views.overlay = nil
    } else if !timeline.isLive {
      goLive()
    } else if isZoomed {
      views.zoom(false)
    } else if let viewBehind {
      open(viewBehind)
    } else if search != nil {
      search = nil
    } else if guest != nil {
      dismissGuest()
    } else if !filter.isEmpty {
      setFilter(FleetFilter())
    } else if abnormalOnly {
      toggleAbnormalOnly()
    } else if !regions.isEmpty {
      setRegions([])
    } else {
      return false
    }
    return true
  }

  /// Asks for all connections at once; a recording has none.
  mutating func reconnect() -> [Effect] {
    say(options.replayed == nil ? "trying all connections now" : "a recording has no connections")
    return options.replayed == nil ? [.reconnect] : []
  }

  /// `reconnect` at the prompt.
  mutating func reconnect(_ line: CommandWords) throws(CommandError) -> [Effect] {
    guard options.replayed == nil else {
      throw CommandError("a recording has no connections", at: line.name)
    }
    return reconnect()
  }
}
