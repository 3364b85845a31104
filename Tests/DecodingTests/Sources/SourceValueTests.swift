import Decoding
import JSON
import Model
import Testing

/// Numbers, texts, units, and what is not known.
struct SourceValueTests {
  /// The value of a metric that stands at `$.v`.
  private func value(
    _ json: String,
    of metric: Metric = .power,
    unit: String? = nil,
    comma: Bool = false,
    _ change: (inout ValuePlace) -> Void = { _ in }
  ) throws -> (value: Double?, outcome: SourceOutcome, sourced: Sourced) {
    let sourced = Sourced(
      try source {
        $0.hasDecimalComma = comma
        $0.add(metric, try place("$.v", unit: unit, change))
      }
    )
    let outcome = sourced.decode("gensets/g1/state", #"{"v": \#(json)}"#)
    return (sourced.reading?[metric], outcome, sourced)
  }

  @Test(arguments: [
    ("52.5", 52.5), ("\"52.5\"", 52.5), ("\" 52.5 \"", 52.5), ("\"5.20 kW\"", 5.2),
    ("\"5200 W\"", 5.2), ("\"1800 \"", 1_800), ("\"-5\"", -5), ("\"\\u22125 kW\"", -5),
    ("\"+5\"", 5), ("\"1e2\"", 100), ("\"1.5E1 kW\"", 15), ("\"5.2\\u00a0kW\"", 5.2),
    ("\"5.2\\u202fkW\"", 5.2), ("\"5.2kW\"", 5.2), ("\"1,234.5\"", 1_234.5),
    ("\"1.234,5\"", 1_234.5), ("\"1 234.5\"", 1_234.5), ("\"1\\u202f234\"", 1_234),
    ("\"1'234.5 W\"", 1.2345), ("\"1.234.567\"", 1_234_567), ("\"100 hp\"", 74.5699872),
    ("{\"value\": 5.2}", 5.2), ("{\"unit\": \"W\", \"type\": \"float\", \"value\": 5200}", 5.2),
    ("{\"Val\": \"5.2\", \"Unit\": \"kW\"}", 5.2), ("9007199254740993", 9_007_199_254_740_992),
    (".5e1", 0), ("\".5\"", 0.5),
  ])
  func readsNumbersAndTexts(json: String, number: Double) throws {
    let (value, outcome, sourced) = try value(json)
    if json.hasPrefix(".") {
      #expect(outcome == .rejected(.json(.invalidJSON)))
    } else {
      #expect(value == number || abs((value ?? .nan) - number) < 1e-9, "\(json): \(outcome)")
      #expect(sourced.decoder.lostCount == 0)
    }
  }

  @Test(arguments: [
    ("\"5,2 kW\"", ValueFlaw.decimalComma), ("\"1,234\"", .decimalComma),
    ("\"1.2.3\"", .noNumber), ("\"kW\"", .noNumber), ("\"12.34.567\"", .noNumber),
    ("\"5 kVA\"", .otherUnit), ("\"5 V\"", .otherUnit), ("\"1/4\"", .otherUnit),
    ("\"5 bananas\"", .otherUnit), ("1e999", .notFinite), ("\"1e999\"", .notFinite),
    ("true", .noNumber), ("[1]", .nested), ("{}", .nested), ("{\"a\": 1}", .nested),
    ("{\"value\": 1, \"unit\": \"V\"}", .otherUnit), ("{\"value\": {\"value\": 1}}", .nested),
  ])
  func losesAValueAlone(json: String, flaw: ValueFlaw) throws {
    let (_, outcome, _) = try value(json)
    #expect(outcome == .rejected(.value(.power, flaw)))
    let sourced = Sourced(
      try source {
        $0.add(.power, try place("$.v"))
        $0.add(.load, try place("$.w"))
      }
    )
    #expect(
      sourced.decode("gensets/g1/state", #"{"v": \#(json), "w": 41}"#) == .understood(source: 0)
    )
    #expect(sourced.reading == reading([.load: 41]))
    #expect(sourced.decoder.losses == [.value(.power, flaw)])
  }

  @Test(arguments: [
    "null", "NaN", "-Infinity", "\"\"", "\" \"", "\"NaN\"", "\"unknown\"", "\"Unavailable\"",
    "\"N/A\"", "{\"value\": null}", "{\"unit\": \"W\", \"type\": \"float\"}",
  ])
  func knowsWhatIsNotKnown(json: String) throws {
    let (value, outcome, sourced) = try value(json)
    #expect(value == nil)
    #expect(outcome == .understood(source: 0))
    #expect(sourced.findings.first?.cleared == 1 << Metric.power.rawValue)
    #expect(sourced.findings.first?.isEmptied == true)
  }

  @Test(arguments: [
    ("\"5,2 kW\"", 5.2), ("\"1.234,5\"", 1_234.5), ("\"1 234,5 kW\"", 1_234.5),
    ("\"61.5\"", 61.5), ("\"0,5\"", 0.5), ("\"1.234.567,5\"", 1_234_567.5), ("5.5", 5.5),
  ])
  func readsDecimalCommasWhereTheSourceSaysSo(json: String, number: Double) throws {
    #expect(try value(json, comma: true).value == number)
  }

  @Test func doesNotGuessWhatMayBeAThousandOrADecimal() throws {
    let outcome = try value("\"1.234\"", comma: true).outcome
    #expect(outcome == .rejected(.value(.power, .noNumber)))
  }

  @Test(arguments: [
    (Metric.temperature, "F", 212.0, 100.0), (.temperature, "K", 373.15, 100),
    (.power, "W", 840, 0.84), (.oilPressure, "psi", 100, 689.4757293),
    (.oilPressure, "bar", 4, 400),
    (.runHours, "s", 7_200, 2), (.fuel, "gal", 100, 378.5411784), (.fuel, "m3", 0.5, 500),
    (.batteryVoltage, "mV", 27_100, 27.1), (.load, "fraction", 0.41, 41),
  ])
  func convertsUnits(metric: Metric, unit: String, number: Double, base: Double) throws {
    let found = try #require(try value("\(number)", of: metric, unit: unit).value)
    #expect(abs(found - base) < 1e-9)
  }

  @Test func believesTheUnitInATextMoreThanTheConfiguredOne() throws {
    #expect(try value("\"5200 W\"", unit: "kW").value == 5.2)
    #expect(try value("\"100 °C\"", of: .temperature, unit: "F").value == 100)
    #expect(
      try value("\"42 F\"", of: .temperature, unit: "C").value.map { abs($0 - 50 / 9) } ?? 1 < 1e-9
    )
  }

  @Test func readsHoursAndMinutes() throws {
    #expect(try value("\"1234:30\"", of: .runHours).value == 1_234.5)
    #expect(try value("\"1234:30\"").outcome == .rejected(.value(.power, .otherUnit)))
  }

  @Test func scalesAfterItLookedForWhatIsUnknown() throws {
    func battery(_ json: String) throws -> Double? {
      try value(json, of: .batteryVoltage) {
        $0.unknown = [65_528...65_535, 32_767...32_767]
        ($0.scale, $0.least, $0.most) = (0.1, 0, 40)
      }.value
    }
    #expect(try battery("271") == 27.1)
    for sentinel in ["65535", "65528", "32767", "401", "-1", "\"65535\""] {
      #expect(try battery(sentinel) == nil)
    }
    #expect(try value("55", of: .temperature) { ($0.scale, $0.offset) = (2, -10) }.value == 100)
  }

  @Test func takesNoSentinelForAPercentageOrAPlace() throws {
    for (metric, number) in [
      (Metric.fuel, 65_535), (.fuel, 6_553.5), (.load, 32_767), (.latitude, 91), (.longitude, 200),
    ] {
      let unit = metric == .fuel || metric == .load ? "%" : nil
      #expect(try value("\(number)", of: metric, unit: unit).value == nil)
    }
    #expect(try value("105", of: .load, unit: "%").value == 105)
  }

  @Test(
    arguments: [
      ("412.5", nil, 412.5), ("\"412.5 °C\"", nil, 412.5), ("\"932 °F\"", nil, 500),
      ("932", "°F", 500), ("\"5 kW\"", nil, nil),
    ] as [(String, String?, Double?)]
  )
  func valuesOfAMetricOfOnesOwnAreInItsUnit(json: String, unit: String?, number: Double?) throws {
    var exhaust = NamedMetric(name: "exhaust", heading: "EXH")
    exhaust.unit = "°C"
    var metric = MetricSource(.named1, [try place("$.v", unit: unit)])
    metric.named = exhaust
    let sourced = Sourced(try source { $0.metrics = [metric] })
    sourced.decode("gensets/g1/state", #"{"v": \#(json)}"#)
    let value = sourced.reading?[.named1]
    #expect(value == number || abs((value ?? .nan) - (number ?? .nan)) < 1e-9)
  }

  @Test func aUnitOfOnesOwnIsNotItsBaseUnit() throws {
    var boost = NamedMetric(name: "boost", heading: "BOOST")
    boost.unit = "psi"
    var metric = MetricSource(.named1, [try place("$.v")])
    metric.named = boost
    let sourced = Sourced(try source { $0.metrics = [metric] })
    sourced.decode("gensets/g1/state", #"{"v": "200 kPa"}"#)
    #expect(abs((sourced.reading?[.named1] ?? 0) - 29.0075) < 1e-3)
    sourced.decode("gensets/g1/state", #"{"v": "12 psi"}"#)
    #expect(sourced.reading?[.named1] == 12)
  }
}
