import Testing

@testable import Dashboard

struct ViewStackTests {
  private func stack(_ width: Int = 120, _ height: Int = 40) -> ViewStack {
    var stack = ViewStack()
    stack.resize(width: width, height: height)
    return stack
  }

  @Test func everyViewHasTheFocusWhereItWasLeft() {
    var stack = stack()
    stack.focusPane(2)
    #expect(stack.focus == .events)
    #expect(stack.open(.alarms) && stack.focus == .alarms && stack.before == .ops)
    #expect(stack.open(.ops) && stack.focus == .events && stack.before == .alarms)
    #expect(!stack.open(.ops) && stack.before == .alarms)
  }

  @Test func openingAViewClosesWhatLiesOverIt() {
    var stack = stack()
    stack.overlay = .status
    #expect(!stack.open(.ops) && stack.overlay == nil)
  }

  @Test func theDetailLeadsBackToWhereItWasOpened() {
    var stack = stack()
    _ = stack.open(.pipeline)
    stack.focus(on: .events)
    // On the way another view was needed to show the generator.
    _ = stack.open(.ops)
    stack.openDetail(from: .pipeline, focus: .events)
    #expect(stack.view == .detail && stack.focus == .detailFuel)
    #expect(stack.before == .pipeline && stack.beforeDetail == .pipeline)
    #expect(stack.open(.pipeline) && stack.focus == .events)
  }

  @Test func aZoomedPaneIsAloneAndGivesWayToTheNext() {
    var stack = stack()
    stack.zoom(true, on: .pipeline)
    #expect(stack.layout.places.map(\.pane) == [.pipeline])
    stack.focusPane(1)
    #expect(stack.layout.places.map(\.pane) == [.regions])
    stack.zoom(false)
    // It has no room among the others.
    #expect(stack.focus == .fleet && stack.layout.places.count > 3)
  }

  @Test func theFocusIsAlwaysOnAPaneThatIsSeen() {
    var stack = stack()
    stack.focus(on: .alarms)
    stack.resize(width: 30, height: 8)
    #expect(stack.focus == .fleet)
    stack.resize(width: -3, height: -1)
    #expect(stack.width == 0 && stack.height == 0)
  }

  @Test func aListScrollsNoFurtherThanNeeded() {
    var stack = stack()
    stack.focus(on: .alarms)
    let rows = stack.layout.listRows(of: .alarms)
    stack.moveCursor(.last, count: 40)
    #expect(stack.cursors[.alarms] == 39 && stack.scrolls[.alarms] == 40 - rows)
    stack.moveCursor(.up, count: 40)
    #expect(stack.cursors[.alarms] == 38 && stack.scrolls[.alarms] == 40 - rows)
    stack.scroll(.alarms, by: -100, count: 40)
    #expect(stack.scrolls[.alarms] == 0 && stack.cursors[.alarms] == rows - 1)
    stack.scroll(.alarms, by: 3, count: 2)
    #expect(stack.scrolls[.alarms] == 0)
  }

  @Test func theListsOfTheDetailBeginAnew() {
    var stack = stack()
    stack.putCursor(on: 3, of: .detailPresence)
    stack.putCursor(on: 3, of: .alarms)
    stack.rewindDetail()
    #expect(stack.cursors == [.alarms: 3])
  }
}
