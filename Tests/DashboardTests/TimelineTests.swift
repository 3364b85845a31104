import Model
import Testing

@testable import Dashboard

struct TimelineTests {
  private func stamp(_ second: Int64) -> Stamp {
    Stamp(
      monotonic: second * 1_000_000_000,
      wall: 1_700_000_000_500_000_000 + second * 1_000_000_000
    )
  }

  private func send(_ kind: Event.Kind, at second: Int64, to timeline: inout Timeline) {
    timeline.advance(to: stamp(second))
    timeline.record(Event(kind, at: stamp(second)))
  }

  /// One generator more every ten seconds.
  private func timeline(seconds: Int64) -> Timeline {
    var timeline = Timeline(fleet: Fleet(), past: Past(budget: Past.usualBudget))
    for second in 0..<seconds {
      if second % 10 == 0 {
        let names = Event.Kind.feed(.names(generators: ["g\(second / 10)"], regions: []))
        send(names, at: second, to: &timeline)
      }
      send(.tick, at: second, to: &timeline)
    }
    return timeline
  }

  @Test func whatIsFrozenStaysWhileThePresentGoesOn() {
    var timeline = timeline(seconds: 20)
    timeline.freeze()
    send(.feed(.names(generators: ["new"], regions: [])), at: 30, to: &timeline)
    #expect(timeline.fleet.count == 2 && timeline.live.count == 3)
    #expect(timeline.now == stamp(19) && timeline.present == stamp(30) && !timeline.isLive)
    #expect(!timeline.isOtherMoment)
    #expect(timeline.goLive() != nil && timeline.goLive() == nil)
    #expect(timeline.fleet.count == 3 && timeline.now == stamp(30) && timeline.isOtherMoment)
    timeline.noteShown()
    #expect(!timeline.isOtherMoment)
  }

  @Test func aMomentIsTheFleetOfThen() {
    var timeline = timeline(seconds: 60)
    let isShown = timeline.show(stamp(25).monotonic)
    #expect(isShown)
    #expect(timeline.fleet.count == 3 && timeline.live.count == 6)
    #expect(timeline.pastView?.isChosen == true && timeline.now == stamp(25))
    #expect(timeline.show(stamp(55).monotonic) && timeline.fleet.count == 6)
    timeline.rememberLost(4)
    #expect(timeline.goLive()?.lost == 4)
  }

  @Test func stepsGoToWholeSeconds() {
    let timeline = timeline(seconds: 20)
    // The clock is half a second on.
    #expect(timeline.time(after: 0) == stamp(19).monotonic - 500_000_000)
    #expect(timeline.time(after: -3) == stamp(16).monotonic - 500_000_000)
  }

  @Test func withoutAPastThereIsNoMoment() {
    var timeline = Timeline(fleet: Fleet(), past: Past(budget: 0))
    send(.tick, at: 1, to: &timeline)
    #expect(!timeline.show(0) && timeline.isLive)
  }
}

struct AbsenceTests {
  @Test func tellsHowLongItWasAndWhatCameUp() {
    var absence = Absence(since: 10_000_000_000, alarms: 3)
    #expect(!absence.isOld(at: 90_000_000_000))
    absence.endedAt = 70_000_000_000
    #expect(absence.words(alarms: 4) == "away 1m00s, 1 new alarm")
    #expect(absence.words(alarms: 5) == "away 1m00s, 2 new alarms")
    #expect(!absence.isOld(at: 74_000_000_000) && absence.isOld(at: 75_000_000_000))
  }
}
