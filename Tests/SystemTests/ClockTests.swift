import System
import Testing

struct ClockTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000_000_000, "2000-02-29T00:00:00.000Z"),
    (1_700_000_000_123_456_789, "2023-11-14T22:13:20.123Z"),
    (4_107_542_399_999_999_999, "2100-02-28T23:59:59.999Z"),
    (4_107_542_400_000_000_000, "2100-03-01T00:00:00.000Z"),
    (Int64.max, "2262-04-11T23:47:16.854Z"),
    (Int64.min, "1677-09-21T00:12:43.145Z"),
  ])
  func writesTimesInUTC(_ nanoseconds: Int64, _ expected: String) {
    #expect(rfc3339(wallNanoseconds: nanoseconds) == expected)
  }

  @Test func monotonicTimeNeverGoesBack() {
    let first = monotonicNanoseconds()
    sleepThread(nanoseconds: 1_000_000)
    #expect(monotonicNanoseconds() - first >= 1_000_000)
  }
}
