import Terminal

/// Which panes are on the screen, and which of them has the focus.
extension DashboardState {
  /// Shows `view`, or goes back to the preset if it is shown.
  mutating func toggleView(_ view: ViewID) { open(view == self.view ? preset : view) }

  mutating func openViewBefore() {
    if let before = views.before { open(before) } else { say("there is no view before this one") }
  }

  /// Shows `view`, with the focus where it was when it was last left.
  mutating func open(_ view: ViewID) {
    guard views.open(view) else { return }
    // What was said of the view before is over.
    notice = nil
    if view.isPreset { choices.preset = view }
    workOutView()
  }

  /// Works out what the view shows besides single generators.
  mutating func workOutView() { view.row.atTick(&self) }

  /// The view that `Esc` leads to; nil for a preset, from which it leads nowhere.
  var viewBehind: ViewID? {
    switch view.row.access {
    case .preset: nil
    case .aside: preset
    case .ofGenerator: views.beforeDetail
    }
  }

  /// Gives the fleet the focus, in a view that has room for it.
  mutating func showFleet() {
    let hasRoom = isZoomed ? view.panes.contains(.fleet) : layout.area(of: .fleet) != nil
    if !hasRoom { open(.ops) }
    views.focus(on: .fleet)
  }

  /// Shows the preset that is this many steps further.
  mutating func shiftPreset(_ step: Int) {
    let all = ViewID.presets
    let place = all.firstIndex(of: preset) ?? 0
    let next = view.isPreset ? all[(place + step + all.count) % all.count] : preset
    open(next)
    say("view: \(next.rawValue)")
  }

  // MARK: - At the prompt

  /// `view`: shows the one that the line names.
  mutating func chooseView(_ line: CommandWords) throws(CommandError) {
    guard let word = line.words.first else { throw line.missing("name a view") }
    let name = try word.choice(of: ViewID.allCases.map(\.rawValue), "view")
    guard let view = ViewID(rawValue: name) else { return }
    switch view.row.access {
    case .preset, .aside: open(view)
    case .ofGenerator: openDetail()
    }
  }

  /// `zoom`: shows the pane that the line names alone, or all of them.
  mutating func zoom(_ line: CommandWords) throws(CommandError) {
    let panes = view.panes.map(\.rawValue)
    switch try line.words.first?.choice(of: panes + ["off"], "pane") {
    case nil: views.zoom(!isZoomed)
    case "off"?: views.zoom(false)
    case let name?: views.zoom(true, on: PaneID(rawValue: name))
    }
  }
}
