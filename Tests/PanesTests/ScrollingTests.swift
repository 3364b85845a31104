import Dashboard
import Model
import Terminal
import Testing

/// What is longer than the screen can be scrolled to its last line, and no further.
struct ScrollingTests {
  /// A fleet of which the status page has all it can have.
  private func fullStatus(_ size: (width: Int, height: Int)) -> SampleFleet {
    var fleet = SampleFleet(unheard: size) { options in
      options.demo = DemoNotes(label: "a window is 5 s", commands: [])
      options.recordingFile = "night.egtop"
    }
    var counters = FeedCounters()
    counters.received = 10
    (counters.duplicates, counters.missed, counters.beyondBound) = (1, 2, 3)
    for feed in FeedKind.allCases {
      fleet.send(.feed(.status(feed, .live)))
      fleet.send(.feed(.counters(feed, counters)))
    }
    for topics in [ReaderProgress.Topics.enriched, .raw] {
      let progress = ReaderProgress(
        topics: topics,
        names: ["\(topics)"],
        partitions: 1,
        recordsBehind: 0,
        hasReadHistory: true
      )
      fleet.send(.feed(.progress(progress)))
    }
    var screen = ScreenFigures()
    (screen.frames, screen.roundTrip) = (1, 0.02)
    fleet.send(.screen(screen))
    let rejected = (1...3).map { number in
      RejectedMessage(
        feed: .mqtt,
        topic: "t",
        reason: "no",
        payload: "specimen \(number)",
        size: 9,
        receivedAt: SampleFleet.end.monotonic
      )
    }
    fleet.send(.feed(.rejected(rejected)))
    fleet.press(.character("="))
    return fleet
  }

  @Test(arguments: [(80, 24), (40, 10), (120, 30)])
  func theEndOfAFullStatusPageIsSeen(width: Int, height: Int) {
    // The newest specimen comes first.
    var fleet = fullStatus((width, height))
    #expect(!fleet.canvas().text.joined().contains("specimen 1"))
    fleet.press(.character("G"))
    #expect(fleet.canvas().text.joined().contains("specimen 1"))
    fleet.press(.character("g"))
    for _ in 0..<80 { fleet.press(.character("j")) }
    #expect(fleet.canvas().text.joined().contains("specimen 1"))
  }
}
