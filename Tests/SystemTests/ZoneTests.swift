import System
import Testing

/// Zones of the tz database against dates whose offsets are known.
struct ZoneTests {
  /// Seconds since 1970.
  private static let (winter, summer): (Int64, Int64) = (1_767_619_211, 1_783_256_411)

  @Test(arguments: [
    ("UTC", 0, 0), ("Europe/Berlin", 3_600, 7_200), ("America/New_York", -18_000, -14_400),
    ("Asia/Kolkata", 19_800, 19_800), ("Australia/Sydney", 39_600, 36_000),
    ("+01:00", 3_600, 3_600), ("-0330", -12_600, -12_600), ("+2", 7_200, 7_200), ("Z", 0, 0),
  ])
  func knowsOffsets(name: String, winter: Int64, summer: Int64) throws {
    let zone = try #require(Zone(named: name))
    #expect(zone.offset(at: Self.winter) == winter)
    #expect(zone.offset(at: Self.summer) == summer)
  }

  /// Behind the last change of the file the rule at its end counts, also in slim files, which have no other.
  @Test(arguments: [
    ("Europe/Berlin", 2_525_000_000, 3_600), ("Europe/Berlin", 2_540_000_000, 7_200),
    ("Australia/Sydney", 2_525_000_000, 39_600), ("Australia/Sydney", 2_540_000_000, 36_000),
  ])
  func knowsOffsetsOfTheFarFuture(name: String, seconds: Int64, offset: Int64) throws {
    #expect(try #require(Zone(named: name)).offset(at: seconds) == offset)
  }

  @Test func knowsBothHoursOfANightWithTwo() throws {
    let zone = try #require(Zone(named: "Europe/Berlin"))
    // 2026-10-25 02:30 in Berlin came at 00:30 UTC and at 01:30 UTC.
    let local: Int64 = 1_792_895_400
    #expect(zone.seconds(local: local, now: local - 3_600) == local - 3_600)
    #expect(zone.seconds(local: local, now: local - 6_000) == local - 7_200)
    // 2026-03-29 02:30 never came: as if clocks had not been changed, 01:30 UTC.
    let never: Int64 = 1_774_751_400
    #expect(zone.seconds(local: never, now: never) == never - 3_600)
    #expect(zone.seconds(local: 1_783_256_411, now: 0) == 1_783_249_211)
  }

  @Test(arguments: [
    "", "Europe", "Europe/Nowhere", "../../etc/passwd", "/etc/passwd", "Europe/../../etc/passwd",
    "posixrules/..", "zone.tab", "+25:00", "+1:60", "+", "+01:", "europe berlin", "-",
  ])
  func refusesOthers(name: String) {
    #expect(Zone(named: name) == nil)
  }
}
