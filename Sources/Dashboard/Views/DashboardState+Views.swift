public import Model
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
    let next = view.isPreset ? ViewID.presets.next(step, after: preset) : preset
    open(next)
    say("view: \(next.rawValue)")
  }

  // MARK: - At the prompt

  /// `view`: shows the one that the line names.
  mutating func chooseView(_ line: CommandWords) throws(LineError) {
    let word = try line.firstWord(or: "name a view")
    let view = try word.choice(of: ViewID.allCases, "view")
    switch view.row.access {
    case .preset, .aside: open(view)
    case .ofGenerator: openDetail()
    }
  }

  /// `zoom`: shows the pane that the line names alone, or all of them.
  mutating func zoom(_ line: CommandWords) throws(LineError) {
    let panes = view.panes.map(\.rawValue)
    switch try line.words.first?.choice(of: panes + ["off"], "pane") {
    case nil: views.zoom(!isZoomed)
    case "off"?: views.zoom(false)
    case let name?: views.zoom(true, on: PaneID(rawValue: name))
    }
  }

  // MARK: - The view of one generator

  /// The generator of the detail view: the one under the cursor; nil while another view is shown.
  public var subject: GeneratorIndex? {
    view == .detail ? selection.flatMap { fleet.has($0) ? $0 : nil } : nil
  }

  /// Where it stands in the list, from 0; nil if it has no place yet.
  public var placeOfSubject: Int? { subject.flatMap { order.place(of: $0) } }

  /// `Enter` and `d`: shows all of a generator.
  mutating func openDetail(of generator: GeneratorIndex) {
    guard fleet.generators.indices.contains(Int(generator)) else { return }
    let (from, pane, preset) = (view, focus, preset)
    if selection != generator || !order.shows(generator) { reveal(generator) }
    guard from != .detail else { return }
    // Bringing the generator into sight may have led to another view.
    views.openDetail(from: from, focus: pane)
    choices.preset = preset
    notice = nil
  }

  /// `d` on whatever is under the cursor.
  mutating func openDetail() {
    if focus == .fleet, list.isOnHeading { return fold() }
    guard view != .detail else { return say("this is the detail already; Esc leads back") }
    guard let generator = generatorAtCursor else {
      return say("there is no generator under the cursor")
    }
    openDetail(of: generator)
  }

  /// `v`: the next way to write messages.
  mutating func changePayloadForm() {
    guard view == .detail else {
      let key = keys.name(of: .payloadForm)
      return say("\(key) changes how the detail of a generator writes messages")
    }
    choices.payloadForm = PayloadForm.allCases.next(1, after: payloadForm)
    say("messages as \(payloadForm.rawValue)")
  }

  /// The generator of the detail stays, whatever hides it: then it is a guest of the list.
  mutating func showSubjectInList() {
    guard let subject else { return }
    // Whoever comes to the top of the list, this one is being looked at.
    list.isAtTop = false
    guard !order.shows(subject), order.knows(subject) else { return }
    list.guest = subject
    rearrange([subject])
    list.noteLine()
  }

  /// Asks the feeds for the messages of the generator that is looked at, if that is another one now.
  mutating func watching() -> [Effect] {
    let wanted = subject
    guard wanted != inspection?.generator else { return [] }
    inspection = wanted.map {
      Inspection($0, recordAt: fleet.generators[Int($0)].enrichedReceivedAt)
    }
    views.rewindDetail()
    return [.watch(wanted)]
  }
}
