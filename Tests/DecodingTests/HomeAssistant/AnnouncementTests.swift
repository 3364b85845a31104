import Decoding
import Model
import Testing

/// What is announced, changed, moved and taken back.
struct AnnouncementTests {
  @Test func aValueIsReadWhereItIsAnnounced() {
    let home = Announced()
    let filters = ["homeassistant/+/+/config", "homeassistant/+/+/+/config"]
    #expect(HomeAssistantRule().filters == filters)
    #expect(home.hear("g4/fuel", "61") == .ignored(.noSource))
    #expect(home.sensor("fuel", "Fuel level", unit: "%") == .passed(source: 0))
    #expect(home.wanted == ["g4/fuel"])
    #expect(home.sourced.decoder.takeTopicNews().wanted == ["g4/fuel"])
    #expect(home.hear("g4/fuel", "61") == .understood(source: 0))
    #expect(home.ids == ["g4"])
    #expect(home.reading?.fuel == 61 && home.reading?[.tank] == 100)
    // Announced again, as some do every five minutes.
    home.sensor("fuel", "Fuel level", unit: "%")
    #expect(home.sourced.decoder.takeTopicNews().isEmpty)
  }

  @Test func theShortNamesAndTheBaseTopicAreKnown() {
    let home = Announced()
    home.hear(
      "homeassistant/sensor/g4_fuel/config",
      """
      {"~":"site/g4","name":"Fuel","uniq_id":"g4_fuel","stat_t":"~/engine","val_tpl":"{{ value_json.fuel.pct }}",\
      "unit_of_meas":"%","dev":{"ids":["g4"],"sa":"North"},"avty_t":"~/status"}
      """
    )
    #expect(home.wanted == ["site/g4/engine", "site/g4/status"])
    home.hear("site/g4/engine", #"{"fuel": {"pct": 61}}"#)
    #expect(home.reading?.fuel == 61 && home.ids == ["g4"] && home.sourced.regions == ["North"])
    home.hear("site/g4/status", "offline")
    #expect(home.words == [.lastWill])
  }

  @Test func oneMessageMayAnnounceAWholeDevice() {
    let home = Announced()
    let device = """
      {"dev": {"ids": "ea334450945afc", "cns": [["mac", "ea:33:44"]], "name": "North genset", "mf": "Bla", "mdl": "x", "sw": "1.0"},
       "o": {"name": "bla2mqtt", "sw": "2.1"},
       "cmps": {
         "level": {"p": "sensor", "name": "Fuel level", "unit_of_meas": "%", "val_tpl": "{{ value_json.fuel }}", "uniq_id": "a1"},
         "hours": {"p": "sensor", "name": "Run hours", "unit_of_meas": "h", "val_tpl": "{{ value_json.hours }}", "uniq_id": "a2"},
         "engine": {"p": "binary_sensor", "name": "Engine running", "dev_cla": "running", "stat_t": "sensorBedroom/engine",
                    "uniq_id": "a3"},
         "old": {"p": "sensor"}},
       "stat_t": "genset/state", "avty": [{"t": "genset/status"}], "qos": 2}
      """
    #expect(home.hear("homeassistant/device/ea334450945afc/config", device) == .passed(source: 0))
    #expect(home.wanted == ["genset/state", "genset/status", "sensorBedroom/engine"])
    home.hear("genset/state", #"{"fuel": 61, "hours": 1234.5}"#)
    #expect(home.ids == ["ea334450945afc"])
    #expect(home.reading?.fuel == 61 && home.reading?[.runHours] == 1234.5)
    home.hear("sensorBedroom/engine", "ON")
    #expect(home.reading?[.running] == 1)
    home.hear("genset/status", "online")
    #expect(home.words == [.alive])
    // One that the next announcement has under another name has moved.
    let moved = device.replacing(#""engine""#, with: #""motor""#).replacing(
      "sensorBedroom",
      with: "new"
    )
    home.hear("homeassistant/device/ea334450945afc/config", moved)
    #expect(home.wanted == ["genset/state", "genset/status", "new/engine"])
  }

  @Test func whatIsTakenBackIsNotKnownAnyMore() {
    let home = Announced()
    home.sensor("fuel", "Fuel level", unit: "%", more: #""availability_topic": "g4/status", "#)
    home.sensor("battery", "Battery voltage", unit: "V")
    home.hear("g4/status", "online")
    _ = home.sourced.decoder.takeTopicNews()
    #expect(home.hear("homeassistant/sensor/g4/battery/config", "") == .understood(source: 0))
    let cleared = home.sourced.findings.first?.cleared
    #expect(cleared == 1 << Metric.batteryVoltage.rawValue)
    #expect(home.sourced.decoder.takeTopicNews().unwanted == ["g4/battery"])
    home.hear("homeassistant/sensor/g4/fuel/config", "")
    #expect(home.words == [.cleared] && home.wanted.isEmpty && home.otherDevices == 0)
    #expect(home.hear("g4/fuel", "61") == .ignored(.noSource))
    #expect(home.hear("homeassistant/sensor/g4/fuel/config", "") == .passed(source: 0))
  }

  @Test func aTopicAndADeviceMayChange() {
    let home = Announced()
    home.sensor("fuel", "Fuel level", unit: "%")
    _ = home.sourced.decoder.takeTopicNews()
    let other =
      #"{"name": "Fuel level", "stat_t": "new/fuel", "unit_of_meas": "L", "dev": {"ids": ["g4"]}}"#
    home.hear("homeassistant/sensor/g4/fuel/config", other)
    let news = home.sourced.decoder.takeTopicNews()
    #expect(news.wanted == ["new/fuel"] && news.unwanted == ["g4/fuel"])
    home.hear("new/fuel", "305")
    #expect(home.reading?.fuel == 305 && home.reading?[.tank] == nil)
    // The announcement is another device's now: of the first nothing is known.
    home.hear(
      "homeassistant/sensor/g4/fuel/config",
      #"{"name": "Fuel level", "stat_t": "new/fuel", "unit_of_meas": "L", "dev": {"ids": ["g5"]}}"#
    )
    #expect(home.ids == ["g4"] && home.sourced.findings.first?.cleared == 1)
    home.hear("new/fuel", "300")
    #expect(home.ids == ["g5"] && home.reading?.fuel == 300)
    // The form that has one message for all takes over.
    home.hear("homeassistant/sensor/g4/fuel/config", #"{"migrate_discovery": true}"#)
    #expect(home.ids == ["g5"] && home.wanted.isEmpty)
  }

  @Test func othersAreCountedAndNotRead() {
    let home = Announced()
    for device in ["tv", "plug"] {
      home.sensor("power", "Power", unit: "W", of: device)
      home.sensor("voltage", "Voltage", unit: "V", of: device)
      home.sensor("uptime", "Uptime", unit: "s", of: device)
    }
    #expect(home.wanted.isEmpty && home.otherDevices == 2)
    // With its first value of a generator all the others count.
    home.sensor("hours", "Engine hours", unit: "h", of: "plug")
    #expect(home.wanted == ["plug/hours", "plug/power", "plug/voltage"] && home.otherDevices == 1)
    home.hear("plug/power", "5200")
    #expect(home.reading?.power == 5.2)
  }

  @Test func aDeviceMayBeNamedByItsIdOrItsName() {
    for name in ["plug", "Genset plug"] {
      let home = Announced { $0.devices = [name] }
      home.sensor("power", "Power", unit: "W", of: "plug")
      home.sensor("power", "Power", unit: "W", of: "tv")
      #expect(home.wanted == ["plug/power"] && home.otherDevices == 1)
    }
  }

  @Test func exceptionsWin() {
    let home = Announced {
      $0.entities = [
        EntityRule("*_estimated_fuel", .fuel, unit: SourceUnit("L")),
        EntityRule("Raw level", nil), EntityRule("x_17", .oilPressure),
      ]
    }
    let more = #""unique_id": "G4_Estimated_Fuel", "#
    home.sensor("fuel", "Fuel level", unit: "%")
    home.sensor("estimated", "Estimated Fuel", unit: "gal", more: more)
    home.sensor("raw", "raw level", unit: "%")
    home.sensor("oil", "What", unit: "bar", more: #""unique_id": "x_17", "#)
    #expect(home.wanted == ["g4/estimated", "g4/oil"])
    home.hear("g4/estimated", "305")
    #expect(home.reading?.fuel == 305)
    home.hear("g4/oil", "4.2")
    #expect(home.reading?[.oilPressure] == 420)
  }

  @Test func fuelInPercentIsOfTheTankThatIsAnnounced() {
    let home = Announced()
    home.sensor("fuel", "Fuel level", unit: "%")
    home.sensor("size", "Fuel tank capacity", unit: "L")
    home.hear("g4/fuel", "50")
    #expect(home.reading?.fuel == 50 && home.reading?[.tank] == 100)
    home.hear("g4/size", "900")
    #expect(home.reading?.fuel == 450 && home.reading?[.tank] == 900)
    let known = Announced(tank: 500)
    known.sensor("fuel", "Fuel level", unit: "%")
    known.hear("g4/fuel", "50")
    #expect(known.reading?.fuel == 250 && known.reading?[.tank] == 500)
  }

  @Test func aTemplateThatIsNotReadIsNamed() {
    let home = Announced()
    let template = #""value_template": "{{ states('x') }}", "#
    // Of no generator nobody asks.
    #expect(home.sensor("v", "Voltage", unit: "V", of: "tv", more: template) == .passed(source: 0))
    let flaw = Rejection.announcement(.template("states"), of: "Fuel level")
    #expect(home.sensor("fuel", "Fuel level", unit: "%", more: template) == .rejected(flaw))
    #expect(home.losses == ["Fuel level has a template that is not read: states"])
    #expect(home.wanted.isEmpty && home.otherDevices == 1)
    home.sensor("litres", "Diesel", unit: "L")
    #expect(home.wanted == ["g4/litres"])
    home.sensor("hours", "Run hours", unit: "h", of: "tv")
    #expect(home.losses == ["Voltage has a template that is not read: states"])
  }

  @Test func fuelWithoutAUnitIsNoQuantity() {
    let home = Announced()
    let outcome = home.sensor("fuel", "Fuel level")
    #expect(outcome == .rejected(.announcement(.noUnit, of: "Fuel level")))
    #expect(home.sensor("type", "Fuel Type") == .passed(source: 0) && home.wanted.isEmpty)
  }
}
