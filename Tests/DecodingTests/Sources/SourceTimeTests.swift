import Decoding
import JSON
import Model
import Testing

/// When values were measured, as messages write it.
struct SourceTimeTests {
  /// 2026-01-05 13:20:11 UTC.
  private static let moment: Int64 = 1_767_619_211_000_000_000

  private func time(
    _ json: String,
    zone: String? = nil,
    format: String? = nil,
    now: Int64 = noon
  ) throws -> Int64? {
    let sourced = Sourced(
      try source {
        var time = SourceTime(path: try JSONPath("$.ts"))
        (time.zone, time.format) = (zone, format)
        $0.time = time
        $0.add(.fuel, try place("$.fuel"))
      }
    )
    #expect(
      sourced.decode("gensets/g1/state", #"{"ts": \#(json), "fuel": 61}"#, now: now)
        == .understood(source: 0)
    )
    #expect(sourced.reading?.fuel == 61)
    let time = sourced.findings.first?.time
    let lost: [Rejection] = time == nil && json != "null" ? [.noTime] : []
    #expect(sourced.decoder.losses == lost)
    return time
  }

  @Test(arguments: [
    "1767619211", "1767619211.0", "1767619211000", "1767619211000000", "1767619211000000000",
    "\"1767619211\"", "\"1767619211.0\"", "\"2026-01-05T13:20:11Z\"", "\"2026-01-05T13:20:11\"",
    "\"2026-01-05 13:20:11\"", "\"2026-01-05T14:20:11+01:00\"", "\"2026-01-05T13:20:11+0000\"",
    "\"2026/01/05 13:20:11\"", "\"2026-01-05 06:20:11 -0700\"", "\"2026-01-05 13:20:11 UTC\"",
    "\" 2026-01-05T13:20:11.000 \"", "\"2026-1-5 13:20:11\"",
  ])
  func readsWhatIsWritten(json: String) throws {
    #expect(try time(json) == Self.moment)
  }

  @Test(arguments: [
    ("\"2026-01-05T14:20:11\"", "Europe/Berlin"), ("\"2026/01/05 14:20:11\"", "Europe/Berlin"),
    ("\"2026-01-05T08:20:11\"", "America/New_York"), ("\"2026-01-05T14:20:11\"", "+01:00"),
    // What says its own zone is believed, and numbers are of no zone.
    ("\"2026-01-05T13:20:11Z\"", "Europe/Berlin"), ("1767619211", "Europe/Berlin"),
  ])
  func knowsTheZone(json: String, zone: String) throws {
    #expect(try time(json, zone: zone) == Self.moment)
  }

  @Test(arguments: [
    ("05.01.2026 13:20:11", "%d.%m.%Y %H:%M:%S"), ("01/05/26 01:20:11 PM", "%m/%d/%y %I:%M:%S %p"),
    ("Monday January 05, 2026 13:20:11", "%A %B %d, %Y %H:%M:%S"),
    ("5 Jan 2026  13:20:11", "%e %b %Y %H:%M:%S"), ("2026-005 13:20:11", "%Y-%j %H:%M:%S"),
    ("20260105132011", "%Y%m%d%H%M%S"), ("at 1767619211", "at %s"),
    ("05.01.2026 15:20:11 +0200", "%d.%m.%Y %H:%M:%S %z"), ("100 % 1767619211", "100 %% %s"),
  ])
  func readsFormats(text: String, format: String) throws {
    #expect(try time("\"\(text)\"", format: format) == Self.moment)
  }

  @Test func takesWhatAFormatLeavesOutFromToday() throws {
    #expect(try time("\"11:59:00\"", format: "%H:%M:%S") == noon - 60_000_000_000)
    #expect(
      try time("\"12:59:00.5\"", zone: "Europe/Berlin", format: "%H:%M:%S.%f")
        == noon - 59_500_000_000
    )
  }

  @Test(arguments: [
    "null", "true", "\"\"", "\"yesterday\"", "{}", "[1]", "1e999", "NaN", "0", "-5",
    "\"2026-02-30T13:20:11\"", "\"2026-01-05T25:20:11\"", "\"2026-01-05\"", "312",
    // More than a day ahead.
    "1796200000", "\"2026-12-02T12:00:00Z\"", "\"2026-01-05T13:20:11 CEST\"", "\"1e300\"",
  ])
  func losesATimeAlone(json: String) throws {
    #expect(try time(json) == nil)
  }

  @Test func refusesWhatIsNotInTheFormat() throws {
    for text in [
      "05.01.2026", "05.01.2026 13:20:11 x", "2026-01-05 13:20:11", "5.13.2026 01:00:00",
    ] {
      #expect(try time("\"\(text)\"", format: "%d.%m.%Y %H:%M:%S") == nil)
    }
  }
}
