import Dashboard
import Model
import Terminal
import Testing
import Wording

@testable import Panes

/// What the screen shows of metrics that most generators do not send.
struct FurtherMetricTests {
  /// The sample fleet, whose first generator tells one more metric.
  private func fleet(_ metric: Metric) -> SampleFleet {
    var fleet = SampleFleet((120, 40))
    var reading = Reading()
    reading[.fuel] = 700
    reading[metric] = 41.5
    let sample = Sample(
      generator: 0,
      source: .mqtt,
      receivedAt: SampleFleet.stamp(1).monotonic,
      reading: reading
    )
    _ = fleet.send(.feed(.samples([sample])), at: 1)
    return fleet
  }

  private func type(_ text: String, _ fleet: inout SampleFleet) {
    fleet.type(text, at: 1)
    fleet.press(.enter, at: 1)
  }

  @Test(arguments: Metric.further)
  func itsColumnTakesNoRoomUntilItIsChosen(metric: Metric) throws {
    var fleet = fleet(metric)
    let heading = metric.row.heading
    let before = fleet.canvas().text
    #expect(!before.contains { $0.contains("GENERATOR") && $0.contains(heading) })
    type(":columns +\(metric.wireName)", &fleet)
    let headings = try #require(fleet.canvas().text.first { $0.contains("GENERATOR") })
    #expect(headings.contains(heading))
    fleet.press(.character("c"), at: 1)
    #expect(fleet.canvas().text.contains { $0.contains("[x] \(metric.row.title)") })
  }

  @Test(arguments: Metric.further)
  func theDetailShowsItWhereItIsKnown(metric: Metric) throws {
    for place in 0...1 {
      var fleet = fleet(metric)
      fleet.press(.character("f"), at: 1)
      type(fleet.state.fleet.ids[place], &fleet)
      fleet.press(.enter, at: 1)
      let lines = fleet.canvas().text
      #expect(lines.contains { $0.contains("NOW") })
      let value = "\(Figures.exact(41.5, most: metric.row.decimals)) \(metric.row.unit)"
      let shown = lines.contains { $0.contains(metric.row.label) && $0.contains(value) }
      #expect(shown == (place == 0))
    }
  }
}
