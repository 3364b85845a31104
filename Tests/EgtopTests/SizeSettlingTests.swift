import Testing

@testable import egtop

/// How many sizes are drawn while a window is dragged.
struct SizeSettlingTests {
  private static let millisecond: Int64 = 1_000_000

  @Test func oneChangeIsDrawnAfterAMoment() {
    var size = SizeSettling()
    #expect(!size.isDue(at: .max))
    size.change(at: 1_000 * Self.millisecond)
    #expect(!size.isDue(at: 1_049 * Self.millisecond))
    #expect(size.isDue(at: 1_050 * Self.millisecond))
    size.stopWaiting()
    #expect(!size.isDue(at: .max))
  }

  @Test func aStormIsDrawnFiveTimesASecond() {
    var size = SizeSettling()
    var drawn = 0
    for now in stride(from: 0, to: 2_000 * Self.millisecond, by: 10 * Int(Self.millisecond)) {
      size.change(at: now)
      guard size.isDue(at: now) else { continue }
      size.stopWaiting()
      drawn += 1
    }
    #expect(drawn == 9)
  }
}
