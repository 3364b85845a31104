import Terminal

/// Which panes are on the screen, and which of them has the focus.
extension DashboardState {
  /// Shows `view`, or goes back to the preset if it is shown.
  mutating func toggleView(_ view: ViewID) { open(view == self.view ? preset : view) }

  mutating func openViewBefore() {
    if let viewBefore { open(viewBefore) } else { say("there is no view before this one") }
  }

  /// Shows `view`, with the focus where it was when it was last left.
  mutating func open(_ view: ViewID) {
    overlay = nil
    guard view != self.view || isZoomed else { return }
    // What was said of the view before is over.
    notice = nil
    focusOfView[self.view] = focus
    if view != self.view { viewBefore = self.view }
    if view.isPreset { choices.preset = view }
    self.view = view
    isZoomed = false
    focus = focusOfView[view] ?? view.panes.first ?? .fleet
    placePanes()
    workOutView()
  }

  /// Works out what the view shows besides single generators.
  mutating func workOutView() { view.row.atTick(&self) }

  /// The view that `Esc` leads to; nil for a preset, from which it leads nowhere.
  var viewBehind: ViewID? {
    switch view.row.access {
    case .preset: nil
    case .aside: preset
    case .ofGenerator: viewBeforeDetail
    }
  }

  mutating func placePanes() {
    layout = DashboardLayout(
      width: width,
      height: height,
      view: view,
      zoomed: isZoomed ? focus : nil
    )
    if layout.area(of: focus) == nil { focus = layout.places.first?.pane ?? .fleet }
  }

  /// Gives the fleet the focus, in a view that has room for it.
  mutating func showFleet() {
    let hasRoom = isZoomed ? view.panes.contains(.fleet) : layout.area(of: .fleet) != nil
    if !hasRoom { open(.ops) }
    focus = .fleet
    placePanes()
  }

  mutating func toggleZoom() {
    isZoomed.toggle()
    placePanes()
  }

  /// Shows the preset that is this many steps further.
  mutating func shiftPreset(_ step: Int) {
    let all = ViewID.presets
    let place = all.firstIndex(of: preset) ?? 0
    let next = view.isPreset ? all[(place + step + all.count) % all.count] : preset
    open(next)
    say("view: \(next.rawValue)")
  }

  /// A zoomed pane gives way to the next of its view, whether that has room otherwise or not.
  mutating func focusPane(_ step: Int) {
    let all = isZoomed ? view.panes : layout.places.map(\.pane)
    guard !all.isEmpty else { return }
    let place = all.firstIndex(of: focus) ?? 0
    focus = all[(place + step + all.count) % all.count]
    if isZoomed { placePanes() }
  }

  mutating func focusNeighbour(_ direction: DashboardLayout.Direction) {
    if let pane = layout.neighbour(of: focus, direction) { focus = pane }
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
    case nil: isZoomed.toggle()
    case "off"?: isZoomed = false
    case let name?:
      focus = PaneID(rawValue: name) ?? focus
      isZoomed = true
    }
    placePanes()
  }
}
