import Dashboard
import Model
import Terminal
import TestSupport
import Testing

/// Pictures of a screen that does not show the present.
struct PastTests {
  private static let sizes = [(80, 24), (120, 40), (40, 10), (20, 5), (8, 2)]

  @Test func frozen() throws {
    for size in Self.sizes {
      var fleet = SampleFleet(size)
      fleet.press(.character("Z"))
      fleet.goOn()
      try expectPicture(of: fleet, "frozen", size)
    }
  }

  @Test func past() throws {
    for size in Self.sizes {
      var fleet = SampleFleet(size)
      fleet.press(.character("("), .character("["))
      fleet.goOn()
      try expectPicture(of: fleet, "past", size)
    }
  }

  /// Draws it at every size, and compares the picture at an usual one and at one where only the essentials have room.
  private func expectPicture(of fleet: SampleFleet, _ name: String, _ size: (Int, Int)) throws {
    let canvas = fleet.canvas()
    guard size == (80, 24) || size == (20, 5) else { return }
    try expectSnapshot(canvas, named: "\(name)-\(size.0)x\(size.1)")
  }

  @Test func saysThatAFeedIsBrokenMeanwhile() {
    var fleet = SampleFleet((120, 40))
    fleet.press(.character("["))
    fleet.breakFeeds()
    #expect(fleet.canvas().text[1].contains("now no MQTT feed"))
  }

  @Test func everyPaneShowsThatSecondAgainWheneverOneComesBackToIt() {
    var fleet = SampleFleet((120, 40))
    fleet.press(.character("["))
    let past = fleet.canvas()
    fleet.goOn()
    #expect(Self.rows(fleet.canvas()) == Self.rows(past))
    fleet.press(.character("Z"), at: 10)
    #expect(Self.rows(fleet.canvas()) != Self.rows(past))
    fleet.press(.character("("), .character("["), at: 10)
    #expect(Self.rows(fleet.canvas()) == Self.rows(past))
  }

  /// Strip and panes, without header and bottom line.
  private static func rows(_ canvas: Canvas) -> [String] { Array(canvas.text[2..<39]) }

  @Test func backInThePresentTheScreenIsThatOfOneWhoNeverLeft() {
    for size in [(80, 24), (200, 60)] {
      var traveller = SampleFleet(size)
      var other = traveller
      traveller.press(.character("["), .character("("), .character("{"))
      traveller.goOn()
      other.goOn()
      traveller.press(.character("Z"), at: 20)
      other.press(.character("0"), at: 20)
      #expect(traveller.canvas().text == other.canvas().text)
    }
  }
}

extension SampleFleet {
  /// Ten seconds, in which one vanishes.
  fileprivate mutating func goOn() {
    for second in 1...10 {
      let time = Self.stamp(Double(second))
      if second == 4 {
        let will = PresenceChange(generator: 3, word: .lastWill, receivedAt: time.monotonic)
        send(.feed(.presence([will])), at: 4)
      }
      send(.tick, at: Double(second))
      send(.frame, at: Double(second))
    }
  }
}
