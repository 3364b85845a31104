import Testing

@testable import Model

/// What must hold of every row of the table of metrics.
struct MetricTests {
  private func all<T: Hashable>(_ values: [T]) -> Bool { Set(values).count == values.count }

  @Test func namesTellMetricsApart() {
    let rows = Metric.allCases.map(\.row)
    #expect(all(rows.flatMap(\.wireNames)))
    #expect(all(rows.map(\.title)))
    #expect(all(rows.map(\.label)))
    #expect(all(rows.compactMap(\.column?.letter)))
    #expect(all(rows.flatMap { $0.filter?.words ?? [] }))
  }

  @Test(arguments: Metric.allCases)
  func rowsFitWhereTheyAreShown(metric: Metric) {
    let row = metric.row
    #expect(!row.wireNames.isEmpty && row.wireNames.allSatisfy { (1...31).contains($0.utf8.count) })
    #expect((1...7).contains(row.label.count))
    #expect((0...6).contains(row.decimals))
    #expect(row.column.map { $0.width > row.heading.count } ?? true)
    #expect(row.filter?.words.allSatisfy { $0 == $0.lowercased() } ?? true)
    #expect(!metric.isFurther || metric.isNamed || metric.wireName == "\(metric)")
    #expect(!metric.isFurther || !row.isUsual)
  }

  @Test func thereIsRoomForAll() {
    #expect(FurtherValues.count == Metric.builtIn.count { $0.isFurther })
    #expect(Metric.builtIn.count + NamedMetric.most <= UInt32.bitWidth)
    #expect(Metric.named16 == NamedMetric.metric(at: NamedMetric.most - 1))
  }

  @Test(arguments: [
    (0.0...3_000, 0.1), (-100...500, 0.02), (0...100, 0.005), (0...60, 0.002), (0...1e6, 50),
  ])
  func aScaleKeepsRoundNumbersAsTheyAre(range: ClosedRange<Double>, step: Double) {
    let scale = MetricScale(range)
    for place in 0...1_000 {
      let steps =
        ((range.lowerBound + (range.upperBound - range.lowerBound) * Double(place) / 1_000)
        / step).rounded()
      let value = step < 1 ? steps / (1 / step).rounded() : steps * step
      #expect(scale.value(of: scale.code(of: value)) == value)
    }
    #expect(scale.value(of: MetricScale.nothing) == nil)
  }

  @Test(arguments: [1.0001, 1.5, 7, 100, 65_536, 1e6])
  func aScaleKeepsWhatLiesBeyondItsRangeToAThousandth(distance: Double) throws {
    let scale = MetricScale(0...3_000)
    for value in [3_277 * distance, 3_277 - 3_277 * distance] {
      let kept = try #require(scale.value(of: scale.code(of: value)))
      #expect(abs(kept - value) <= 3_277 * distance / 1_000, "\(kept) for \(value)")
    }
  }

  @Test func aScaleRisesWithItsValues() {
    let scale = MetricScale(-100...500)
    let values = (-40...40).map { Double($0 * abs($0)) * 10 }
    let kept = values.compactMap { scale.value(of: scale.code(of: $0)) }
    #expect(kept == kept.sorted())
    #expect(kept.count == values.count)
  }
}
