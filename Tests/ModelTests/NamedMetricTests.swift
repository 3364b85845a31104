import Testing

@testable import Model

/// Metrics that the user has named.
struct NamedMetricTests {
  /// What a process has that named these: there is one choice for each.
  static func use(_ names: String...) {
    NamedMetric.use(names.map { NamedMetric(name: $0, heading: $0.uppercased()) })
  }

  @Test func areThereOnceTheyAreNamedAndNotBefore() async {
    await #expect(processExitsWith: .success) {
      #expect(Metric.builtIn.allSatisfy { !$0.row.title.isEmpty })
      Self.use("exhaust", "boost")
      #expect(Metric.allCases.count == Metric.builtIn.count + 2)
      #expect(Metric.further.suffix(2) == [.named1, .named2])
      #expect(Metric.named2.row.heading == "BOOST")
      #expect(Metric.named2.wireName == "boost")
      // Tables are made by now.
      Self.use("other")
      #expect(Metric.named1.wireName == "exhaust")
      #expect(Metric.allCases.count == Metric.builtIn.count + 2)
    }
    #expect(Metric.allCases == Metric.builtIn)
  }

  @Test func sixteenAreToldApartAndFit() async {
    await #expect(processExitsWith: .success) {
      NamedMetric.use((0..<17).map { NamedMetric(name: "n\($0)", heading: "H\($0)") })
      #expect(Metric.allCases.count == Metric.builtIn.count + 16)
      for place in 0..<16 {
        #expect(
          Metric.allCases.last != nil && NamedMetric.metric(at: place)?.wireName == "n\(place)"
        )
      }
      #expect(NamedMetric.metric(at: 16) == nil)
      let tests = MetricTests()
      for metric in Metric.allCases { tests.rowsFitWhereTheyAreShown(metric: metric) }
      let rows = Metric.allCases.map(\.row)
      let letters = rows.compactMap(\.column?.letter)
      // `s` and `I` have a meaning of their own in the menu.
      #expect(Set(letters + ["s", "I"]).count == letters.count + 2)
    }
  }

  @Test func costNothingWhereThereAreNone() {
    #expect(MemoryLayout<CoreReading>.stride == 56)
    #expect(MemoryLayout<Reading>.stride <= 136)
  }

  @Test func areInReadingsTheFleetItsHistoryAndRecordings() async {
    await #expect(processExitsWith: .success) {
      NamedMetric.use((0..<16).map { NamedMetric(name: "n\($0)", heading: "H") })
      var reading = Reading()
      for (place, metric) in Metric.allCases.enumerated() { reading[metric] = Double(place) + 0.5 }
      var other = reading
      other[.named16] = nil
      #expect(other != reading && other[.named15] == reading[.named15])
      #expect(other.present == reading.present & ~(1 << 29))
      other[.named16] = reading[.named16]
      #expect(other == reading && other.hashValue == reading.hashValue)

      var further = FurtherReadings()
      further.merge(reading, of: 3, isRaw: true)
      #expect(further.complete(reading.core, of: 3, isRaw: true) == reading)
      further.keep(only: 1 << Metric.named2.rawValue, of: 3)
      #expect(further.value(of: .named2, 3, isRaw: true) == 15.5)
      #expect(further.value(of: .named3, 3, isRaw: true) == nil)

      var history = History()
      history.add(reading, of: 0, at: 0)
      #expect(history.values(.named16, of: 0, count: 1, until: 0) == [29.5])

      var times = ValueTimes()
      times.note(1 << Metric.named16.rawValue | 1, of: 7, at: 9)
      #expect(times[.named16, 7] == 9 && times[.fuel, 7] == 9 && times[.named1, 7] == .min)
    }
  }

  @Test(arguments: [
    "", "1st", "my-metric", "ex haust", "ümlaut", "Fuel", "run_hours", "runhours", "battery",
    "oilpressure", "sequence", "ROWID", "fuel_percent", "age", "state", "time", "temp", "latitude",
    "abcdefghijklmnopqrstuvwxyz_12345678",
  ])
  func namesThatAreTaken(name: String) { #expect(NamedMetric.fault(inName: name) != nil) }

  @Test(arguments: ["exhaust", "order", "select", "boost2", "_a", "oilTemp"])
  func namesThatAreFree(name: String) { #expect(NamedMetric.fault(inName: name) == nil) }
}
