public import Dashboard
public import Terminal

/// Draws all of `state`: header, strip, panes, bottom line, and an overlay over them.
///
/// What is drawn depends on nothing else; the cost of a frame grows with what is seen of the fleet, not with its
/// size.
public func drawDashboard(_ state: DashboardState, glyphs: Glyphs) -> Drawing {
  var picture = Picture(state, glyphs)
  picture.draw()
  // The mark of what is dry soon; the others are ASCII.
  if glyphs.isASCII { picture.canvas.replace("\u{203A}", with: ">") }
  return Drawing(canvas: picture.canvas, spots: picture.spots, extents: picture.extents)
}

/// A picture, and what there is to be known of it besides its cells.
public struct Drawing: Sendable {
  public var canvas: Canvas
  /// What a click means where.
  public var spots: [Spot]
  /// How far the texts go that scroll: to be told to the state before the next key.
  public var extents: [ScrolledText: Extent]
}

/// What a picture is of, in a place of its own.
private final class Shown {
  let state: DashboardState
  init(_ state: DashboardState) { self.state = state }
}

/// What every pane draws from and on; each pane is an extension of it in a file of its own.
struct Picture {
  /// What is drawn: lent, since it takes some kilobytes, and Swift copies a picture that changes whenever it asks itself
  /// for something.
  var state: DashboardState { _read { yield shown.state } }
  private let shown: Shown
  var canvas: Canvas
  /// The spots so far, so that what is clicked is what was seen.
  var spots: [Spot] = []
  var extents: [ScrolledText: Extent] = [:]

  init(_ state: DashboardState, _ glyphs: Glyphs) {
    shown = Shown(state)
    canvas = Canvas(width: state.width, height: state.height, glyphs: glyphs)
  }

  var glyphs: Glyphs { canvas.glyphs }
  var isBoxed: Bool { state.layout.style == .boxed }

  /// What is left of `area`, which is inside a frame, without a column at each side.
  func margin(_ area: Rect) -> Rect { isBoxed ? area.inset(columns: 1, rows: 0) : area }

  /// Whether the keys go to `pane`.
  func hasKeys(_ pane: PaneID) -> Bool { state.focus == pane && state.overlay == nil }

  mutating func draw() {
    drawHeader(in: state.layout.header)
    switch state.view.strip {
    case .nothing: break
    case .regions: drawStrip(in: state.layout.strip)
    case .generator: drawSubjectLine(in: state.layout.strip)
    }
    for place in state.layout.places { draw(place.pane, in: place.area) }
    drawOverlay()
    drawBottomLine()
  }

  mutating func draw(_ pane: PaneID, in area: Rect) {
    guard !area.isEmpty else { return }
    spots.add(area, .pane(pane))
    switch pane {
    case .fleet: drawFleet(in: area)
    case .alarms: drawAlarms(in: area)
    case .events: drawEvents(in: area)
    case .pipeline: drawPipeline(in: area)
    case .regions: drawRegions(in: area)
    case .map: drawMap(in: area)
    case .overview: drawOverview(in: area)
    case .timeToEmpty: drawTimeToEmpty(in: area)
    case .nextEmpty: drawNextEmpty(in: area)
    case .wall: drawWall(in: area)
    case .log: drawLog(in: area)
    case .differences: drawDifferences(in: area)
    case .detailFuel: drawDetail(pane, in: area) { $0.drawFuelCurve($1, in: area) }
    case .detailNow: drawDetail(pane, in: area) { $0.drawNow($1, in: area) }
    case .detailTrends: drawDetail(pane, in: area) { $0.drawTrends($1, in: area) }
    case .detailPresence: drawDetail(pane, in: area) { $0.drawPresence($1, in: area) }
    case .detailRecord: drawDetail(pane, in: area) { $0.drawRecords($1, in: area) }
    case .detailPath: drawDetail(pane, in: area) { $0.drawPath($1, in: area) }
    }
  }

  private mutating func drawOverlay() {
    switch state.overlay {
    case .help(let page): drawHelp(page)
    case .commandHelp: drawCommandHelp(scroll: state.overlayScroll)
    case .status: drawStatus(scroll: state.overlayScroll)
    case .sortMenu(let cursor): drawSortMenu(cursor: cursor)
    case .columnMenu(let cursor): drawColumnMenu(cursor: cursor)
    case .regionPicker(let picker): drawRegionPicker(picker)
    case .themePicker: drawThemePicker()
    case nil: break
    }
  }

  /// Draws the frame or the rule of a pane, as the size of the screen has it.
  ///
  /// - Returns: What is left inside.
  mutating func frame(
    _ pane: PaneID,
    _ area: Rect,
    title: String? = nil,
    note: String = ""
  ) -> Rect {
    let title = title ?? pane.title
    switch state.layout.style {
    case .boxed: canvas.box(area, title: title, note: note, isFocused: hasKeys(pane))
    case .ruled: canvas.rule(area, title: title, note: note, isFocused: hasKeys(pane))
    case .minimal: break
    }
    return state.layout.inside(area)
  }

  /// Clears `area` and draws the frame of an overlay.
  ///
  /// - Returns: What is left inside; the whole area where it is too small for a frame.
  mutating func overlayFrame(_ area: Rect, title: String, note: String = "") -> Rect {
    canvas.fill(area)
    // A click beside it closes it.
    spots.add(canvas.bounds, .key(.escape))
    spots.add(area, .nothing)
    let inside = Self.inside(overlay: area)
    if inside != area { canvas.box(area, title: title, note: note, isFocused: true) }
    return inside
  }

  /// What an overlay has inside its frame, for which `area` may be too small.
  private static func inside(overlay area: Rect) -> Rect {
    guard area.width >= 12, area.height >= 4 else { return area }
    return area.inset(columns: area.width >= 30 ? 2 : 1, rows: 1)
  }

  /// The lines of a text over the panes that are seen, with a scroll bar on the frame around `area`.
  mutating func scroll(
    _ text: ScrolledText,
    to line: Int,
    lines: Int,
    in area: Rect
  ) -> Range<Int> {
    let inside = Self.inside(overlay: area)
    let extent = Extent(lines: lines, rows: inside.height)
    extents[text] = extent
    let first = min(max(0, line), extent.lastStart)
    let shown = first..<min(lines, first + inside.height)
    let bar = Rect(x: area.right - 1, y: inside.y, width: 1, height: inside.height)
    canvas.scrollBar(bar, shown: shown, count: lines, role: .frameFocused)
    return shown
  }

  /// The lines of a list that are seen: those from `first` that fit `rows`.
  ///
  /// The state remembers where a list was scrolled to when it may have been longer.
  func window(of pane: PaneID, rows: Int, count: Int) -> Range<Int> {
    let first = min(max(0, state.scrolls[pane] ?? 0), max(0, count - rows))
    return first..<min(count, first + max(0, rows))
  }

  /// Shows the cursor of a list beside the fleet, when the list has the focus.
  mutating func highlight(_ pane: PaneID, line: Int, row: Rect) {
    spots.add(row, .row(pane, line: line))
    guard hasKeys(pane), (state.cursors[pane] ?? 0) == line else { return }
    canvas.restyle(row, role: .selection)
  }

  /// Words in the middle of an empty list.
  mutating func explain(_ lines: [String], in area: Rect) {
    let top = area.y + max(0, (area.height - lines.count) / 3)
    for (row, line) in lines.enumerated() where top + row < area.bottom {
      let shown = glyphs.cut(line, to: area.width)
      let x = area.x + max(0, (area.width - TextWidth.of(shown)) / 2)
      canvas.write(shown, x: x, y: top + row, in: area, role: .label)
    }
  }
}
