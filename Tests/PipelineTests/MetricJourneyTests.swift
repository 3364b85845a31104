import BucketSupport
import Buckets
import Dashboard
import Decoding
import Foundation
import Model
import Report
import Terminal
import Testing

@testable import Pipeline

/// A further metric on its whole way: from a payload through the buckets into a record, and from there to the screen
/// and into files.
struct MetricJourneyTests {
  /// The record that is made of a payload of `g1`, by the sink, the task and the source.
  private func record(_ payload: String) throws -> String {
    var record: [UInt8] = []
    try withTask { plant in
      var decoder = SinkDecoder(measurement: "genData", timeField: nil, largest: 4_096)
      let time = TaskOnBuckets.time(30)
      let point = try decoder.point(
        Array("g1".utf8).span,
        Array(payload.utf8).span,
        milliseconds: time / 1_000_000,
        now: time,
        series: plant.raw.series,
      )
      _ = try plant.raw.put([point])
      try plant.run(at: 61)
      var encoder = PointEncoder()
      let series = try plant.output.series(after: 0).map(\.series)
      for row in try plant.output.allPoints() {
        let head = PointEncoder.head(of: series[0])
        encoder.append(head: head, time: row.time, fields: row.fields, to: &record)
      }
    }
    return String(decoding: record, as: UTF8.self)
  }

  /// A dashboard that heard the payload, and the record that was made of it, of `g1`; and fuel alone of `g2`.
  private func dashboard(_ payload: String, _ record: String) throws -> DashboardState {
    var options = DashboardOptions()
    // Nothing waits for the past of the enriched topic.
    options.policy.hasEnrichedFeed = false
    var state = DashboardState(options)
    let stamp = Stamp(monotonic: 100_000_000_000, wall: TaskOnBuckets.time(61))
    func apply(_ kind: Event.Kind) { _ = state.apply(Event(kind, at: stamp)) }
    let enriched = EnrichedDecoder().decode(
      key: Array("".utf8).span,
      value: Array(record.utf8).span,
      now: stamp.wall
    )
    guard case .record(let content) = enriched,
      case .sample(let raw) = RawDecoder(filters: []).decode(
        key: Array("g1".utf8).span,
        payload: Array(payload.utf8).span
      ),
      case .sample(let other) = RawDecoder(filters: []).decode(
        key: Array("g2".utf8).span,
        payload: Array(#"{"fuel":900}"#.utf8).span
      )
    else { throw Unexpected() }
    #expect(content.reading == raw)
    apply(.feed(.names(generators: ["g1", "g2"], regions: [])))
    for (generator, reading) in [(0, raw), (1, other)] as [(GeneratorIndex, Reading)] {
      let sample = Model.Sample(
        generator: generator,
        source: .mqtt,
        receivedAt: stamp.monotonic,
        reading: reading
      )
      apply(.feed(.samples([sample])))
    }
    apply(.frame)
    return state
  }

  private struct Unexpected: Error {}

  /// What a person types at the prompt, and Enter.
  private func type(_ text: String, _ state: inout DashboardState) {
    let stamp = Stamp(monotonic: 101_000_000_000, wall: TaskOnBuckets.time(62))
    for character in text { _ = state.apply(Event(.key(.character(character)), at: stamp)) }
    _ = state.apply(Event(.key(.enter), at: stamp))
    _ = state.apply(Event(.frame, at: stamp))
  }

  private func ids(_ state: DashboardState) -> [String] {
    state.visible.map { state.fleet.ids[Int($0)] }
  }

  @Test(arguments: Metric.further.flatMap { metric in metric.row.wireNames.map { (metric, $0) } })
  func comesFromThePayloadIntoTheRecordByItsOwnName(metric: Metric, name: String) throws {
    let record = try record(#"{"generatorID":"g1","fuel":277,"\#(name)":41.5}"#)
    #expect(record.contains(#""\#(metric.wireName)":41.5"#), "\(record)")
    #expect(record.contains(#""fuel":277"#))
  }

  @Test(arguments: Metric.further)
  func isAbsentWhereItIsAbsentAndAnExtraFieldWhereItIsNoNumber(metric: Metric) throws {
    let without = try record(#"{"generatorID":"g1","fuel":277,"\#(metric.wireName)":null}"#)
    #expect(!without.contains("\(metric.wireName)"))
    let text = #"{"generatorID":"g1","fuel":277,"\#(metric.wireName)":"41.5 of it"}"#
    guard
      case .sample(let reading) = RawDecoder(filters: []).decode(
        key: Array("g1".utf8).span,
        payload: Array(text.utf8).span
      )
    else { throw Unexpected() }
    #expect(reading.fuel == 277)
    #expect(reading[metric] == nil)
    _ = try record(text)
  }

  @Test(arguments: Metric.further)
  func isInTheListTheFilterTheOrderAndTheFilesOnceItWasHeard(metric: Metric) throws {
    // A tank holds what is in it.
    let payload = #"{"generatorID":"g1","fuel":41,"\#(metric.wireName)":41.5}"#
    var state = try dashboard(payload, record(payload))
    #expect(state.fleet.value(of: metric, 0) == 41.5)
    #expect(state.fleet.value(of: metric, 1) == nil)

    let column = FleetColumn.metric(metric)
    #expect(!state.shows(column))
    #expect(state.offeredColumns.contains(column))
    type(":columns +\(metric.wireName)", &state)
    #expect(state.shows(column))
    #expect(state.choices.shownColumns == [column])
    #expect(plainReport(state).contains(metric.row.heading))

    type(":sort \(metric.wireName)", &state)
    #expect(ids(state) == ["g1", "g2"])
    #expect(state.sort.column.column == column)
    for word in metric.row.filter?.words ?? [] {
      type(":filter \(word)>41", &state)
      #expect(ids(state) == ["g1"])
      type(":filter \(word)=?", &state)
      #expect(ids(state) == ["g2"])
    }
    type(":filter fuel>0", &state)

    let json = try FleetReport(state).json()
    #expect(json.components(separatedBy: #""\#(metric.wireName)":41.5"#).count == 2)
    #expect(!json.contains(#""\#(metric.wireName)":null"#))
    let lines = FleetReport(state).csv().split(separator: "\r\n")
    #expect(lines[0].hasSuffix(",\(metric.wireName)"))
    #expect(lines[1].hasSuffix(",41.5"))
    #expect(lines[2].hasSuffix(","))
  }

  @Test(arguments: Metric.further)
  func isNotOfferedBeforeItWasHeard(metric: Metric) throws {
    let payload = #"{"generatorID":"g1","fuel":277}"#
    let state = try dashboard(payload, record(payload))
    #expect(!state.offeredColumns.contains(.metric(metric)))
    #expect(!state.offeredSorts.contains { $0.column == .metric(metric) })
    #expect(!FleetReport(state).csv().contains("\(metric.wireName)"))
  }

  @Test(arguments: Metric.further.filter { $0.row.history != nil })
  func isRememberedForAnHourToItsPrecision(metric: Metric) throws {
    let payload = #"{"generatorID":"g1","fuel":1,"\#(metric.wireName)":41.52}"#
    let state = try dashboard(payload, record(payload))
    let now = state.now.monotonic
    let kept = state.fleet.history.values(metric, of: 0, count: 1, until: now)[0]
    #expect(abs((kept ?? 0) - 41.52) <= 0.026)
  }
}
