import Model
import Testing

@testable import Settings

/// Metrics that a configuration names.
struct NamedMetricSettingsTests {
  private static func config(_ metrics: String...) -> String {
    metrics.enumerated().reduce("sources:\n") { text, source in
      text + "- {name: s\(source.offset), topics: [s\(source.offset)/+], id: \"{2}\",\n"
        + "   metrics: {\(source.element)}}\n"
    }
  }

  private func sources(_ metrics: String...) throws -> (list: [NamedMetric], sources: [Source]) {
    let text = metrics.count == 1 ? Self.config(metrics[0]) : Self.config(metrics[0], metrics[1])
    let effective = try Start(config: text).effective()
    return (effective.namedMetrics, try effective.settings(feeds: .optional).sources)
  }

  @Test func haveWhatTheirPlaceSaysOfThem() throws {
    let (list, sources) = try sources(
      "fuel: $.f, exhaust: {path: $.e, heading: EXH, unit: °C, decimals: 0, title: exhaust gas}"
    )
    var exhaust = NamedMetric(name: "exhaust", heading: "EXH")
    (exhaust.title, exhaust.unit, exhaust.decimals) = ("exhaust gas", "°C", 0)
    #expect(list == [exhaust])
    let metric = try #require(sources[0].metrics.last)
    #expect(metric.metric == .named1 && metric.named == exhaust)
    #expect(metric.places.map(\.path) == [try JSONPath("$.e")])
    #expect(metric.places[0].unit == SourceUnit("°C"))
  }

  @Test func haveOnePlaceInAllSources() throws {
    let (list, sources) = try sources(
      "boost: {path: $.b, heading: BOOST, unit: x}, exhaust: {path: $.e, heading: EXH}",
      "exhaust: {path: $.other, heading: EXH}, rpm: {path: $.r, heading: RPM, unit: 1/min}"
    )
    #expect(list.map(\.name) == ["boost", "exhaust", "rpm"])
    #expect(sources[1].metrics.map(\.metric) == [.named2, .named3])
    // A unit that no quantity has is shown, not read.
    #expect(sources[1].metrics[1].places[0].unit == nil)
    #expect(list[2].unit == "1/min")
  }

  @Test(arguments: [
    (
      "exhaust: {path: $.e}",
      "3:14: \"exhaust\" is no metric; one of your own says its heading (there are: fuel, load, power, "
    ),
    (
      "fuel: {path: $.f, heading: FUEL}",
      "3:41: fuel has its heading: only a metric of one's own says it"
    ),
    ("battery: {path: $.f, heading: B}", "3:14: \"battery\" has a meaning of its own already"),
    ("Run_Hours: {path: $.f, heading: B}", "3:14: \"Run_Hours\" has a meaning of its own already"),
    ("my-one: {path: $.f, heading: B}", "3:14: \"my-one\" can be no name of a metric"),
    ("one: {path: $.f, heading: ABCDEFGHIJKLM}", "3:40: this is longer than 12 characters"),
    (
      "one: {path: $.f, heading: A, decimals: 7}",
      "3:53: a whole number from 0 to 6 is expected here"
    ),
    ("one: {path: $.f, heading: A, unit: kilograms}", "3:49: this is longer than 8 characters"),
    ("one: {path: $.f, heading: A, headng: B}", "3:43: unknown key \"sources.metrics.one.headng\""),
    ("one: {heading: A}", "3:19: path or topic is missing"),
    ("one: {path: $.f, heading: A, true: [On]}", "3:49: one is no state"),
    ("one: [{path: $.f, heading: A, unit: °C}, {path: $.g, unit: V}]", "3:73: one counts in °C"),
    ("one: [{path: $.f, heading: A}, {path: $.g, heading: A}]", "3:45: one place says what one is"),
  ])
  func areRefusedWithTheirPlace(metrics: String, message: String) {
    let failure = Start(config: Self.config(metrics)).failure()
    #expect(failure.hasPrefix("/etc/c.yaml:" + message), "\(failure)")
  }

  @Test func mayNotMeanTwoThings() {
    let config = Self.config("one: {path: $.a, heading: A}", "One: {path: $.a, heading: A}")
    #expect(
      Start(config: config).failure()
        == "/etc/c.yaml:5:14: another source means something else by \"one\""
    )
  }

  @Test func areSixteenAtMost() {
    let entries = (1...17).map { "n\($0): {path: $.a, heading: A}" }
    func failure(_ count: Int) -> String {
      let (first, second) = (entries[..<9], entries[9..<count])
      let config = Self.config(first.joined(separator: ", "), second.joined(separator: ", "))
      return Start(config: config).failure()
    }
    #expect(failure(16) == "no error")
    #expect(
      failure(17) == "/etc/c.yaml:5:\(14 + 7 * 30): there are more than 16 metrics of one's own"
    )
  }
}
