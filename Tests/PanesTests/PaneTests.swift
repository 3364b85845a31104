import Dashboard
import Model
import Terminal
import Testing

@testable import Panes

struct PaneTests {
  @Test(arguments: [(80, 24), (120, 40), (200, 60), (40, 10), (20, 5), (100, 30)])
  func aPaneDrawsNothingOutsideItsArea(width: Int, height: Int) {
    for view in ViewID.allCases {
      var fleet = SampleFleet((width, height))
      for key in keys(to: view) { fleet.press(key) }
      fleet.breakFeeds()
      for place in fleet.state.layout.places {
        var picture = Picture(fleet.state, .unicode)
        picture.draw(place.pane, in: place.area)
        let strays = (0..<height).flatMap { y in
          (0..<width).filter {
            !place.area.contains(x: $0, y: y) && picture.canvas[$0, y] != Cell()
          }
          .map { "\(place.pane) of \(view) at \($0), \(y)" }
        }
        #expect(strays.isEmpty, "\(strays.prefix(3))")
      }
    }
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60), (20, 5)])
  func withASCIIGlyphsOnlyNamesAreOther(width: Int, height: Int) {
    for keys in LayoutTests.views {
      var fleet = SampleFleet((width, height))
      for key in keys { fleet.press(key) }
      let others = fleet.canvas(.ascii).text.joined().filter { !$0.isASCII }
      #expect(Set(others).isSubset(of: Set("東京発電機都庁舎非常用一号…")), "\(others)")
    }
  }

  /// The cells of the row in which `text` stands, from there on.
  private func cells(from text: String, in canvas: Canvas) throws -> [Cell] {
    let y = try #require(canvas.text.firstIndex { $0.contains(text) })
    let row = canvas.text[y]
    let start = try #require(row.firstRange(of: text))
    let x = TextWidth.of(row[..<start.lowerBound])
    return (x..<canvas.width).map { canvas[$0, y] }
  }

  @Test func aBurstOfLastWillsIsOneLine() {
    var fleet = SampleFleet((200, 60))
    let wills = (0..<36).map {
      PresenceChange(generator: $0, word: .lastWill, receivedAt: SampleFleet.end.monotonic)
    }
    fleet.send(.feed(.presence(wills)), at: 1)
    fleet.send(.frame, at: 1)
    let lines = fleet.canvas().text.filter { $0.contains(" lost in 1 s: ") }
    #expect(lines.count == 1 && lines[0].contains("+ 3"), "\(lines)")
  }

  @Test func aForeignMessageShowsThatItCame() {
    var fleet = SampleFleet(unheard: (120, 40)) {
      $0.inventory = []
      $0.policy.hasEnrichedFeed = false
    }
    fleet.send(.feed(.status(.mqtt, .live)))
    var counters = FeedCounters()
    for second in 0..<15 {
      counters.received += 12
      counters.ignored += 12
      fleet.send(.feed(.counters(.mqtt, counters)), at: Double(second))
      fleet.send(.tick, at: Double(second))
    }
    let message = RejectedMessage(
      feed: .mqtt,
      topic: "gensets/g25/state",
      reason: "no field known",
      kind: .foreign,
      payload: #"{"fuel_level": 63}"#,
      size: 18,
      receivedAt: SampleFleet.end.monotonic
    )
    fleet.send(.feed(.rejected([message])), at: 15)
    fleet.send(.frame, at: 15)
    let text = fleet.canvas().text.joined(separator: "\n")
    let words = #"12/s, none understood: no field known, e.g. gensets/g25/state {"fuel_level""#
    #expect(text.contains(words), "\(text)")
    #expect(text.contains("live 12/s, none understood"))
    #expect(!text.contains("nothing yet") && !text.contains("live 0/s"))
  }

  @Test func valuesOfADeadFeedAreDrawnAsOld() throws {
    var fleet = SampleFleet((120, 40))
    #expect(try cells(from: "58.3%", in: fleet.canvas()).first?.role == .text)
    fleet.breakFeeds()
    let canvas = fleet.canvas()
    #expect(canvas.text.contains { $0.contains("NO MQTT FEED 12s · connection refused") })
    #expect(canvas.text.contains { $0.contains("next try in 3s · values are old") })
    #expect(try cells(from: "58.3%", in: canvas).first?.role == .stale)
    let figures = canvas.cells.enumerated().filter { place, cell in
      let y = place / canvas.width
      return (6..<19).contains(y) && cell.role == .text && cell.scalar.properties.isASCIIHexDigit
    }
    // Ids alone stay bright.
    #expect(figures.allSatisfy { $0.offset % canvas.width < 20 })
  }

  @Test func aRawValueThatContradictsItsAlarmIsMarked() {
    let fleet = SampleFleet((120, 40))
    let rows = fleet.canvas().text.filter { $0.contains("Consett Ambu") && $0.contains("raw") }
    #expect(rows.allSatisfy { $0.contains("612 ?") } && rows.count == 1)
  }

  @Test func hiddenAlarmsAreCounted() {
    var fleet = SampleFleet((80, 24))
    fleet.press(.character("6"))
    let text = fleet.canvas().text.joined(separator: "\n")
    #expect(text.contains("10 hidden alarms"))
    #expect(text.contains("hidden 36"))
  }

  @Test func whatIsUnknownIsNeverZero() throws {
    let fleet = SampleFleet((200, 60))
    let row = try #require(fleet.canvas().text.first { $0.contains("g2   ") && $0.contains("--") })
    #expect(row.filter { $0 == "?" }.count == 6)
  }

  @Test func theCursorStaysOnTheScreenAndOnItsGenerator() {
    var fleet = SampleFleet((80, 24))
    fleet.press(.character("G"))
    let canvas = fleet.canvas()
    let selected = canvas.cells.filter { $0.role == .selection }
    #expect(selected.count > 40)
    #expect(canvas.text.contains { $0.contains("32-40 of 40") })
  }
}
