import Dashboard
import Model
import Terminal
import TestSupport
import Testing

@testable import Panes

/// The panes of one generator.
struct DetailPaneTests {
  /// The sample fleet, with the detail of one generator open.
  private func fleet(_ id: String, _ size: (Int, Int) = (120, 40)) -> SampleFleet {
    var fleet = SampleFleet(size)
    fleet.press(.character("f"))
    fleet.type(id)
    fleet.press(.enter, .enter)
    return fleet
  }

  private func message(
    _ stage: WatchedMessage.Stage,
    _ generator: GeneratorIndex,
    _ fields: [(String, String)],
    at seconds: Double
  ) -> WatchedMessage {
    let text = "{" + fields.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    let receivedAt = SampleFleet.stamp(seconds).monotonic
    var message = WatchedMessage(stage, of: generator, receivedAt: receivedAt)
    message.topic = stage == .mqtt ? "emergency_generator/EG" : "EGkafka_downsampled"
    message.size = text.utf8.count
    message.bytes = Array(text.utf8)
    message.text = text
    message.fingerprint = 1
    message.fields = fields.map { MessageField(name: $0.0, value: $0.1) }
    if stage == .mqtt {
      message.qos = 1
    } else {
      message.key = "EG"
      message.partition = 3
      message.offset = 88_201_447
      message.recordTime = SampleFleet.stamp(seconds).wall
    }
    return message
  }

  private func withMessages(_ size: (Int, Int)) -> SampleFleet {
    var fleet = fleet("EG-417", size)
    let raw = { (fuel: String) in [("fuel", fuel), ("load", "10"), ("generatorID", "EG-417")] }
    let record = [("fuel", "43"), ("alarm", "refuel"), ("region", "North-East")]
    for (second, fuel) in [(-2.0, "42"), (-1, "41")] {
      fleet.send(.feed(.watched(message(.mqtt, 0, raw(fuel), at: second))))
    }
    fleet.send(.feed(.watched(message(.enriched, 0, record, at: -3))))
    fleet.send(.frame)
    return fleet
  }

  @Test(arguments: ["table", "text", "hex"])
  func theMessages(form: String) throws {
    for size in [(80, 24), (120, 40), (200, 60)] {
      var fleet = withMessages(size)
      for _ in PayloadForm.allCases where fleet.state.payloadForm.rawValue != form {
        fleet.press(.character("v"))
      }
      fleet.send(.tick, at: 6)
      fleet.press(.character("z"), at: 6)
      for _ in ViewID.detail.panes where fleet.state.focus != .detailRecord {
        fleet.press(.tab, at: 6)
      }
      #expect(fleet.state.focus == .detailRecord)
      let canvas = fleet.canvas()
      guard size == (120, 40) else { continue }
      try expectSnapshot(
        canvas,
        of: fleet.state.layout.area(of: .detailRecord),
        named: "detail-\(form)"
      )
    }
  }

  /// Fuel that is counted in percent is not told a second time.
  @Test func theFuelIsToldOnceInPercent() throws {
    for (tank, title) in [(100.0, "FUEL 39 %"), (300, "FUEL 39 13.0%")] {
      var fleet = fleet("EG-417")
      var reading = Reading()
      reading[.fuel] = 39
      reading[.tank] = tank
      let time = SampleFleet.stamp(1).monotonic
      let sample = Sample(generator: 0, source: .mqtt, receivedAt: time, reading: reading)
      fleet.send(.feed(.samples([sample])), at: 1)
      fleet.send(.frame, at: 1)
      let line = try #require(fleet.canvas().text.first { $0.contains("FUEL 39") })
      #expect(line.contains(title) && !line.contains("39.0%"), "\(line)")
    }
  }

  @Test func whatChangedAndWhatDiffersIsShown() {
    let fleet = withMessages((120, 40))
    let text = fleet.canvas().text.joined(separator: "\n")
    #expect(text.contains("42 → 41"))
    #expect(text.contains("≠  43"))
    #expect(text.contains("p3@88201447"))
  }

  /// Lost, disconnected, of other scripts, without fuel, only remembered, and never heard.
  @Test(arguments: [
    ("lost", "EG-1628"), ("disconnected", "EG-4050"), ("wide", "東京"), ("long", "generator-with"),
    ("nofuel", "g1"), ("remembered", "g2"), ("refuelled", "EG-1109"),
  ])
  func whateverIsKnownItCanBeDrawn(name: String, id: String) throws {
    for size in [(120, 40), (80, 24), (40, 10), (20, 5)] {
      let fleet = fleet(id, size)
      #expect(fleet.state.view == .detail)
      if size == (120, 40) {
        try expectSnapshot(
          fleet.canvas(),
          of: fleet.state.layout.area(of: .detailNow),
          named: "detail-\(name)"
        )
      }
      let text = fleet.canvas(.ascii).text.joined()
      #expect(!text.contains("nan") && !text.contains("inf "))
    }
  }

  @Test(arguments: [(80, 24), (120, 40)])
  func aValueThatWasLeftOutIsTold(width: Int, height: Int) throws {
    var fleet = fleet("EG-4569", (width, height))
    let place = try #require(fleet.state.subject)
    let before = fleet.state.fleet.generators[Int(place)].reading
    for (second, fuel) in [(1.0, 0), (2, before.fuel), (3, before.fuel)] {
      var reading = Reading()
      for metric in Metric.usual { reading[metric] = before[metric] }
      reading[.fuel] = fuel
      let receivedAt = SampleFleet.stamp(second).monotonic
      let sample = Sample(generator: place, source: .mqtt, receivedAt: receivedAt, reading: reading)
      fleet.send(.feed(.samples([sample])), at: second)
    }
    fleet.send(.tick, at: 3)
    fleet.send(.frame, at: 3)
    let area = fleet.state.layout.area(of: .detailNow)
    try expectSnapshot(fleet.canvas(), of: area, named: "detail-odd-\(width)x\(height)")
    #expect(fleet.canvas().text.contains { $0.contains("odd value 0 at 14:03, left out") })
  }

  @Test(arguments: [(80, 24), (120, 40), (40, 10), (20, 5), (60, 50)])
  func aPaneDrawsNothingOutsideItsArea(width: Int, height: Int) {
    var fleet = withMessages((width, height))
    fleet.breakFeeds()
    for pane in ViewID.detail.panes {
      let area = fleet.state.layout.area(of: pane) ?? Rect(x: 3, y: 2, width: 17, height: 4)
      for glyphs in [Glyphs.unicode, .braille, .ascii] {
        var picture = Picture(fleet.state, glyphs)
        picture.draw(pane, in: area)
        let outside = picture.canvas.cells.enumerated().filter { place, cell in
          !area.contains(x: place % width, y: place / width) && cell != Cell()
        }
        #expect(outside.isEmpty, "\(pane)")
      }
    }
  }

  @Test func gapsAreNotJoined() throws {
    let fleet = fleet("EG-2493")
    let subject = try #require(FleetRow(known: fleet.state.subject, fleet.state))
    let picture = Picture(fleet.state, .unicode)
    let values = picture.slots(.load, of: subject)
    // It was away from 90 to 16 seconds ago.
    #expect(subject.index == 12)
    #expect(values[200..<232].allSatisfy { $0 != nil })
    #expect(values[234..<238].allSatisfy { $0 == nil })
    #expect(values[238] != nil && values[239] != nil)
  }
}
