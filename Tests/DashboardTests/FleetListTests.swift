import Model
import Testing

@testable import Dashboard

struct FleetListTests {
  // MARK: - The order

  @Test func whatChangesWaitsWhileTheOrderIsHeld() {
    var list = FleetList(smallFleet(5))
    list.heldUntil = 100
    #expect(list.takeWork([3, 1], of: 5, at: 50) == FleetList.OrderWork(revealed: [3, 1]))
    #expect(list.takeWork([1], of: 5, at: 60) == FleetList.OrderWork(revealed: [1]))
    #expect(list.takeWork([2], of: 5, at: 100) == FleetList.OrderWork(moved: [1, 2, 3]))
    #expect(list.takeWork([4], of: 5, at: 101) == FleetList.OrderWork(moved: [4]))
  }

  @Test func whatIsAskedForHappensAtOnce() {
    var list = FleetList(smallFleet(5))
    list.heldUntil = 100
    _ = list.takeWork([3], of: 5, at: 50)
    list.ask(for: .filter)
    #expect(list.takeWork([], of: 5, at: 60) == FleetList.OrderWork(filtersAll: true))
    list.ask(for: .sort)
    list.ask(for: .filter)
    #expect(list.takeWork([], of: 5, at: 60) == FleetList.OrderWork(sortsAll: true))
    // Who waited has been sorted in.
    #expect(list.takeWork([], of: 5, at: 100) == FleetList.OrderWork())
  }

  @Test func aFilterThatDependsOnTimeWaitsForTheHold() {
    var list = FleetList(smallFleet(2))
    list.noteTime()
    list.heldUntil = 100
    #expect(!list.takeWork([], of: 2, at: 50).filtersAll)
    #expect(list.takeWork([], of: 2, at: 100).filtersAll)
    #expect(!list.takeWork([], of: 2, at: 101).filtersAll)
  }

  // MARK: - Pins and groups

  @Test func pinsOfTheLastTimeAreFoundAsTheyCome() {
    var list = FleetList(awaitedPins: ["g2", "g9"])
    list.findPins(["g1", "g2"], of: 2)
    #expect(list.pinned == [1] && list.awaitedPins == ["g9"])
    list.findPins(["g8", "g9"], of: 4)
    #expect(list.pinned == [1, 3] && list.awaitedPins.isEmpty)
  }

  @Test func noMoreArePinnedThanAreKept() {
    var list = FleetList()
    for generator in 0..<ViewChoices.mostPins {
      let isPinned = list.togglePin(GeneratorIndex(generator))
      #expect(isPinned)
    }
    #expect(!list.togglePin(5_000) && !list.pinned.contains(5_000))
    #expect(list.togglePin(0) && list.togglePin(5_000))
  }

  @Test func aFoldedGroupIsItsHeading() {
    var list = FleetList(smallFleet(4), isGrouped: true)
    list.updateCursor(hasFleet: true, rows: 10)
    #expect(list.lines.count == 6 && !list.isOnHeading)
    #expect(list.fold(rows: 10) && list.isOnHeading && list.lines.count == 4)
    #expect(list.selection == 0 && list.cursorLine == 0)
    list.foldAll(rows: 10)
    #expect(list.lines.count == 2)
    let isUnfolded = list.unfold(1)
    #expect(isUnfolded)
    list.foldAll(rows: 10)
    list.foldAll(rows: 10)
    #expect(list.lines.count == 6)
  }

  // MARK: - The cursor

  @Test func staysOnItsGeneratorButAtTheTop() {
    let fleet = smallFleet(5)
    var list = FleetList(fleet)
    list.updateCursor(hasFleet: true, rows: 3)
    #expect(list.selection == 0 && list.isAtTop)
    // Someone else comes to the top, and the cursor stays there.
    list.sort(fleet, hiding: [0])
    list.updateCursor(hasFleet: true, rows: 3)
    #expect(list.selection == 1)
    list.moveCursor(.down, rows: 3)
    list.sort(fleet)
    list.updateCursor(hasFleet: true, rows: 3)
    #expect(list.selection == 2 && list.cursorLine == 2 && !list.isAtTop)
  }

  @Test func aGeneratorThatGoesLeavesItToTheOneThatTookItsRow() {
    let fleet = smallFleet(5)
    var list = FleetList(fleet)
    list.putCursor(on: 2, rows: 10)
    list.updateCursor(hasFleet: true, rows: 10)
    list.sort(fleet, hiding: [2])
    list.updateCursor(hasFleet: true, rows: 10)
    #expect(list.selection == 3)
    list.sort(fleet, hiding: [2, 3, 4])
    list.updateCursor(hasFleet: true, rows: 10)
    #expect(list.selection == 1)
  }

  @Test func keepsToItsRowAndScrollsNoFurtherThanNeeded() {
    var list = FleetList(smallFleet(20))
    list.updateCursor(hasFleet: true, rows: 5)
    list.moveCursor(.pageDown, rows: 5)
    #expect(list.window(rows: 5).scrolled == 0..<5 && list.cursorLine == 4)
    list.moveCursor(.down, rows: 5)
    #expect(list.window(rows: 5).scrolled == 1..<6)
    list.scroll(by: 3, rows: 5)
    #expect(list.window(rows: 5).scrolled == 4..<9 && list.cursorLine == 5)
    list.scroll(by: 100, rows: 5)
    #expect(list.window(rows: 5).scrolled == 15..<20 && list.cursorLine == 15)
  }

  @Test func whoIsNotInAFleetOfThePastIsFoundAgainInThePresent() {
    let (now, before) = (smallFleet(5), smallFleet(3))
    var list = FleetList(now)
    list.putCursor(onGenerator: 4, rows: 10)
    list.guest = 3
    let lost = list.fit(to: before, lost: nil)
    #expect(lost == 4 && list.selection == nil && list.guest == nil)
    list.sort(before)
    list.updateCursor(hasFleet: true, rows: 10)
    #expect(list.selection == 0 && list.isAtTop)
    #expect(list.fit(to: now, lost: lost) == nil && list.selection == 4)
  }

  @Test func whoeverMovedTheCursorMeansWhereItIs() {
    let (now, before) = (smallFleet(5), smallFleet(3))
    var list = FleetList(now)
    list.putCursor(onGenerator: 4, rows: 10)
    let lost = list.fit(to: before, lost: nil)
    list.sort(before)
    list.updateCursor(hasFleet: true, rows: 10)
    list.moveCursor(.down, rows: 10)
    #expect(list.fit(to: now, lost: lost) == 4 && list.selection == 1)
  }
}
