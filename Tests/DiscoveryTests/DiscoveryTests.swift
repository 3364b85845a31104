import Discovery
import Testing

/// Feeds made from what real fleets publish, with known truth.
struct DiscoveryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var feed: String
    /// What stands in the proposal.
    var truth: [String: [String: Double]]
    var present: Set<String> = []
    var profile: String?
  }

  static let cases: [Case] = [
    Case(
      testDescription: "flat JSON with names of its own",
      feed: """
        !gensets/dse-7/status   online
        gensets/dse-7/state   {"fuel_level": 63, "engine_load": 41, "kw": 52.5, "coolant_temp_f": 180, "rssi": -61}
        !gensets/dse-8/status   offline
        gensets/dse-8/state   {"fuel_level": 12, "engine_load": 0, "kw": 0.0, "coolant_temp_f": 80, "rssi": -70}
        """,
      truth: [
        "dse-7": ["fuel": 63, "load": 41, "power": 52.5, "temperature": 82.22],
        "dse-8": ["fuel": 12, "load": 0, "power": 0, "temperature": 26.67],
      ],
      present: ["dse-7", "dse-8"]
    ),
    Case(
      testDescription: "genmon as text",
      feed: """
        !generators/depot-north/generator/client_status   Online
        generators/depot-north/generator/Status/Battery Voltage   27.10 V
        generators/depot-north/generator/Maintenance/Fuel Level Sensor   61 %
        generators/depot-north/generator/Maintenance/Run Hours   1234 h
        """,
      truth: ["depot-north": ["fuel": 61, "batteryVoltage": 27.1, "runHours": 1234]],
      present: ["depot-north"],
      profile: "genmon"
    ),
    Case(
      testDescription: "Victron with a tank of water",
      feed: """
        N/c0ffee012345/tank/20/FluidType   {"value":0}
        N/c0ffee012345/tank/20/Level   {"value":58.5}
        N/c0ffee012345/tank/21/FluidType   {"value":1}
        N/c0ffee012345/tank/21/Level   {"value":77}
        N/c0ffee012345/genset/30/Ac/Power   {"value":5200}
        N/c0ffee012345/genset/30/StarterVoltage   {"value":12.8999996}
        N/c0ffee012345/battery/1/Soc   {"value":88}
        """,
      truth: ["c0ffee012345": ["fuel": 58.5, "power": 5.2, "batteryVoltage": 12.9]],
      profile: "victron"
    ),
    Case(
      testDescription: "ids in the payload, German names, decimal commas",
      feed: """
        werke/messwerte   {"Seriennummer": "NEA-4711", "Füllstand": "61,5 %", "Wirkleistung": "5,2 kW", "Batteriespannung": "27,1 V", "Betriebsstunden": "1234 h", "Kraftstoffart": "Diesel"}
        werke/messwerte   {"Seriennummer": "NEA-4712", "Füllstand": "40,0 %", "Wirkleistung": "0,0 kW", "Batteriespannung": "26,9 V", "Betriebsstunden": "88 h", "Kraftstoffart": "Diesel"}
        """,
      truth: [
        "NEA-4711": ["fuel": 61.5, "power": 5.2, "batteryVoltage": 27.1, "runHours": 1234],
        "NEA-4712": ["fuel": 40, "power": 0, "batteryVoltage": 26.9, "runHours": 88],
      ]
    ),
    Case(
      testDescription: "a topic for each value (DEIF)",
      feed: """
        deif/1/gen/pgen_kw   52.5
        deif/1/gen/sgen_kva   60.1
        deif/1/engine/battery   27.1
        deif/1/counters/run_hours   1234
        deif/2/gen/pgen_kw   12.5
        deif/2/gen/sgen_kva   13.1
        deif/2/engine/battery   26.1
        deif/2/counters/run_hours   99
        """,
      truth: [
        "1": ["power": 52.5, "batteryVoltage": 27.1, "runHours": 1234],
        "2": ["power": 12.5, "batteryVoltage": 26.1, "runHours": 99],
      ]
    ),
    Case(
      testDescription: "ESPHome beside rooms",
      feed: """
        !gen-a/status   online
        !gen-a/sensor/fuel_level/state   61.0
        !gen-a/sensor/engine_battery/state   27.1
        !gen-a/sensor/wifi_signal/state   -60
        !kitchen/status   online
        !kitchen/sensor/temperature/state   21.5
        !kitchen/sensor/wifi_signal/state   -50
        """,
      truth: ["gen-a": ["fuel": 61, "batteryVoltage": 27.1]],
      present: ["gen-a"]
    ),
    Case(
      testDescription: "two levels, and one will for each",
      feed: """
        sites/north/genset/7/state   {"fuel_level_pct": 71, "power_kw": 3.5}
        sites/north/genset/8/state   {"fuel_level_pct": 72, "power_kw": 3.6}
        sites/south/genset/7/state   {"fuel_level_pct": 73, "power_kw": 3.7}
        """,
      truth: [
        "north-7": ["fuel": 71, "power": 3.5], "north-8": ["fuel": 72, "power": 3.6],
        "south-7": ["fuel": 73, "power": 3.7],
      ]
    ),
    Case(
      testDescription: "French, nested, watts",
      feed: """
        groupes/lyon-1/telemetrie   {"horodatage":"2026-01-05T13:20:11Z","groupe_electrogene":{"niveau_carburant":61,"puissance_active_w":5200,"temperature_liquide_refroidissement":83,"pression_huile_bar":4.2,"heures_moteur":1234,"tension_batterie":27.1}}
        groupes/lyon-2/telemetrie   {"horodatage":"2026-01-05T13:20:11Z","groupe_electrogene":{"niveau_carburant":30,"puissance_active_w":0,"temperature_liquide_refroidissement":20,"pression_huile_bar":0,"heures_moteur":17,"tension_batterie":26.1}}
        """,
      truth: [
        "lyon-1": [
          "fuel": 61, "power": 5.2, "temperature": 83, "oilPressure": 420, "runHours": 1234,
          "batteryVoltage": 27.1,
        ],
        "lyon-2": [
          "fuel": 30, "power": 0, "temperature": 20, "oilPressure": 0, "runHours": 17,
          "batteryVoltage": 26.1,
        ],
      ]
    ),
    Case(
      testDescription: "Spanish, with a sentinel of the controller",
      feed: """
        obra/g1/datos   {"NIVEL_COMBUSTIBLE":61,"PRESION_ACEITE_KPA":412,"VOLTAJE_BATERIA":27.4,"TEMPERATURA_REFRIGERANTE":82,"POTENCIA_TOTAL_KW":40,"POTENCIA_TOTAL_KVA":50,"horometro":1200}
        obra/g2/datos   {"NIVEL_COMBUSTIBLE":65535,"PRESION_ACEITE_KPA":400,"VOLTAJE_BATERIA":27.5,"TEMPERATURA_REFRIGERANTE":81,"POTENCIA_TOTAL_KW":41,"POTENCIA_TOTAL_KVA":50,"horometro":1300}
        """,
      truth: [
        "g1": [
          "fuel": 61, "oilPressure": 412, "batteryVoltage": 27.4, "temperature": 82, "power": 40,
          "runHours": 1200,
        ],
        "g2": [
          "oilPressure": 400, "batteryVoltage": 27.5, "temperature": 81, "power": 41,
          "runHours": 1300,
        ],
      ]
    ),
    Case(
      testDescription: "values with their units (go-iotdevice)",
      feed: """
        !iot/avail/dse1   online
        iot/tele/dse1   {"Time":"2026-01-05T13:20:11Z","NumericValues":{"Fuel":{"Val":61,"Unit":"%"},"Power":{"Val":5200,"Unit":"W"}}}
        !iot/avail/dse2   online
        iot/tele/dse2   {"Time":"2026-01-05T13:20:11Z","NumericValues":{"Fuel":{"Val":51,"Unit":"%"},"Power":{"Val":4200,"Unit":"W"}}}
        """,
      truth: ["dse1": ["fuel": 61, "power": 5.2], "dse2": ["fuel": 51, "power": 4.2]],
      present: ["dse1", "dse2"]
    ),
    Case(
      testDescription: "numbers as text and named elements",
      feed: """
        rut/g4/data   {"TS":"1767619211","name":"x","sensors":[{"name":"fuel level","value":"61"},{"name":"oil pressure kPa","value":"410"},{"name":"water tank level","value":"80"}]}
        rut/g5/data   {"TS":"1767619211","name":"x","sensors":[{"name":"fuel level","value":"31"},{"name":"oil pressure kPa","value":"400"},{"name":"water tank level","value":"70"}]}
        """,
      truth: [
        "g4": ["fuel": 61, "oilPressure": 410], "g5": ["fuel": 31, "oilPressure": 400],
      ]
    ),
    Case(
      testDescription: "ids in the payload, presence by topic",
      feed: """
        fleet/telemetry   {"generatorID":"g-1","ts":1767619211,"fuelPercent":61,"loadPercent":40,"activePowerKw":12.1,"engineRunning":true}
        fleet/telemetry   {"generatorID":"g-2","ts":1767619211,"fuelPercent":31,"loadPercent":0,"activePowerKw":0,"engineRunning":false}
        !fleet/presence/g-1   online
        !fleet/presence/g-2   offline
        """,
      truth: [
        "g-1": ["fuel": 61, "load": 40, "power": 12.1, "running": 1],
        "g-2": ["fuel": 31, "load": 0, "power": 0, "running": 0],
      ],
      present: ["g-1", "g-2"]
    ),
    Case(
      testDescription: "a state on a topic of its own",
      feed: """
        GEN/G01/Fuel   61.2 %
        GEN/G01/State   RUNNING
        GEN/G01/LWT   online
        GEN/G02/Fuel   41.2 %
        GEN/G02/State   STOPPED
        GEN/G02/LWT   offline
        """,
      truth: ["G01": ["fuel": 61.2, "running": 1], "G02": ["fuel": 41.2, "running": 0]],
      present: ["G01", "G02"]
    ),
    Case(
      testDescription: "a boat with a tank of water",
      feed: """
        boat/genset/coolant_temp   82.5
        boat/genset/oil_pressure_kpa   310
        boat/tanks/diesel/level   61
        boat/tanks/water/level   80
        boat/battery/soc   88
        boat/wifi/signal   70
        """,
      truth: ["boat": ["fuel": 61, "temperature": 82.5, "oilPressure": 310]]
    ),
    Case(
      testDescription: "one generator beside a pump of the house",
      feed: """
        home/pump/motor/temperature   40
        home/genset7/fuel_level   61 %
        depots/g-4/fuel_level   41 %
        depots/g-4/oil_pressure   4.1 bar
        """,
      truth: ["genset7": ["fuel": 61], "g-4": ["fuel": 41, "oilPressure": 410]]
    ),
    Case(
      testDescription: "Tasmota beside a lamp",
      feed: """
        tele/genset1/SENSOR   {"Time":"2026-01-05T13:20:11","ENERGY":{"Power":2140,"Voltage":231,"Total":88.214},"ANALOG":{"Range":61},"TempUnit":"C"}
        !tele/genset1/LWT   Online
        tele/lamp/SENSOR   {"Time":"2026-01-05T13:20:11","ENERGY":{"Power":12,"Voltage":230,"Total":8.2}}
        !tele/lamp/LWT   Online
        """,
      truth: ["genset1": ["fuel": 61, "power": 2.14, "voltage": 231]],
      present: ["genset1"],
      profile: "tasmota"
    ),
    Case(
      testDescription: "names that are no fuel and no load",
      feed: """
        ac/gen-9/data   {"fuel_rate":12.5,"fuel_pressure":300,"fuel_type":"diesel","fuel_level_pct":55,"fuel_temp":30,"battery_soc":80,"water_level":40,"load":70,"cpu_load":0.3,"ambient_temp":25,"exhaust_temp":420,"oil_temp":90,"coolant_temp":85,"mains_voltage":0,"gen_voltage_l1":231,"gen_voltage_l2":230,"gen_freq":50.1,"power_factor":0.8,"energy_kwh":1234,"run_hours":99,"hours_to_service":20,"fuel_hours_remaining":12,"max_power":100}
        """,
      truth: [
        "gen-9": [
          "fuel": 55, "load": 70, "temperature": 85, "voltage": 231, "frequency": 50.1,
          "runHours": 99,
        ]
      ]
    ),
    Case(
      testDescription: "a topic in the message",
      feed: """
        telegraf/gw1/gen   {"fields":{"fuel":61,"load":30},"name":"gen","tags":{"host":"gw1","topic":"site/g4"},"timestamp":1767619211}
        telegraf/gw1/gen   {"fields":{"fuel":51,"load":20},"name":"gen","tags":{"host":"gw1","topic":"site/g5"},"timestamp":1767619211}
        """,
      truth: ["g4": ["fuel": 61, "load": 30], "g5": ["fuel": 51, "load": 20]]
    ),
    Case(
      testDescription: "units in the names (Kohler)",
      feed: """
        rehlko/r1   {"generatorLoadW":5200,"generatorLoadPercent":40,"engineCoolantTempF":180,"engineOilPressurePsi":50,"batteryVoltageV":13.8,"totalRuntimeHours":1234,"engineSpeedRpm":1800,"engineState":"Running"}
        rehlko/r2   {"generatorLoadW":0,"generatorLoadPercent":0,"engineCoolantTempF":80,"engineOilPressurePsi":0,"batteryVoltageV":13.1,"totalRuntimeHours":34,"engineSpeedRpm":0,"engineState":"Stopped"}
        """,
      truth: [
        "r1": [
          "power": 5.2, "load": 40, "temperature": 82.22, "oilPressure": 344.74,
          "batteryVoltage": 13.8, "runHours": 1234, "running": 1,
        ],
        "r2": [
          "power": 0, "load": 0, "temperature": 26.67, "oilPressure": 0, "batteryVoltage": 13.1,
          "runHours": 34, "running": 0,
        ],
      ]
    ),
  ]

  @Test(arguments: cases)
  func eachFeedIsUnderstood(_ feed: Case) {
    let feeds = Feed(feed.feed)
    let proposal = feeds.proposal
    #expect(feeds.found == feed.truth, "\(proposal.yaml)")
    #expect(proposal.sessions == feed.present, "\(proposal.yaml)")
    #expect(proposal.understood == proposal.concerned)
    if let profile = feed.profile { #expect(proposal.yaml.contains("profile: \(profile)")) }
  }

  @Test func theArticlesFeedNeedsNothing() {
    let feed = Feed(
      """
      emergency_generator/g1   {"fuel": 610, "load": 40, "power": 12, "temperature": 80, "lat": 52.5, "lon": 13.4}
      !emergency_generator/g1/status   online
      emergency_generator/g2   {"fuel": 510, "load": 40, "power": 12, "temperature": 80}
      """
    )
    #expect(feed.proposal.kind == .nothingToChange)
    #expect(feed.proposal.yaml.isEmpty)
    #expect(Set(feed.found.keys) == ["g1", "g2"])
  }

  @Test func aHomeHasNoGenerators() {
    let feed = Feed(
      """
      zigbee2mqtt/kitchen   {"battery":88,"humidity":51,"linkquality":120,"temperature":21.5,"voltage":3000}
      !zigbee2mqtt/kitchen/availability   {"state":"online"}
      tele/plug/SENSOR   {"Time":"2026-01-05T13:20:11","ENERGY":{"Power":21,"Voltage":231,"Total":88.2},"ANALOG":{"Range":40}}
      !tele/plug/LWT   Online
      garden/cistern/level   71
      garden/water_tank/level   80
      house/heating/oil_tank/level   60
      car/battery/soc   70
      solar/inverter/power   2400
      shellies/lamp/relay/0/power   12.1
      phone/battery_level   61
      server/cpu/load   0.4
      home/pump/motor/state   ON
      home/pump/motor/temperature   40
      """
    )
    #expect(feed.proposal.kind == .none)
    #expect(feed.proposal.generators.isEmpty, "\(feed.proposal.yaml)")
  }

  @Test func listsOfSamplesAreNotTakenForOneGenerator() {
    let feed = Feed("fleet/batch   [{\"id\":\"g1\",\"fuel\":61},{\"id\":\"g2\",\"fuel\":51}]")
    #expect(feed.proposal.generators.isEmpty)
    #expect(feed.proposal.unclear.contains { $0.contains("fleet/batch") })
  }

  @Test func manyTopicsStayBounded() {
    var heard = HeardMessages()
    for index in 0..<20_000 { heard.take(HeardMessage("x/\(index)/fuel", Array("61 %".utf8))) }
    #expect(heard.topicCount == HeardMessages.mostTopics)
    #expect(heard.total == 20_000)
  }

  @Test func foreignBytesAreScrubbed() {
    let feed = Feed("gensets/a\u{1B}[31m7/state   {\"fuel_level\": 63}")
    let text = feed.proposal.lines(feed.heard, from: "here").joined()
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(!feed.proposal.yaml.unicodeScalars.contains("\u{1B}"))
  }

  @Test func whatIsBrokenOnTheWayIsSurvived() {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for feed in Self.cases {
      var bytes = Array(feed.feed.utf8)
      for _ in 0..<12 { bytes[next(bytes.count)] = UInt8(next(128)) }
      let broken = Feed(String(decoding: bytes, as: UTF8.self))
      let proposal = broken.proposal
      #expect(proposal.understood <= broken.heard.total)
    }
  }
}
