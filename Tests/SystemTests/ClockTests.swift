import System
import Testing

struct ClockTests {
  @Test func monotonicTimeNeverGoesBack() {
    let first = monotonicNanoseconds()
    sleepThread(nanoseconds: 1_000_000)
    #expect(monotonicNanoseconds() - first >= 1_000_000)
  }
}
