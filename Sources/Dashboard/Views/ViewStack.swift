import Terminal

/// The view that is shown and those that it leads back to; its panes, which of them has the focus, and what lies over
/// them.
struct ViewStack: Sendable {
  private(set) var width = 80
  private(set) var height = 24
  private(set) var layout = DashboardLayout(width: 80, height: 24)
  private(set) var view = ViewID.ops
  /// The view that `-` goes back to.
  private(set) var before: ViewID?
  /// The view that the detail was opened from and leads back to.
  private(set) var beforeDetail = ViewID.ops
  private(set) var focus = PaneID.fleet
  private(set) var isZoomed = false
  /// Which pane had the focus when each view was left.
  private var focusOfView: [ViewID: PaneID] = [:]

  /// What lies over the panes; what comes there is seen from its first line on.
  var overlay: Overlay? { didSet { overlayScroll = 0 } }
  private(set) var overlayScroll = 0
  /// How far the texts go that scroll, in the last frame.
  private(set) var extents: [ScrolledText: Extent] = [:]
  /// The first line shown of the panes beside the fleet.
  private(set) var scrolls: [PaneID: Int] = [:]
  /// The line under the cursor in the lists beside the fleet, from 0.
  private(set) var cursors: [PaneID: Int] = [:]

  // MARK: - Views

  /// Shows `view`, with the focus where it was when it was last left.
  ///
  /// - Returns: Whether that is another picture than before.
  mutating func open(_ view: ViewID) -> Bool {
    overlay = nil
    guard view != self.view || isZoomed else { return false }
    focusOfView[self.view] = focus
    if view != self.view { before = self.view }
    self.view = view
    isZoomed = false
    focus = focusOfView[view] ?? view.panes.first ?? .fleet
    placePanes()
    return true
  }

  /// Shows the detail, which leads back to `view` with the focus on `pane`, whatever was shown since.
  mutating func openDetail(from view: ViewID, focus pane: PaneID) {
    focusOfView[.detail] = nil
    _ = open(.detail)
    (before, beforeDetail, focusOfView[view]) = (view, view, pane)
  }

  /// Forgets the way here: there is no view before this one.
  mutating func forgetBefore() { before = nil }

  // MARK: - Panes

  mutating func resize(width: Int, height: Int) {
    (self.width, self.height) = (max(0, width), max(0, height))
    placePanes()
  }

  /// The focus is on a pane that is seen.
  private mutating func placePanes() {
    let zoomed = isZoomed ? focus : nil
    layout = DashboardLayout(width: width, height: height, view: view, zoomed: zoomed)
    if layout.area(of: focus) == nil { focus = layout.places.first?.pane ?? .fleet }
  }

  mutating func focus(on pane: PaneID) {
    focus = pane
    placePanes()
  }

  /// A zoomed pane gives way to the next of its view, whether that has room otherwise or not.
  mutating func focusPane(_ step: Int) {
    let all = isZoomed ? view.panes : layout.places.map(\.pane)
    if !all.isEmpty { focus(on: all.next(step, after: focus)) }
  }

  mutating func focusNeighbour(_ direction: DashboardLayout.Direction) {
    if let pane = layout.neighbour(of: focus, direction) { focus = pane }
  }

  /// Shows a pane alone, or all of them.
  mutating func zoom(_ isZoomed: Bool, on pane: PaneID? = nil) {
    self.isZoomed = isZoomed
    focus(on: pane ?? focus)
  }

  // MARK: - Lists beside the fleet

  /// Moves the cursor of the list with the focus, which has `count` lines, and scrolls no further than needed.
  mutating func moveCursor(_ motion: Motion, count: Int) {
    let rows = max(1, layout.listRows(of: focus))
    let place = motion.target(from: cursors[focus] ?? 0, rows: rows, count: count)
    cursors[focus] = place
    scrollIntoSight(place, of: focus)
  }

  /// Scrolls a list no further than needed for a line to be seen.
  mutating func scrollIntoSight(_ line: Int, of pane: PaneID) {
    let rows = max(1, layout.listRows(of: pane))
    scrolls[pane] = min(max(scrolls[pane] ?? 0, line - rows + 1), line)
  }

  mutating func putCursor(on line: Int, of pane: PaneID) { cursors[pane] = line }

  /// Scrolls a list of `count` lines; its cursor stays on its line as long as that is seen.
  mutating func scroll(_ pane: PaneID, by step: Int, count: Int) {
    let rows = max(1, layout.listRows(of: pane))
    let first = min(max(0, (scrolls[pane] ?? 0) + step), max(0, count - rows))
    scrolls[pane] = first
    cursors[pane] = min(max(first, cursors[pane] ?? 0), first + rows - 1)
  }

  /// Goes back to the top of the lists that are about one generator.
  mutating func rewindDetail() {
    for pane in [PaneID.detailRecord, .detailPresence] {
      (scrolls[pane], cursors[pane]) = (nil, nil)
    }
  }

  // MARK: - Texts that scroll

  /// How far a text goes, as far as that is known.
  func extent(of text: ScrolledText) -> Extent { extents[text] ?? .unknown }

  /// Takes over what the last frame had of each text, and scrolls none beyond its end.
  mutating func limitScrolling(to extents: [ScrolledText: Extent]) {
    self.extents = extents
    if let text = overlay?.row.text, let extent = extents[text] {
      overlayScroll = min(overlayScroll, extent.lastStart)
    }
    if let extent = extents[.messages] {
      let cursor = min(cursors[.detailRecord] ?? 0, max(0, extent.lines - 1))
      cursors[.detailRecord] = cursor
      scrolls[.detailRecord] = min(scrolls[.detailRecord] ?? 0, extent.lastStart)
    }
  }

  /// Scrolls the text that lies over the panes.
  mutating func scrollOverlay(_ motion: Motion) {
    guard let text = overlay?.row.text else { return }
    var extent = extent(of: text)
    if extents[text] == nil { extent.rows = max(1, height - 2) }
    let wanted = motion.target(from: overlayScroll, rows: extent.rows, count: extent.lines)
    overlayScroll = min(wanted, extent.lastStart)
  }
}
