import Testing
import Wording

struct CivilTimeTests {
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
    #expect(CivilTime(wall: nanoseconds).rfc3339 == expected)
  }

  @Test(arguments: [
    (0, 0, "Thu", "00:00", "00:00:00.000"),
    (1_700_000_000_123_456_789, 3_600, "Tue", "23:13", "23:13:20.123"),
    (1_700_000_000_123_456_789, 7_200, "Wed", "00:13", "00:13:20.123"),
    (-1_000_000, -18_000, "Wed", "18:59", "18:59:59.999"),
  ])
  func tellsTheTimeInAZone(
    wall: Int64,
    offset: Int,
    weekday: String,
    minute: String,
    precise: String
  ) {
    let time = CivilTime(wall: wall, offset: offset)
    #expect(time.weekday == weekday)
    #expect(time.hourAndMinute == minute)
    #expect(time.preciseTimeOfDay == precise)
  }

  @Test func stampsFiles() {
    #expect(CivilTime(wall: 1_577_934_245_000_000_000).fileStamp == "20200102-030405Z")
  }

  /// Every day that nanoseconds can tell, there and back, and the lengths of the months with it.
  @Test func countsDaysAndNamesThemAlike() {
    var day: Int64 = CivilTime.daysSince1970(year: 1680, month: 1, day: 1)
    for year: Int64 in 1680...2261 {
      for month: Int64 in 1...12 {
        for date in 1...CivilTime.days(in: month, of: year) {
          let time = CivilTime(wall: day * TimeUnit.day.nanoseconds)
          let isSame =
            CivilTime.daysSince1970(year: year, month: month, day: date) == day
            && Int64(time.year) == year && Int64(time.month) == month && Int64(time.day) == date
          guard isSame else {
            Issue.record("\(year)-\(month)-\(date) is day \(day), which is \(time.date)")
            return
          }
          day += 1
        }
      }
    }
  }
}
