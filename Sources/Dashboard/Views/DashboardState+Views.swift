import Terminal

/// Which panes are on the screen, and which of them has the focus.
extension DashboardState {
  /// Carries out a command that changes the view or the focus.
  mutating func lookAt(_ command: Command) {
    switch command {
    case .nextPane: focusPane(1)
    case .previousPane: focusPane(-1)
    case .focusLeft: focusNeighbour(.left)
    case .focusDown: focusNeighbour(.down)
    case .focusUp: focusNeighbour(.up)
    case .focusRight: focusNeighbour(.right)
    case .zoom: toggleZoom()
    case .nextPreset: shiftPreset(1)
    case .previousPreset: shiftPreset(-1)
    case .showMap: open(view == .map ? preset : .map)
    case .overview: open(view == .overview ? preset : .overview)
    case .log: open(view == .log ? preset : .log)
    case .viewBefore:
      if let before = viewBefore { open(before) } else { say("there is no view before this one") }
    default: break
    }
  }

  /// Shows `view`, with the focus where it was when it was last left.
  mutating func open(_ view: ViewID) {
    overlay = nil
    guard view != self.view || isZoomed else { return }
    // What was said of the view before is over.
    notice = nil
    focusOfView[self.view] = focus
    if view != self.view { viewBefore = self.view }
    if view.isPreset { preset = view }
    self.view = view
    isZoomed = false
    focus = focusOfView[view] ?? view.panes.first ?? .fleet
    placePanes()
    summarize()
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

  private mutating func shiftPreset(_ step: Int) {
    let all = ViewID.presets
    let place = all.firstIndex(of: preset) ?? 0
    let next = view.isPreset ? all[(place + step + all.count) % all.count] : preset
    open(next)
    say("view: \(next.rawValue)")
  }

  /// A zoomed pane gives way to the next of its view, whether that has room otherwise or not.
  private mutating func focusPane(_ step: Int) {
    let all = isZoomed ? view.panes : layout.places.map(\.pane)
    guard !all.isEmpty else { return }
    let place = all.firstIndex(of: focus) ?? 0
    focus = all[(place + step + all.count) % all.count]
    if isZoomed { placePanes() }
  }

  private mutating func focusNeighbour(_ direction: DashboardLayout.Direction) {
    if let pane = layout.neighbour(of: focus, direction) { focus = pane }
  }
}
