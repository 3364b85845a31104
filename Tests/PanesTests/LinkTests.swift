import Dashboard
import Model
import Terminal
import TestSupport
import Testing

/// What the screen says of the way to the operator, and of the silence that was asked for.
struct LinkTests {
  private func fleet(
    _ width: Int,
    _ height: Int,
    _ link: (inout ScreenFigures) -> Void
  )
    -> SampleFleet
  {
    var fleet = SampleFleet((width, height))
    var figures = ScreenFigures()
    figures.frames = 1_300
    figures.frameBytes = 400
    figures.totalBytes = 1_900_000
    link(&figures)
    fleet.send(.screen(figures))
    fleet.send(.frame)
    return fleet
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func aSlowLinkIsSpared(width: Int, height: Int) throws {
    let fleet = fleet(width, height) { $0.isLow = true }
    let text = fleet.canvas().text
    #expect(text.contains { $0.contains("LOW BANDWIDTH") })
    #expect(!text.contains { $0.contains(" AGE") || $0.contains("FUEL 60 MIN") })
    if width == 80 { try expectSnapshot(fleet.canvas(), named: "low-80x24") }
  }

  @Test func theStatusPageTellsOfTheLink() {
    var slow = fleet(120, 60) { figures in
      figures.isSlow = true
      figures.bytesPerSecond = 3_210
      figures.roundTrip = 0.018
      figures.queuedBytes = 812
    }
    slow.press(.character("="))
    let line = slow.canvas().text.first { $0.contains("round trip") }
    let words = "slow, a frame a second, 3.2 kB/s were taken, round trip 18 ms, 812 B on the way"
    #expect(line?.contains(words) == true)
    var unknown = fleet(120, 60) { _ in }
    unknown.press(.character("="))
    #expect(!unknown.canvas().text.contains { $0.contains("round trip") })
  }

  /// What came by each source, what of it was understood, and why the rest was not.
  @Test func theStatusPageTellsOfEachSource() throws {
    var fleet = SampleFleet((80, 60))
    var (gateways, boats) = (SourceFigures(name: "plant-gateways"), SourceFigures(name: "boats"))
    (gateways.messages, gateways.understood) = (1_204_331, 1_204_300)
    (boats.messages, boats.understood, boats.notUnderstood) = (31, 0, 30)
    boats.reason = "no field known"
    boats.topic = "N/c0ffee012345/tank/20/Temperature"
    boats.payload = "{\"value\":14.5}"
    var counters = FeedCounters()
    counters.received = 1_204_362
    counters.sources = [gateways, boats]
    fleet.send(.feed(.counters(.mqtt, counters)))
    fleet.press(.character("="))
    try expectSnapshot(fleet.canvas(), named: "status-sources-80x60")
  }

  @Test func theHeaderTellsHowLongTheBellIsOff() throws {
    var fleet = SampleFleet((120, 40))
    fleet.press(.character("B"))
    #expect(fleet.canvas().text[0].contains("muted 10m"))
    fleet.send(.tick, at: 541)
    #expect(fleet.canvas().text[0].contains("muted 60s"))
    fleet.send(.tick, at: 571)
    #expect(fleet.canvas().text[0].contains("muted 30s"))
    fleet.send(.tick, at: 600)
    #expect(!fleet.canvas().text[0].contains("muted"))
  }

  @Test(arguments: [(120, 40), (39, 9)])
  func theClockMovesEveryTenSeconds(width: Int, height: Int) throws {
    var fleet = SampleFleet((width, height))
    func colon() throws -> Role {
      let canvas = fleet.canvas()
      let line = canvas.text[0]
      let place = try #require(line.firstRange(of: "14:0"))
      return canvas[TextWidth.of(line[..<place.lowerBound]) + 2, 0].role
    }
    fleet.send(.frame)
    let first = try colon()
    fleet.send(.tick, at: 10)
    #expect(try colon() != first)
    fleet.send(.tick, at: 20)
    #expect(try colon() == first)
  }
}
