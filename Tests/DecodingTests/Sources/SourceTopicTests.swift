import Decoding
import JSON
import Model
import Testing

/// A topic for each value.
struct SourceTopicTests {
  /// As genmon publishes it.
  private func genmon(_ change: (inout Source) throws -> Void = { _ in }) throws -> Sourced {
    Sourced(
      try source(["+/generator/#"], id: "{1}") {
        $0.add(
          .fuel,
          try place(topic: "Maintenance/Fuel Level Sensor"),
          try place(topic: "Status/Engine/Fuel Level"),
        )
        $0.add(.power, try place(topic: "Status/Engine/Output Power (Single Phase)"))
        $0.add(.batteryVoltage, try place(topic: "Status/Battery Voltage"))
        $0.add(
          .running,
          try place(topic: "Status/Engine/Engine State") { $0.trueWords = ["Running"] }
        )
        $0.presence = [PresenceSource(topic: "+/generator/client_status")]
        try change(&$0)
      }
    )
  }

  @Test func readsTextsWithUnits() throws {
    let sourced = try genmon()
    let fuel = "7701/generator/Maintenance/Fuel Level Sensor"
    #expect(sourced.decode(fuel, "61 %") == .understood(source: 0))
    #expect(sourced.ids == ["7701"])
    #expect(sourced.findings.first?.kind == .values)
    #expect(sourced.reading == reading([.fuel: 61, .tank: 100, .refuelMark: 50]))
    sourced.decode("7701/generator/Status/Engine/Output Power (Single Phase)", "5.20 kW")
    #expect(sourced.reading == reading([.power: 5.2]))
    #expect(sourced.decode("7701/generator/Status/Engine/RPM", "3600") == .passed(source: 0))
    #expect(sourced.decode("7701/generator/Outage/Outage Log", "") == .passed(source: 0))
    sourced.decode("7701/generator/client_status", "Online")
    #expect(sourced.findings.first?.kind == .presence(.alive))
    sourced.decode("7701/generator/Status/Engine/Engine State", "Off - Ready")
    #expect(sourced.reading == reading([.running: 0]))
    sourced.decode("7701/generator/Status/Engine/Engine State", "Running")
    #expect(sourced.reading == reading([.running: 1]))
    #expect(sourced.decode(fuel, "5 V") == .rejected(.value(.fuel, .otherUnit)))
    #expect(sourced.decode("7701/generator", "61 %") == .passed(source: 0))
    #expect(sourced.decode("7701/other/Status", "61 %") == .ignored(.noSource))
  }

  @Test(arguments: ["", " ", "null", #"{"value":null}"#, #"{"unit":"%","type":"float"}"#, "NaN"])
  func emptyMeansNotKnownAnyMore(payload: String) throws {
    let sourced = try genmon()
    let battery = "7701/generator/Status/Battery Voltage"
    sourced.decode(battery, #"{"unit":"V","type":"float","value":13.8}"#)
    #expect(sourced.reading?[.batteryVoltage] == 13.8)
    #expect(sourced.decode(battery, payload) == .understood(source: 0))
    #expect(sourced.findings.first?.isEmptied == true)
    #expect(sourced.findings.first?.cleared == 1 << Metric.batteryVoltage.rawValue)
    #expect(sourced.ids == ["7701"])
  }

  @Test func keepsToTheBetterOfSeveralTopics() throws {
    let sourced = try genmon()
    func fuel(_ topic: String, _ payload: String) -> Double? {
      sourced.decode(topic, payload)
      return sourced.reading?.fuel
    }
    let (best, other) = ("Maintenance/Fuel Level Sensor", "Status/Engine/Fuel Level")
    #expect(fuel("a/generator/\(other)", "60 %") == 60)
    #expect(fuel("a/generator/\(best)", "61 %") == 61)
    #expect(fuel("a/generator/\(other)", "59 %") == nil)
    #expect(sourced.decode("a/generator/\(other)", "59 %") == .passed(source: 0))
    // Of another generator it is all there is.
    #expect(fuel("b/generator/\(other)", "58 %") == 58)
    // Once the better one is gone, the other counts again.
    #expect(sourced.decode("a/generator/\(other)", "") == .passed(source: 0))
    sourced.decode("a/generator/\(best)", "")
    #expect(sourced.findings.first?.isEmptied == true)
    #expect(fuel("a/generator/\(other)", "57 %") == 57)
  }

  /// As a Victron GX publishes it: tanks of all kinds, of which some hold fuel.
  private func victron() throws -> Sourced {
    Sourced(
      try source(["N/+/tank/+/#"], id: "{2}-{4}") {
        $0.condition = SourceCondition(topic: "FluidType", values: ["0", "6", "7"])
        $0.add(.fuel, try place(topic: "Level", unit: "%"))
        $0.add(.tank, try place(topic: "Capacity", unit: "m3"))
      }
    )
  }

  @Test func asksASiblingWhetherTheTankHoldsFuel() throws {
    let sourced = try victron()
    let passed = SourceOutcome.passed(source: 0)
    // What came before the sibling waits for it.
    #expect(sourced.decode("N/c0ff/tank/20/Level", #"{"value": 58.5}"#) == passed)
    #expect(sourced.decode("N/c0ff/tank/21/Level", #"{"value": 12}"#) == passed)
    #expect(
      sourced.decode("N/c0ff/tank/20/FluidType", #"{"value": 0}"#, now: noon + 1)
        == .understood(source: 0)
    )
    #expect(sourced.ids == ["c0ff-20"])
    #expect(sourced.reading?.fuel == 58.5)
    #expect(sourced.findings.first?.time == noon)
    #expect(sourced.decode("N/c0ff/tank/21/FluidType", #"{"value": 1}"#) == passed)
    #expect(sourced.decode("N/c0ff/tank/21/Level", #"{"value": 13}"#) == passed)
    #expect(sourced.decode("N/c0ff/tank/20/Level", #"{"value": 58}"#) == .understood(source: 0))
    // It holds something else now.
    #expect(sourced.decode("N/c0ff/tank/20/FluidType", #"{"value": 1}"#) == passed)
    #expect(sourced.decode("N/c0ff/tank/20/Level", #"{"value": 57}"#) == passed)
    #expect(sourced.decode("N/c0ff/tank/20/FluidType", #"{"value": 7}"#) == passed)
    #expect(sourced.decode("N/c0ff/tank/20/Level", #"{"value": 56}"#) == .understood(source: 0))
    #expect(sourced.decoder.counts.first?.notUnderstood == 0)
  }

  @Test func putsLevelAndCapacityTogether() throws {
    let sourced = try victron()
    sourced.decode("N/c0ff/tank/20/FluidType", #"{"value": 0}"#)
    sourced.decode("N/c0ff/tank/20/Level", #"{"value": 50}"#)
    #expect(sourced.reading == reading([.fuel: 50, .tank: 100, .refuelMark: 50]))
    sourced.decode("N/c0ff/tank/20/Capacity", #"{"value": 0.9}"#)
    #expect(sourced.reading == reading([.fuel: 450, .tank: 900]))
    sourced.decode("N/c0ff/tank/20/Level", #"{"value": 40}"#)
    #expect(sourced.reading == reading([.fuel: 360, .tank: 900]))
  }

  @Test func readsRelativeFiltersAndPaths() throws {
    let sourced = Sourced(
      try source(["N/+/#"], id: "{2}") {
        $0.add(.power, try place("$.value", topic: "genset/+/Ac/Power", unit: "W"))
        $0.add(.latitude, try place(topic: "gps/+/Position/Latitude"))
        $0.add(.runHours, try place(topic: "genset/+/Engine/OperatingHours", unit: "s"))
      }
    )
    sourced.decode("N/c0ff/genset/5/Ac/Power", #"{"value": 2140.5, "min": 0}"#)
    #expect(sourced.reading == reading([.power: 2.1405]))
    sourced.decode("N/c0ff/gps/0/Position/Latitude", #"{"value": 52.5}"#)
    #expect(sourced.reading == reading([.latitude: 52.5]))
    sourced.decode("N/c0ff/genset/5/Engine/OperatingHours", #"{"value": 7200}"#)
    #expect(sourced.reading == reading([.runHours: 2]))
    #expect(
      sourced.decode("N/c0ff/genset/5/Ac/Power", "offline") == .rejected(.value(.power, .noJSON))
    )
    #expect(sourced.decode("N/c0ff/genset/5/Ac/Power", #"{"min": 0}"#) == .passed(source: 0))
  }

  @Test func remembersWithinBounds() throws {
    let sourced = try victron()
    // Four thousand readings wait for a sibling at most; the rest is not kept.
    for number in 0..<5_000 { sourced.decode("N/\(number)/tank/20/Level", #"{"value": 50}"#) }
    let passed = SourceOutcome.passed(source: 0)
    for (number, outcome) in [(0, SourceOutcome.understood(source: 0)), (4_999, passed)] {
      #expect(sourced.decode("N/\(number)/tank/20/FluidType", #"{"value": 0}"#) == outcome)
      sourced.decode("N/\(number)/tank/20/Level", #"{"value": 51}"#)
      #expect(sourced.reading?.fuel == 51)
    }
    let long = String(repeating: "x/", count: 30_000)
    #expect(sourced.decode("N/1/tank/20/\(long)", "1") == .passed(source: 0))
    #expect(sourced.decode("N/\(long)", "1") == .ignored(.noSource))
  }
}
