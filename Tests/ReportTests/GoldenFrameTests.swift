import Dashboard
import Foundation
import Model
import Panes
import Report
import Terminal
import TestSupport
import Testing

/// A recording of the real program, played up to fixed moments: `make snapshots` takes the frames again.
///
/// What the panes are tested with is made up; this is what a fleet with its pipeline really sends, from an empty screen
/// over its history to lost connections.
struct GoldenFrameTests {
  /// Seconds after the first event: the first samples, all of the past, two lost generators, one of them back.
  private static let moments = [0.5, 10, 30, 42]

  private static let recording = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Recordings/demo.egtop").path()

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func everyMomentLooksAsItDid(width: Int, height: Int) throws {
    let reader = try RecordingReader(path: Self.recording)
    var state = DashboardState(reader.options)
    var moments = Self.moments[...]
    var first: Stamp?
    var last: Event?
    while let event = reader.next() {
      let start = first ?? event.stamp
      first = start
      while let moment = moments.first,
        event.stamp.monotonic >= start.monotonic + Int64(moment * 1e9)
      {
        try expectFrame(of: &state, at: start, after: moment)
        moments.removeFirst()
      }
      var event = event
      if case .resize = event.kind { event.kind = .resize(width: width, height: height) }
      _ = state.apply(event)
      last = event
    }
    let start = try #require(first)
    for moment in moments { try expectFrame(of: &state, at: start, after: moment) }
    // Cut off at its end, it would show less and still pass.
    let length = try #require(last).stamp.monotonic - start.monotonic
    #expect(length > 41_000_000_000)
  }

  private func expectFrame(
    of state: inout DashboardState,
    at start: Stamp,
    after seconds: Double,
  ) throws {
    _ = state.apply(Event(.frame, at: start.at(monotonic: start.monotonic + Int64(seconds * 1e9))))
    let canvas = drawDashboard(state, glyphs: .unicode).canvas
    try expectSnapshot(canvas, named: "replay-\(state.width)x\(state.height)-\(seconds)s")
  }
}
