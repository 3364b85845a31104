import Dashboard
import Model
import Testing

@testable import Pipeline

/// A metric that the user has named goes the same way as one of the program, from the payload to the files.
struct NamedMetricJourneyTests {
  /// One with a name of small letters, one that is a word of SQL, one of both.
  private static func use() {
    var exhaust = NamedMetric(name: "exhaust", heading: "EXH")
    (exhaust.unit, exhaust.decimals) = ("°C", 0)
    NamedMetric.use([
      exhaust, NamedMetric(name: "order", heading: "ORD"),
      NamedMetric(name: "oilTemp", heading: "OILT"),
    ])
  }

  @Test func isInMessagesBucketsRecordsListsFiltersAndFiles() async {
    await #expect(processExitsWith: .success) {
      Self.use()
      let journey = MetricJourneyTests()
      #expect(Metric.further.suffix(3) == [.named1, .named2, .named3])
      for metric in Metric.further.suffix(3) {
        try journey.comesFromThePayloadIntoTheRecordByItsOwnName(
          metric: metric,
          name: metric.wireName
        )
        try journey.isAbsentWhereItIsAbsentAndAnExtraFieldWhereItIsNoNumber(metric: metric)
        try journey.isInTheListTheFilterTheOrderAndTheFilesOnceItWasHeard(metric: metric)
        try journey.isNotOfferedBeforeItWasHeard(metric: metric)
        try journey.isRememberedForAnHourToItsPrecision(metric: metric)
      }
    }
  }

  /// A fault in a name would make the report or the bucket say one thing for two.
  @Test func noNameThatIsFreeIsOneOfTheProgram() {
    let taken =
      FleetColumn.allCases.map(\.rawValue) + SortColumn.allCases.map(\.rawValue)
      + Metric.builtIn.flatMap(\.row.wireNames)
    for name in taken { #expect(NamedMetric.fault(inName: name) != nil, "\(name)") }
  }
}
