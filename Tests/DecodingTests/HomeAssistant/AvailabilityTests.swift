import Decoding
import Model
import Testing

/// When a device that announces itself is there.
struct AvailabilityTests {
  private func home(_ mode: String?) -> Announced {
    let home = Announced()
    let mode = mode.map { #""availability_mode": "\#($0)", "# } ?? ""
    home.sensor(
      "fuel",
      "Fuel level",
      unit: "%",
      more: """
        "availability": [{"topic": "bridge/state", "value_template": "{{ value_json.state }}"},
          {"topic": "g4/availability", "payload_available": "yes", "payload_not_available": "no"}], \(mode)
        """
    )
    return home
  }

  private static let (up, down) = (#"{"state":"online"}"#, #"{"state":"offline"}"#)

  @Test func allHaveToSaySo() {
    let home = home("all")
    home.hear("bridge/state", Self.up)
    #expect(home.words.isEmpty)
    home.hear("g4/availability", "yes")
    #expect(home.words == [.alive])
    home.hear("bridge/state", Self.down)
    #expect(home.words == [.lastWill])
    home.hear("g4/availability", "yes")
    #expect(home.words == [.lastWill])
    home.hear("bridge/state", Self.up)
    #expect(home.words == [.alive])
    home.hear("g4/availability", "")
    #expect(home.words == [.cleared])
  }

  @Test func anyMaySaySo() {
    let home = home("any")
    home.hear("bridge/state", Self.down)
    #expect(home.words.isEmpty)
    home.hear("g4/availability", "yes")
    #expect(home.words == [.alive])
    home.hear("g4/availability", "no")
    #expect(home.words == [.lastWill])
  }

  @Test(arguments: [nil, "latest"]) func theNewestCounts(_ mode: String?) {
    let home = home(mode)
    home.hear("bridge/state", Self.down)
    #expect(home.words == [.lastWill])
    home.hear("g4/availability", "yes")
    #expect(home.words == [.alive])
    #expect(home.hear("g4/availability", "perhaps") == .rejected(.unknownPresence))
  }

  @Test func itsWordsMayBeAny() {
    let home = Announced()
    home.sensor(
      "fuel",
      "Fuel level",
      unit: "%",
      more: #""avty_t": "g4/LWT", "pl_avail": "Online", "pl_not_avail": "Offline", "#
    )
    home.hear("g4/LWT", "Offline")
    #expect(home.words == [.lastWill])
    let other = Announced()
    other.sensor(
      "fuel",
      "Fuel level",
      unit: "%",
      more:
        #""avty_t": "g4/on", "avty_tpl": "{{ value_json.on }}", "pl_avail": "True", "pl_not_avail": "False", "#
    )
    other.hear("g4/on", #"{"on": true}"#)
    #expect(other.words == [.alive])
    other.hear("g4/on", #"{"on": false}"#)
    #expect(other.words == [.lastWill])
  }
}
