import Dashboard
import Model
import Terminal
import Testing

/// What stands on the screen while the pipeline stands still.
struct AsOfTests {
  /// No record has come for six minutes.
  private func standing(_ view: ViewID) -> SampleFleet {
    var fleet = SampleFleet((120, 40))
    for second in stride(from: 5.0, through: 360, by: 5) { fleet.send(.tick, at: second) }
    for key in keys(to: view) { fleet.press(key, at: 360) }
    fleet.send(.frame, at: 360)
    return fleet
  }

  @Test(arguments: [ViewID.ops, .alarms, .pipeline, .overview, .map, .differences])
  func everyViewSaysUpToWhenRecordsAreTrue(view: ViewID) {
    let text = standing(view).canvas().text
    #expect(text[1].contains("records as of 14:0"), "\(text[1])")
    let inPane = text[2...].contains { $0.contains("as of 14:0") }
    #expect(inPane == [.ops, .alarms, .overview, .map].contains(view))
  }

  @Test func theWallSaysItInLargeFigures() {
    #expect(standing(.wall).canvas().text.contains { $0.contains("RECORDS AS OF") })
  }

  @Test func whileRecordsComeNobodySaysSo() {
    let text = SampleFleet((120, 40)).canvas().text
    #expect(!text.contains { $0.contains("as of 1") })
  }

  @Test func theHeaderNamesTheLateHop() {
    #expect(SampleFleet((120, 40)).canvas().text[1].contains("sink the group does not keep up"))
    #expect(SampleFleet((40, 10)).canvas().text[1].contains("sink late"))
  }
}
