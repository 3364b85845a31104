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
      list.search = nil
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
  mutating func reconnect(_ line: CommandWords) throws(LineError) -> [Effect] {
    guard options.replayed == nil else {
      throw LineError("a recording has no connections", at: line.name)
    }
    return reconnect()
  }

  // MARK: - What the terminal reports, and what is copied

  /// Whether a text is being typed, into which something can be pasted.
  public var takesPaste: Bool {
    prompt != nil || overlay?.row.takesText == true
  }

  /// The generator under the cursor of the focused pane, else the one selected in the fleet.
  var generatorAtCursor: GeneratorIndex? {
    focus.row.generator(self, cursors[focus] ?? 0) ?? selection
  }

  /// What the terminal reports the way keys come; nil for a key.
  mutating func noteReport(_ key: Key) -> [Effect]? {
    switch key {
    case .focusIn: hasFocus = true
    case .focusOut: hasFocus = false
    case .paste(let text):
      guard takesPaste else {
        say("pasted text is taken only where a text is typed")
        return []
      }
      return insert(Self.line(text))
    // The run loop knows what it was over, and tells that.
    case .mouse: break
    default: return nil
    }
    return []
  }

  /// Only ever as text: what a key would do in an empty list is not done.
  private mutating func insert(_ line: String) -> [Effect] {
    if prompt == nil, case .regionPicker(var picker) = overlay {
      picker.text = String((picker.text + line).prefix(60))
      picker.cursor = 0
      views.overlay = .regionPicker(picker)
      return []
    }
    return line.reduce(into: []) { effects, character in
      effects += type(.character(character))
    }
  }

  /// A pasted text as one line: what ends lines becomes a space, and other controls are left out.
  private static func line(_ text: String) -> String {
    var line = ""
    var before: Unicode.Scalar = " "
    for scalar in text.unicodeScalars.prefix(1_000) {
      defer { before = scalar }
      switch scalar {
      case "\n" where before == "\r": break
      case "\n", "\r", "\t", "\u{2028}", "\u{2029}": line.append(" ")
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// Copies the id, or all that is known, of the generator under the cursor.
  mutating func copy(wholeRecord: Bool) -> [Effect] {
    guard let generator = generatorAtCursor, fleet.generators.indices.contains(Int(generator))
    else {
      say("there is nothing to copy")
      return []
    }
    let id = fleet.ids[Int(generator)]
    say("copied \(wholeRecord ? "the record of " : "")\(id), if the terminal allows it")
    return [wholeRecord ? .copyRecord(generator) : .copy(id)]
  }
}
