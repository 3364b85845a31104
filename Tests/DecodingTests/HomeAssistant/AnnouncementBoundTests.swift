import Decoding
import Model
import Testing

/// What nobody announces in good faith.
struct AnnouncementBoundTests {
  @Test func tenThousandOfOneDeviceAreTooMany() {
    let home = Announced()
    var refused = 0
    for number in 0..<10_000 {
      let outcome = home.sensor("fuel\(number)", "Fuel level", unit: "%")
      if outcome == .rejected(.announcement(.manyValues, of: "fuel\(number)")) { refused += 1 }
    }
    #expect(refused == 9_000 && home.wanted.count == 1)
    // What is taken back makes room.
    home.hear("homeassistant/sensor/g4/fuel0/config", "")
    #expect(home.sensor("more", "Battery voltage", unit: "V") == .passed(source: 0))
    let all = (0..<10_000).map {
      #""c\#($0)": {"p": "sensor", "name": "Fuel level", "stat_t": "x/\#($0)"}"#
    }
    let device = #"{"dev": {"ids": "big"}, "cmps": {\#(all.joined(separator: ","))}}"#
    let outcome = home.hear("homeassistant/device/big/config", device)
    #expect(outcome == .rejected(.announcement(.manyValues, of: "big")))
    #expect(home.losses == ["big is of a device that announces more than 1000"])
  }

  @Test func longTopicsAreRefused() {
    let long = String(repeating: "a", count: 60_000)
    let home = Announced()
    let outcome = home.hear("homeassistant/sensor/\(long)/config", "{}")
    #expect(outcome == .rejected(.announcement(.topic, of: "an announcement")))
    for topic in [long, "a/+/b", "a/#"] {
      for key in ["stat_t", "avty_t"] {
        let state = key == "avty_t" ? #""stat_t": "x", "# : ""
        let outcome = home.hear(
          "homeassistant/sensor/g4/fuel/config",
          #"{"name": "Fuel level", \#(state)"unit_of_meas": "%", "\#(key)": "\#(topic)", "dev": {"ids": ["g4"]}}"#
        )
        #expect(outcome == .rejected(.announcement(.topic, of: "Fuel level")))
      }
    }
    #expect(home.wanted.isEmpty)
    home.sensor("fuel", "Fuel level", unit: "%")
    #expect(home.hear(long, "61") == .ignored(.noSource))
  }

  @Test func longTemplatesAreRefused() {
    let home = Announced()
    let template = "{{ value_json" + String(repeating: ".a", count: 30_000) + " }}"
    let outcome = home.sensor(
      "fuel",
      "Fuel level",
      unit: "%",
      more: #""value_template": "\#(template)", "#
    )
    #expect(outcome == .rejected(.announcement(.longTemplate, of: "Fuel level")))
  }

  @Test func whatIsNoAnnouncementIsRefused() {
    let home = Announced()
    #expect(home.hear("homeassistant/sensor/g4/config", "hello") == .rejected(.noObject))
    #expect(
      home.hear("homeassistant/sensor/fuel/config", #"{"name": "Fuel level", "stat_t": "x"}"#)
        == .rejected(.announcement(.noDevice, of: "fuel"))
    )
    #expect(home.hear("homeassistant/status", "online") == .ignored(.noSource))
    // A node is a device where none is described.
    let node = #"{"name": "Fuel level", "stat_t": "x", "unit_of_meas": "%"}"#
    home.hear("homeassistant/sensor/north/fuel/config", node)
    home.hear("x", "61")
    #expect(home.ids == ["north"])
    #expect(home.hear("x", "sixty") == .rejected(.value(.fuel, .noNumber)))
    #expect(home.hear("x", "unavailable") == .understood(source: 0))
    #expect(home.sourced.findings.first?.cleared == 1)
  }

  @Test func oneTopicMayBeOfManyDevices() {
    let home = Announced()
    for number in 0..<2_000 {
      home.hear(
        "homeassistant/sensor/g\(number)/fuel/config",
        #"{"name": "Fuel level", "stat_t": "g\#(number)", "unit_of_meas": "%", "avty_t": "bridge/state", "dev": {"ids": ["g\#(number)"]}}"#
      )
    }
    home.hear("bridge/state", "offline")
    #expect(home.words.count == 2_000 && Set(home.ids).count == 2_000)
  }
}
