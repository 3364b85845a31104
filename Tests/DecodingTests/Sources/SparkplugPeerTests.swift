import Model
import Testing

@testable import Decoding

/// What real nodes sent: pysparkplug 0.3.2 and mqtt-spb-wrapper 2.1.2, byte for byte.
struct SparkplugPeerTests {
  private static let pysparkplug: [(topic: String, hex: String)] = [
    (
      "spBv1.0/plant/NBIRTH/gw7",
      "08c6a5b6fba23412190a06557074696d65105a18f8ddc2f2b83320075080d0acf30e12120a05"
        + "626453657118a6a5b6fba234200458001800"
    ),
    (
      "spBv1.0/plant/DBIRTH/gw7/gen-1",
      "0897adb6fba23412190a0a4675656c204c6576656c100118f8ddc2f2b8332002503d12210a0f"
        + "4261747465727920566f6c74616765100218f8ddc2f2b833200965cdccd841122d0a1a456e67"
        + "696e652f436f6f6c616e742054656d7065726174757265100318f8ddc2f2b833200350f9ffff"
        + "ff0f121d0a0e456e67696e652f52756e6e696e67100418f8ddc2f2b833200b700112190a0952"
        + "756e20486f757273100518f8ddc2f2b833200858d209121b0a0c4f696c205072657373757265"
        + "100618f8ddc2f2b8332001380112150a044e6f7465100718f8ddc2f2b833200c7a026f6b1801"
    ),
    (
      "spBv1.0/plant/DDATA/gw7/gen-1",
      "0896b1b6fba23412190a0a4675656c204c6576656c100118e0e5c2f2b8332002502712210a0f"
        + "4261747465727920566f6c74616765100218e0e5c2f2b8332009656666be411802"
    ),
    (
      "spBv1.0/plant/DDATA/gw7/gen-1",
      "088ab5b6fba234121b0a0a4675656c204c6576656c100118c0d8bcf2b8332002280150631803"
    ),
    (
      "spBv1.0/plant/DDEATH/gw7/gen-1",
      "0881b9b6fba2341804"
    ),
    (
      "spBv1.0/plant/DBIRTH/gw7/gen-1",
      "0882bdb6fba234121b0a0a4675656c204c6576656c100118c0d8bcf2b8332002280150631221"
        + "0a0f4261747465727920566f6c74616765100218e0e5c2f2b8332009656666be41122d0a1a45"
        + "6e67696e652f436f6f6c616e742054656d7065726174757265100318f8ddc2f2b833200350f9"
        + "ffffff0f121d0a0e456e67696e652f52756e6e696e67100418f8ddc2f2b833200b700112190a"
        + "0952756e20486f757273100518f8ddc2f2b833200858d209121b0a0c4f696c20507265737375"
        + "7265100618f8ddc2f2b8332001380112150a044e6f7465100718f8ddc2f2b833200c7a026f6b"
        + "1805"
    ),
  ]

  private static let wrapper: [(topic: String, hex: String)] = [
    (
      "spBv1.0/plant/DBIRTH/gw8/gen-2",
      "088eceb6fba23412180a0a415454522f6d6f64656c189ac9b6fba234200e7a015812230a0f44"
        + "4154412f4675656c5f4c6576656c189ac9b6fba234200a690000000000804e4012280a144441"
        + "54412f626174746572795f766f6c74616765189ac9b6fba234200a699a99999999193b401219"
        + "0a0c444154412f72756e6e696e67189ac9b6fba234200b70011800"
    ),
    (
      "spBv1.0/plant/DDATA/gw8/gen-2",
      "08cad0b6fba234121e0a0a4675656c5f4c6576656c18cad0b6fba234200a6900000000008043"
        + "401801"
    ),
    (
      "spBv1.0/plant/DDEATH/gw8/gen-2",
      "12120a0562645365711898c9b6fba23420045801"
    ),
  ]

  private func sourced() throws -> Sourced {
    var source = Source(name: "sparkplug", id: try TextTemplate("{5}"))
    source.sparkplug = SparkplugRule()
    source.topics = SparkplugRule().filters
    let names: [(Metric, String)] = [
      (.fuel, "Fuel Level"), (.batteryVoltage, "Battery Voltage"),
      (.temperature, "Coolant Temperature"), (.running, "Running"), (.runHours, "Run Hours"),
      (.oilPressure, "Oil Pressure"),
    ]
    for (metric, name) in names {
      var place = ValuePlace()
      place.name = name
      source.add(metric, place)
    }
    return Sourced(source)
  }

  /// What is known of a generator after each message.
  private func play(_ messages: [(topic: String, hex: String)]) throws -> [String] {
    let sourced = try sourced()
    let now: Int64 = 1_800_000_000_000_000_000
    return messages.map { message in
      let digits = Array(message.hex)
      let bytes = stride(from: 0, to: digits.count, by: 2)
        .compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
      let outcome = sourced.decoder.decode(
        topic: Array(message.topic.utf8).span,
        payload: bytes.span,
        now: now
      )
      guard case .understood = outcome else { return "\(outcome)" }
      return zip(sourced.ids, sourced.findings).map { id, finding in
        if case .presence(let word) = finding.kind { return "\(id) \(word)" }
        let values = Metric.allCases.compactMap { metric in
          finding.reading[metric].map { "\(metric.wireName) \($0)" }
        }
        return values.joined(separator: ", ") + (finding.isEmptied ? ", emptied" : "")
      }
      .joined(separator: "; ")
    }
  }

  @Test func pysparkplug() throws {
    let born =
      "temperature -7.0, batteryVoltage 27.1, runHours 1234.0, running 1.0, emptied"
    #expect(
      try play(Self.pysparkplug) == [
        "passed(source: 0)", "gen-1 alive; fuel 61.0, \(born)",
        "fuel 39.0, batteryVoltage 23.8", "passed(source: 0)", "gen-1 lastWill",
        // It takes over what was historical into its next birth.
        "gen-1 alive; temperature -7.0, batteryVoltage 23.8, runHours 1234.0, running 1.0, emptied",
      ]
    )
  }

  @Test func mqttSpbWrapper() throws {
    #expect(
      try play(Self.wrapper) == [
        "gen-2 alive; fuel 61.0, batteryVoltage 27.1, running 1.0", "fuel 39.0", "gen-2 lastWill",
      ]
    )
  }
}
