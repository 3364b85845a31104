import Testing

@testable import egtop

/// When frames are due.
struct FramePacerTests {
  private static let millisecond: Int64 = 1_000_000

  private func due(_ pacer: FramePacer) -> Int64? { pacer.due.map { $0 / Self.millisecond } }

  private func pacer(isSlow: Bool = false) -> FramePacer {
    var pacer = FramePacer(framesPerSecond: 5)
    pacer.isSlow = isSlow
    pacer.drew(at: 10_000 * Self.millisecond)
    return pacer
  }

  @Test(arguments: [
    (FramePacer.Urgency.values, false, 10_200), (.event, false, 10_050), (.key, false, 10_010),
    (.values, true, 11_000), (.event, true, 11_000), (.key, true, 10_010),
  ])
  func theNextFrameIsDue(urgency: FramePacer.Urgency, isSlow: Bool, milliseconds: Int64) {
    var pacer = pacer(isSlow: isSlow)
    pacer.ask(urgency, at: 10_010 * Self.millisecond)
    #expect(due(pacer) == milliseconds)
  }

  @Test func valuesMoveFasterForAMomentAfterAKey() {
    var pacer = pacer()
    pacer.ask(.key, at: 10_500 * Self.millisecond)
    pacer.drew(at: 10_500 * Self.millisecond)
    pacer.ask(.values, at: 10_510 * Self.millisecond)
    #expect(due(pacer) == 10_600)
    pacer.drew(at: 12_500 * Self.millisecond)
    pacer.ask(.values, at: 12_510 * Self.millisecond)
    #expect(due(pacer) == 12_700)
  }

  @Test func aKeyMakesNoSlowLinkFaster() {
    var pacer = pacer(isSlow: true)
    pacer.ask(.key, at: 10_500 * Self.millisecond)
    pacer.drew(at: 10_500 * Self.millisecond)
    pacer.ask(.values, at: 10_510 * Self.millisecond)
    #expect(due(pacer) == 11_500)
  }

  @Test func theEarliestWins() {
    var pacer = pacer()
    pacer.ask(.event, at: 10_010 * Self.millisecond)
    pacer.ask(.values, at: 10_020 * Self.millisecond)
    #expect(due(pacer) == 10_050)
    #expect(!pacer.isDue(at: 10_049 * Self.millisecond))
    #expect(pacer.isDue(at: 10_050 * Self.millisecond))
  }

  @Test func aFrameThatCannotBeSentIsNotAskedForAgainAndAgain() {
    var pacer = pacer()
    pacer.ask(.key, at: 10_100 * Self.millisecond)
    pacer.skip(at: 10_100 * Self.millisecond)
    #expect(due(pacer) == 11_100)
  }

  @Test func fewFramesAreWhatWasAskedFor() {
    var pacer = FramePacer(framesPerSecond: 1)
    pacer.drew(at: 0)
    pacer.ask(.values, at: Self.millisecond)
    #expect(due(pacer) == 1_000)
    pacer.drew(at: 0)
    pacer.ask(.event, at: Self.millisecond)
    #expect(due(pacer) == 50)
  }
}
