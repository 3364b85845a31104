import Model
import TestSupport
import Testing

@testable import Decoding

/// Nodes of Sparkplug B, by the metrics that a source names.
struct SparkplugSourceTests {
  func source(
    _ id: String = "{2}/{4}/{5}",
    _ change: (inout Source) throws -> Void = { _ in }
  ) throws -> Source {
    var source = Source(name: "sparkplug", id: try TextTemplate(id))
    source.sparkplug = SparkplugRule()
    source.topics = SparkplugRule().filters
    func place(_ name: String, _ unit: String? = nil) -> ValuePlace {
      var place = ValuePlace()
      place.name = name
      place.unit = unit.flatMap { SourceUnit($0) }
      return place
    }
    source.add(.fuel, place("Fuel Level", "L"), place("Fuel Volume", "L"))
    source.add(.batteryVoltage, place("Battery", "V"))
    source.add(.temperature, place("Coolant Temp", "°C"))
    source.add(.runHours, place("Run Hours", "h"))
    source.add(.running, place("Running"))
    try change(&source)
    return source
  }

  /// Sends a payload in the words of `SparkplugPayload`.
  @discardableResult
  func send(
    _ sourced: Sourced,
    _ type: String,
    _ device: String?,
    node: String = "gw7",
    group: String = "plant",
    _ text: String
  ) -> SourceOutcome {
    let topic = "spBv1.0/\(group)/\(type)/\(node)" + (device.map { "/" + $0 } ?? "")
    return sourced.decoder.decode(
      topic: Array(topic.utf8).span,
      payload: SparkplugPayload.bytes(text).span,
      now: noon
    )
  }

  /// The same of the device that most tests have.
  @discardableResult
  func send(_ sourced: Sourced, _ type: String, _ text: String) -> SourceOutcome {
    send(sourced, type, "gen-1", text)
  }

  private func presence(_ sourced: Sourced) -> [String: PresenceChange.Word] {
    var words: [String: PresenceChange.Word] = [:]
    for (id, finding) in zip(sourced.ids, sourced.findings) {
      if case .presence(let word) = finding.kind { words[id] = word }
    }
    return words
  }

  func values(_ sourced: Sourced) -> SourceFinding? {
    sourced.findings.first { $0.kind == .values }
  }

  @Test func aBirthSaysWhatTheAliasesOfDataStandFor() throws {
    let sourced = Sourced(try source())
    send(sourced, "NBIRTH", nil, "seq 0; bdSeq Int64 = 3")
    send(
      sourced,
      "DBIRTH",
      "seq 1; Fuel Level #1 Int16 = 61; Battery #2 Float = 27.1; Note #3 String = x"
    )
    #expect(sourced.ids == ["plant/gw7/gen-1", "plant/gw7/gen-1"])
    #expect(presence(sourced) == ["plant/gw7/gen-1": .alive])
    #expect(values(sourced)?.reading.fuel == 61)
    #expect(values(sourced)?.reading[.batteryVoltage] == 27.1)
    send(sourced, "DDATA", "seq 2; #1 = 39")
    #expect(sourced.ids == ["plant/gw7/gen-1"] && values(sourced)?.reading.fuel == 39)
    #expect(values(sourced)?.reading[.batteryVoltage] == nil)
    // Of nothing that the source names.
    #expect(send(sourced, "DDATA", "seq 3; #3 = 5; #4 = 7") == .passed(source: 0))
  }

  @Test func withoutABirthItSaysWhatItWaitsFor() throws {
    let sourced = Sourced(try source())
    let outcome = send(sourced, "DDATA", "seq 9; #1 = 39")
    #expect(outcome == .ignored(.noBirth(of: "device gen-1 of node gw7")))
    #expect(
      Rejection.noBirth(of: "node gw7").description == "waits for a birth of node gw7"
    )
    #expect(
      send(sourced, "NDATA", nil, node: "g\u{7}8", "#1 = 39")
        == .ignored(.noBirth(of: #"node g\x078"#))
    )
    #expect(sourced.decoder.counts[0].lastReason == .noBirth(of: #"node g\x078"#))
    // By its name a metric can be read all the same, and what follows by the alias that stood beside it.
    send(sourced, "DDATA", "seq 10; Fuel Level #1 Int16 = -3; #2 = 7")
    #expect(values(sourced)?.reading.fuel == -3)
    send(sourced, "DDATA", "seq 11; #1 = 65530")
    #expect(values(sourced)?.reading.fuel == -6)
  }

  @Test(arguments: [
    ("Int8 = -7", -7.0), ("Int8 = 249", -7), ("Int16 = -7", -7), ("Int16 = 65529", -7),
    ("Int32 = -7", -7), ("Int32 = 4294967289", -7), ("Int64 = -7", -7),
    ("Int64 = 9007199254740992", 9_007_199_254_740_992), ("UInt8 = 250", 250),
    ("UInt16 = 65529", 65_529), ("UInt32 = 4294967289", 4_294_967_289),
    ("UInt64 = 18446744073709551615", 18_446_744_073_709_551_616), ("Float = 13.8", 13.8),
    ("Double = 13.8", 13.8), ("String = 13,8 h", 13.8), ("Text = 13.8", 13.8),
  ])
  func everyTypeHasItsSign(_ text: String, _ expected: Double) throws {
    let sourced = Sourced(try source { $0.hasDecimalComma = text.contains(",") })
    send(sourced, "DBIRTH", "Run Hours #1 \(text)")
    #expect(values(sourced)?.reading[.runHours] == expected)
    // The type is the birth's.
    let data = text.split(separator: " ").first ?? ""
    let isWhole = data.hasPrefix("Int") && !data.hasSuffix("64")
    guard isWhole else { return }
    send(sourced, "DDATA", "#1 = -9")
    #expect(values(sourced)?.reading[.runHours] == -9)
  }

  @Test func statesAndWhatIsNoNumber() throws {
    let sourced = Sourced(try source())
    send(
      sourced,
      "DBIRTH",
      "Running #1 Boolean = true; Battery Boolean = true; Coolant Temp DateTime = 5"
    )
    #expect(values(sourced)?.reading[.running] == 1)
    #expect(
      sourced.decoder.losses == [
        .value(.batteryVoltage, .noNumber), .value(.temperature, .noNumber),
      ]
    )
    send(
      sourced,
      "DBIRTH",
      "Running Int8 = 0; Battery Float = nan; Coolant Temp Double = inf; Run Hours DataSet"
    )
    #expect(values(sourced)?.reading[.running] == 0)
    #expect(values(sourced)?.cleared == 1 << Metric.batteryVoltage.rawValue)
    #expect(
      sourced.decoder.losses == [.value(.temperature, .notFinite), .value(.runHours, .nested)]
    )
  }

  @Test func nullAndBadQualityAreKnownToBeUnknown() throws {
    let sourced = Sourced(try source())
    send(sourced, "DBIRTH", "Fuel Level #1 Int16 = 61; Battery #2 Float = 27.1")
    send(sourced, "DDATA", "#1 = null")
    #expect(values(sourced)?.cleared == 1 << Metric.fuel.rawValue)
    for quality in [0, 500] {
      send(sourced, "DDATA", "#2 Float = 27.1 [Quality \(quality)]")
      #expect(values(sourced)?.cleared == 1 << Metric.batteryVoltage.rawValue)
    }
    send(sourced, "DDATA", "#2 Float = 27.1 [Quality 192]")
    #expect(values(sourced)?.reading[.batteryVoltage] == 27.1 && values(sourced)?.cleared == 0)
  }

  @Test func whatIsHistoricalIsNeverTheNewest() throws {
    let sourced = Sourced(try source())
    send(sourced, "DBIRTH", "Fuel Level #1 Int16 = 61")
    #expect(send(sourced, "DDATA", "#1 = 99 historical") == .passed(source: 0))
    let at = noon / 1_000_000
    // Of several in one payload the newest counts, whatever their order.
    send(sourced, "DDATA", "#1 = 40 @\(at); #1 = 99 historical @\(at + 5); #1 = 41 @\(at - 10)")
    #expect(values(sourced)?.reading.fuel == 40 && values(sourced)?.time == noon)
  }

  @Test func timesAreThoseOfTheMetrics() throws {
    let at = noon / 1_000_000
    let sourced = Sourced(try source())
    send(
      sourced,
      "DBIRTH",
      "at \(at); Fuel Level #1 Int16 = 61 @\(at - 2_000); Battery #2 Float = 27 @\(at - 1_000)"
    )
    #expect(values(sourced)?.time == noon - 1_000_000_000)
    send(sourced, "DDATA", "at \(at - 500); #1 = 39")
    #expect(values(sourced)?.time == noon - 500_000_000)
    // A clock that was never set, or runs a week ahead.
    for time in ["7", "\(at + 7 * 86_400_000)", "18446744073709551615"] {
      send(sourced, "DDATA", "at \(time); #1 = 38")
      #expect(values(sourced)?.reading.fuel == 38 && values(sourced)?.time == nil)
    }
    let named = Sourced(
      try source {
        $0.time = SourceTime(path: JSONPath())
        $0.time?.name = "Measured"
      }
    )
    send(
      named,
      "DBIRTH",
      "at \(at); Fuel Level #1 Int16 = 61; Clock/Measured #2 DateTime = \(at - 9_000)"
    )
    #expect(values(named)?.time == noon - 9_000_000_000)
    send(named, "DDATA", "at \(at); #1 = 39; #2 DateTime = \(at - 8_000)")
    #expect(values(named)?.time == noon - 8_000_000_000)
  }

  @Test func theWillOfANodeIsThatOfAllItsDevices() throws {
    let sourced = Sourced(try source())
    send(sourced, "NBIRTH", nil, "seq 0; bdSeq Int64 = 3; Fuel Level Int16 = 500")
    #expect(presence(sourced) == ["plant/gw7": .alive])
    for device in ["gen-1", "gen-2"] {
      send(sourced, "DBIRTH", device, "Fuel Level #\(device.last ?? "0") Int16 = 61")
    }
    // A device without anything of ours is no generator.
    #expect(send(sourced, "DBIRTH", "pump", "Flow #9 Int16 = 61") == .ignored(.noKnownField))
    send(sourced, "DBIRTH", "gen-1", node: "gw8", "Fuel Level #1 Int16 = 61")
    // The will of the session before.
    #expect(send(sourced, "NDEATH", nil, "bdSeq Int64 = 2") == .passed(source: 0))
    send(sourced, "NDEATH", nil, "bdSeq Int64 = 3")
    let lost = [
      "plant/gw7": PresenceChange.Word.lastWill, "plant/gw7/gen-1": .lastWill,
      "plant/gw7/gen-2": .lastWill,
    ]
    #expect(presence(sourced) == lost)
    // What the aliases stood for is not known any more.
    #expect(
      send(sourced, "DDATA", "#1 = 39") == .ignored(.noBirth(of: "device gen-1 of node gw7"))
    )
    send(sourced, "DDATA", "gen-1", node: "gw8", "#1 = 39")
    #expect(values(sourced)?.reading.fuel == 39)
  }

  @Test func aDeathWithoutABirthCountsAndCoversWhatWaits() throws {
    let sourced = Sourced(try source())
    send(sourced, "DDATA", "gen-1", "#1 = 39")
    send(sourced, "NDEATH", nil, "bdSeq Int64 = 200")
    #expect(presence(sourced) == ["plant/gw7/gen-1": .lastWill])
    #expect(send(sourced, "NDEATH", nil, node: "other", "bdSeq Int64 = 2") == .passed(source: 0))
  }

  @Test func theEndOfADeviceIsItsOwn() throws {
    let sourced = Sourced(try source())
    send(sourced, "NBIRTH", nil, "seq 255; bdSeq Int64 = 3")
    for device in ["gen-1", "gen-2"] { send(sourced, "DBIRTH", device, "Fuel Level #1 Int16 = 61") }
    send(sourced, "DDEATH", "gen-1", "seq 1")
    #expect(presence(sourced) == ["plant/gw7/gen-1": .lastWill])
    send(sourced, "DDATA", "gen-2", "#1 = 60")
    #expect(values(sourced)?.reading.fuel == 60)
    send(sourced, "DBIRTH", "gen-1", "Fuel Level #1 Int16 = 59")
    #expect(presence(sourced) == ["plant/gw7/gen-1": .alive])
  }

  @Test func aNewBirthVoidsTheAliasesBefore() throws {
    let sourced = Sourced(try source())
    send(sourced, "DBIRTH", "Fuel Level #1 Int16 = 61; Battery #2 Float = 27.1")
    send(sourced, "DBIRTH", "Fuel Level #2 Int16 = 61; Battery #1 Float = 27.1")
    send(sourced, "DDATA", "#2 = 39")
    #expect(values(sourced)?.reading.fuel == 39)
    send(sourced, "NBIRTH", nil, "bdSeq Int64 = 4")
    #expect(send(sourced, "DDATA", "#2 = 39") == .ignored(.noBirth(of: "device gen-1 of node gw7")))
  }

  @Test func namesAreComparedLooselyAndTheBestIsTaken() throws {
    let sourced = Sourced(try source())
    send(
      sourced,
      "DBIRTH",
      "Engine/fuel_volume #1 Int16 = 300; TANK 1/Fuel-Level #2 Int16 = 61; Tank 2/FuelLevel #3 Int16 = 62"
    )
    #expect(values(sourced)?.reading.fuel == 61)
    #expect(send(sourced, "DDATA", "#3 = 5") == .passed(source: 0))
    #expect(send(sourced, "DDATA", "#1 = 200") == .passed(source: 0))
    send(
      sourced,
      "DBIRTH",
      "Tank 2/FuelLevel #3 Int16 = 62; Fuel Level #2 Int16 = 61; Not Fuel Level #4 Int16 = 7"
    )
    #expect(values(sourced)?.reading.fuel == 61)
    // The better place counts, even if the other is newer.
    send(sourced, "DBIRTH", "Fuel Volume #1 Int16 = 300 @9000; Fuel Level #2 Int16 = 61 @8000")
    #expect(values(sourced)?.reading.fuel == 61)
    // A birth without the better one.
    send(sourced, "DBIRTH", "Fuel Volume #1 Int16 = 300")
    send(sourced, "DDATA", "#1 = 200")
    #expect(values(sourced)?.reading.fuel == 200)
  }

  @Test func aUnitOfTheBirthCountsBeforeThatOfTheSource() throws {
    let sourced = Sourced(try source())
    send(
      sourced,
      "DBIRTH",
      "Fuel Level #1 Int16 = 50 [engUnit %]; Coolant Temp #2 Int16 = 212 [engUnit °F]; Battery #3 Float = 12 [engUnit furlongs]"
    )
    #expect(values(sourced)?.reading.fuel == 50 && values(sourced)?.reading[.tank] == 100)
    #expect(values(sourced)?.reading[.batteryVoltage] == 12)
    let temperature = try #require(values(sourced)?.reading[.temperature])
    #expect(abs(temperature - 100) < 1e-9)
    send(sourced, "DDATA", "#2 = 32")
    #expect(abs(try #require(values(sourced)?.reading[.temperature])) < 1e-9)
  }
}
