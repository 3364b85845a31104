public import Dashboard
public import Terminal

/// Draws all of `state`: header, strip, panes, bottom line, and an overlay over them.
///
/// What is drawn depends on nothing else; a frame costs by what is seen of the fleet and not by its
/// size.
///
/// - Returns: What there is to be known of it beside its cells.
@discardableResult
public func drawDashboard(
  _ state: DashboardState,
  glyphs: Glyphs,
  on canvas: inout Canvas
) -> Drawing {
  let picture = Picture(state: state, glyphs: glyphs)
  picture.draw(on: &canvas)
  return Drawing(spots: picture.spots.all, extents: picture.extents.all)
}

/// What there is to be known of a picture beside its cells.
public struct Drawing: Sendable {
  /// What a click means where.
  public var spots: [Spot]
  /// How far the texts go that scroll: to be told to the state before the next key.
  public var extents: [ScrolledText: Extent]
}

/// What every pane draws from; each pane is an extension of it in a file of its own.
struct Picture {
  let state: DashboardState
  let glyphs: Glyphs
  let spots = Spots()
  let extents = Extents()

  func draw(on canvas: inout Canvas) {
    drawHeader(in: state.layout.header, on: &canvas)
    switch state.view.strip {
    case .nothing: break
    case .regions: drawStrip(in: state.layout.strip, on: &canvas)
    case .generator: drawSubjectLine(in: state.layout.strip, on: &canvas)
    }
    for place in state.layout.places { draw(place.pane, in: place.area, on: &canvas) }
    drawOverlay(on: &canvas)
    drawBottomLine(on: &canvas)
  }

  func draw(_ pane: PaneID, in area: Rect, on canvas: inout Canvas) {
    spots.add(area, .pane(pane))
    switch pane {
    case .fleet: drawFleet(in: area, on: &canvas)
    case .alarms: drawAlarms(in: area, on: &canvas)
    case .events: drawEvents(in: area, on: &canvas)
    case .pipeline: drawPipeline(in: area, on: &canvas)
    case .regions: drawRegions(in: area, on: &canvas)
    case .map: drawMap(in: area, on: &canvas)
    case .overview: drawOverview(in: area, on: &canvas)
    case .timeToEmpty: drawTimeToEmpty(in: area, on: &canvas)
    case .nextEmpty: drawNextEmpty(in: area, on: &canvas)
    case .wall: drawWall(in: area, on: &canvas)
    case .log: drawLog(in: area, on: &canvas)
    case .detailFuel: drawDetail(pane, in: area, on: &canvas, drawFuelCurve)
    case .detailNow: drawDetail(pane, in: area, on: &canvas, drawNow)
    case .detailTrends: drawDetail(pane, in: area, on: &canvas, drawTrends)
    case .detailPresence: drawDetail(pane, in: area, on: &canvas, drawPresence)
    case .detailRecord: drawDetail(pane, in: area, on: &canvas, drawRecords)
    case .detailPath: drawDetail(pane, in: area, on: &canvas, drawPath)
    }
  }

  private func drawOverlay(on canvas: inout Canvas) {
    let screen = Rect(x: 0, y: 0, width: state.width, height: state.height)
    switch state.overlay {
    case .help(let page): drawHelp(page, over: screen, on: &canvas)
    case .commandHelp(let scroll): drawCommandHelp(scroll: scroll, over: screen, on: &canvas)
    case .status(let scroll): drawStatus(scroll: scroll, over: screen, on: &canvas)
    case .sortMenu(let cursor): drawSortMenu(cursor: cursor, over: screen, on: &canvas)
    case .columnMenu(let cursor): drawColumnMenu(cursor: cursor, over: screen, on: &canvas)
    case .regionPicker(let picker): drawRegionPicker(picker, over: screen, on: &canvas)
    case .themePicker: drawThemePicker(over: screen, on: &canvas)
    case nil: break
    }
  }

  /// Draws the frame or the rule of a pane, as the size of the screen has it.
  ///
  /// - Returns: What is left inside.
  func frame(
    _ pane: PaneID,
    _ area: Rect,
    title: String,
    note: String = "",
    on canvas: inout Canvas
  ) -> Rect {
    let isFocused = state.focus == pane && state.overlay == nil
    switch state.layout.style {
    case .boxed:
      canvas.box(area, title: title, note: note, isFocused: isFocused, glyphs: glyphs)
    case .ruled:
      canvas.rule(area, title: title, note: note, isFocused: isFocused, glyphs: glyphs)
    case .minimal:
      break
    }
    return state.layout.inside(area)
  }

  /// Clears `area` and draws the frame of an overlay.
  ///
  /// - Returns: What is left inside; the whole area where it is too small for a frame.
  func overlayFrame(
    _ area: Rect,
    title: String,
    note: String = "",
    on canvas: inout Canvas
  ) -> Rect {
    canvas.clear(area)
    // A click beside it closes it.
    spots.add(Rect(x: 0, y: 0, width: state.width, height: state.height), .key(.escape))
    spots.add(area, .nothing)
    guard area.width >= 12, area.height >= 4 else { return area }
    canvas.box(area, title: title, note: note, isFocused: true, glyphs: glyphs)
    return area.inset(columns: area.width >= 30 ? 2 : 1, rows: 1)
  }

  /// The lines of a text over the panes that are seen, with a scroll bar on the frame around `area`.
  func scroll(
    _ text: ScrolledText,
    to line: Int,
    lines: Int,
    in inside: Rect,
    of area: Rect,
    on canvas: inout Canvas
  ) -> Range<Int> {
    let extent = Extent(lines: lines, rows: inside.height)
    extents.add(extent, of: text)
    let first = min(max(0, line), extent.lastStart)
    let shown = first..<min(lines, first + inside.height)
    let bar = Rect(x: area.right - 1, y: inside.y, width: 1, height: inside.height)
    canvas.scrollBar(bar, shown: shown, count: lines, glyphs: glyphs, role: .frameFocused)
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
  func highlight(_ pane: PaneID, line: Int, row: Rect, on canvas: inout Canvas) {
    spots.add(row, .row(pane, line: line))
    guard state.focus == pane, state.overlay == nil, (state.cursors[pane] ?? 0) == line else {
      return
    }
    canvas.restyle(row, role: .selection)
  }

  /// Words in the middle of an empty list.
  func explain(_ lines: [String], in area: Rect, on canvas: inout Canvas) {
    let top = area.y + max(0, (area.height - lines.count) / 3)
    for (row, line) in lines.enumerated() where top + row < area.bottom {
      let shown = TextWidth.truncate(line, to: area.width, ellipsis: glyphs.ellipsis)
      let x = area.x + max(0, (area.width - TextWidth.of(shown)) / 2)
      canvas.write(shown, x: x, y: top + row, in: area, role: .label)
    }
  }
}
