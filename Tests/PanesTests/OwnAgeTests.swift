import Dashboard
import Model
import Terminal
import TestSupport
import Testing

@testable import Panes

/// How old each value is where values of one generator come one by one.
struct OwnAgeTests {
  private func send(
    _ fresh: [Metric],
    at seconds: Double,
    isRetained: Bool = false,
    to fleet: inout SampleFleet
  ) {
    var reading = Reading()
    for (metric, value) in [(.fuel, 700), (.load, 41), (.batteryVoltage, 12.6)]
      as [(Metric, Double)]
    { reading[metric] = value }
    var notes = SourceNotes()
    notes.fresh = fresh.reduce(0 as UInt32) { $0 | 1 << $1.rawValue }
    let sample = Sample(
      generator: 0,
      source: .mqtt,
      isRetained: isRetained,
      receivedAt: SampleFleet.stamp(seconds).monotonic,
      reading: reading,
      notes: notes
    )
    fleet.send(.feed(.samples([sample])), at: seconds)
  }

  /// The detail of a generator whose fuel comes every five seconds, and the others only at the first.
  private func detail(until last: Int, isRetained: Bool = false) -> SampleFleet {
    var fleet = SampleFleet((120, 40))
    send([.load, .batteryVoltage], at: 1, isRetained: isRetained, to: &fleet)
    for second in stride(from: 1, through: last, by: 5) {
      send([.fuel], at: Double(second), to: &fleet)
    }
    let end = Double(last)
    fleet.press(.character("f"), at: end)
    fleet.type(fleet.state.fleet.ids[0], at: end)
    fleet.press(.enter, .enter, at: end)
    fleet.send(.frame, at: end)
    return fleet
  }

  private func line(_ label: String, _ fleet: SampleFleet) -> String {
    fleet.canvas().text.first { $0.contains("│ \(label) ") || $0.contains("  \(label) ") } ?? ""
  }

  @Test func isToldOfAValueThatIsMuchOlderThanTheNewest() throws {
    let fleet = detail(until: 136)
    #expect(line("load", fleet).contains("41% 2m"), "\(line("load", fleet))")
    #expect(line("battery", fleet).contains("12.6 V 2m"), "\(line("battery", fleet))")
    #expect(!line("fuel", fleet).contains("2m"))
    let area = try #require(fleet.state.layout.area(of: .detailNow))
    try expectSnapshot(fleet.canvas(), of: area, named: "own-age")
  }

  @Test func isNotToldOfOneThatCameSoonBefore() {
    let fleet = detail(until: 56)
    #expect(line("load", fleet).hasSuffix("41% │"), "\(line("load", fleet))")
    #expect(line("battery", fleet).contains("12.6 V   "), "\(line("battery", fleet))")
  }

  @Test func isUnknownOfOneThatTheBrokerKept() {
    let fleet = detail(until: 56, isRetained: true)
    #expect(line("load", fleet).contains("41% ?"), "\(line("load", fleet))")
  }
}
