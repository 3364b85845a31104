import Maps
import Model
import Terminal
import Testing

@testable import Dashboard

struct RegionOverviewTests {
  @Test func regionsThatAreMetWhileTheOrderIsHeldComeLast() {
    var overview = RegionOverview()
    overview.rank(smallFleet(4, regions: ["A", "B"]), isHeld: false)
    let before = overview.ranked
    #expect(before.count == 2 && overview.selection == before.first && overview.line == 0)
    overview.rank(smallFleet(6, regions: ["A", "B", "C"]), isHeld: true)
    #expect(Array(overview.ranked.prefix(2)) == before && overview.ranked.count == 3)
  }

  @Test func theCursorStaysOnItsRegion() {
    var overview = RegionOverview()
    overview.putCursor(on: 1)
    #expect(overview.selection == nil)
    overview.rank(smallFleet(4), isHeld: false)
    overview.putCursor(on: 9)
    #expect(overview.line == 1 && overview.selection == overview.ranked[1])
    overview.forget()
    #expect(overview.selection != nil && overview.line == 0)
    overview.rank(smallFleet(4), isHeld: false)
    #expect(overview.line == 1)
  }

  @Test func aSmallFleetIsSummedUpAtEveryTick() {
    var overview = RegionOverview()
    overview.summarize(smallFleet(2), at: 1_000_000_000)
    #expect(overview.summary.madeAt == 1_000_000_000)
    overview.summarize(smallFleet(4), at: 1_200_000_000)
    #expect(overview.summary.madeAt == 1_200_000_000)
  }
}

struct AlertWatchPartTests {
  private static let second: Int64 = 1_000_000_000

  @Test func whatHappensWhileItIsMutedWaits() {
    var watch = AlertWatch()
    #expect(watch.toggleMute(at: 0) && watch.mutedUntil == 600 * Self.second)
    watch.update([3], isBeginning: false) { _ in [.refuel] }
    #expect(watch.dueCall(at: Self.second).isEmpty)
    #expect(!watch.endMute(at: 599 * Self.second) && watch.endMute(at: 600 * Self.second))
    #expect(watch.dueCall(at: 600 * Self.second).map(\.generator) == [3])
    let isEnded = watch.endMute(at: 700 * Self.second)
    #expect(!isEnded)
  }

  @Test func theSameKeyEndsIt() {
    var watch = AlertWatch()
    #expect(watch.toggleMute(at: 0) && !watch.toggleMute(at: 1) && watch.mutedUntil == nil)
  }
}

struct AlarmListsPartTests {
  @Test func allInAlarmAreLookedAtOnceOthersMayBeShown() {
    var lists = AlarmLists()
    #expect(lists.generatorsToUpdate([2, 1]) == [2, 1])
    lists.noteOtherSight()
    #expect(lists.generatorsToUpdate([2, 1]) == [1, 2])
    #expect(lists.generatorsToUpdate([]) == [])
  }
}

struct FleetMapPartTests {
  @Test func isOldWhileItHasNoPlaceAndFitsItsPlace() {
    var map = FleetMap()
    #expect(!map.resize(columns: 0, rows: 5) && map.isOld)
    #expect(map.resize(columns: 20, rows: 5) && map.needsFit)
    map.fit(to: nil)
    map.findPlaces(smallFleet(3), FleetList(smallFleet(3)).order)
    map.noteFit()
    #expect(!map.isOld && !map.needsFit && map.isFitted && map.unplaced == 3)
    #expect(!map.isOutdated(generators: 3) && map.isOutdated(generators: 4))
    // Nobody had a position; somebody has one now.
    #expect(!map.isFitOutgrown(visible: 3) && map.isFitOutgrown(visible: 4))
    map.moveWindow { $0.pan(east: 0.4, north: 0) }
    #expect(map.isOld && !map.isFitted && !map.isFitOutgrown(visible: 4))
    #expect(map.resize(columns: 30, rows: 5) && !map.needsFit)
  }
}

struct ProgramLogEventsTests {
  private func stamp(_ second: Int64) -> Stamp { Stamp(monotonic: second * 1_000_000_000, wall: 0) }

  @Test func aReasonThatStaysTheSameIsToldOnce() {
    var log = ProgramLog()
    var fleet = Fleet()
    for attempt in 1...3 {
      let status = FeedStatus.retrying(reason: "refused", nextTry: 0, attempt: attempt)
      log.now = stamp(Int64(attempt))
      log.note(.status(.mqtt, status), after: fleet.traffic)
      fleet.apply(.status(.mqtt, status), at: stamp(Int64(attempt)))
    }
    log.now = stamp(9)
    log.note(.status(.mqtt, .live), after: fleet.traffic)
    let texts = log.entries(from: 0).map(\.text)
    #expect(texts.first == "refused (try 1)" && texts.count == 2)
    #expect(texts.last?.hasPrefix("live") == true)
  }

  @Test func lossesAreToldOnceAMinute() {
    var log = ProgramLog()
    for second in stride(from: Int64(0), through: 60, by: 10) {
      var counters = FeedCounters()
      counters.missed = Int(second) + 1
      log.now = stamp(second)
      log.note(.counters(.kafka, counters), after: Fleet().traffic)
    }
    #expect(log.count == 2)
  }

  @Test func aStepOfTheClockIsTold() {
    var log = ProgramLog()
    log.noteTick(Fleet())
    log.now = Stamp(monotonic: 1_000_000_000, wall: 1_000_000_000)
    log.noteTick(Fleet())
    #expect(log.count == 0)
    log.now = Stamp(monotonic: 2_000_000_000, wall: 62_000_000_000)
    log.noteTick(Fleet())
    #expect(log.entries(from: 0).map(\.text) == ["the wall clock was set forward by 60 s"])
  }
}
