import Model
import Testing

/// Metrics that the user has named, on the screen.
struct NamedMetricScreenTests {
  @Test func haveAColumnOnceChosenAndALineInTheDetail() async {
    await #expect(processExitsWith: .success) {
      var exhaust = NamedMetric(name: "exhaust", heading: "EXH")
      (exhaust.unit, exhaust.title) = ("°C", "exhaust gas")
      NamedMetric.use([exhaust])
      let tests = FurtherMetricTests()
      try tests.itsColumnTakesNoRoomUntilItIsChosen(metric: .named1)
      try tests.theDetailShowsItWhereItIsKnown(metric: .named1)
    }
  }
}
