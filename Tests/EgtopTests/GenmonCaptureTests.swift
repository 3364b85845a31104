import Foundation
import LocalBrokers
import MQTT
import System
import Testing

/// What a real program published, played into a real broker, ten of each at once.
@Suite(.serialized, .timeLimit(.minutes(20))) struct GenmonCaptureTests {
  private static let roots = (1...10).map { "depot-\($0)" }

  /// Plays the captures until egtop has seen the start, what came later, and the end of all.
  private func play(
    _ captures: [GenmonCaptures.Capture],
    _ words: [String],
    configuration: String = ""
  ) throws -> (first: Look, later: Look, last: Look) {
    var seen: [Look] = []
    try withMosquitto { broker in
      let folder = try makeTemporaryDirectory(prefix: "egtop-capture")
      defer { removeFlatDirectory(folder) }
      let file = "\(folder)/config.yaml"
      try Data(configuration.utf8).write(to: URL(fileURLWithPath: file))
      let run = try OnceRun(
        [
          "--json", "--ndjson", "--watch", "1s", "--settle", "1s", "--config", file, "--mqtt",
          "127.0.0.1:\(broker.port)",
        ] + words
      )
      var senders: [Sender] = []
      var isOver = false
      let code = try run.code {
        guard !isOver, let line = run.lines.last else { return }
        let look = try JSONDecoder().decode(Look.self, from: Data(line))
        // They are alive.
        for (capture, sender) in zip(captures, senders) { try send([capture.first[1]], by: sender) }
        let counts = (look.generators.count, captures.count)
        func all(_ isSo: (Look.Generator) -> Bool) -> Bool {
          counts.0 == counts.1 && look.generators.allSatisfy(isSo)
        }
        switch seen.count {
        case 0 where senders.isEmpty:
          senders = try captures.map { capture in
            let will = MQTTOptions.Will(
              topic: capture.will.topic,
              payload: Array(capture.will.payload.utf8),
              qos: 1
            )
            let sender = try Sender(port: broker.port, will: will)
            try send(capture.first, by: sender)
            return sender
          }
        case 0 where all({ $0.fuel == 61 && $0.session == "online" }):
          seen.append(look)
          for (capture, sender) in zip(captures, senders) { try send(capture.later, by: sender) }
        case 1 where all({ $0.fuel == 39 }):
          seen.append(look)
          // Without a word: the broker sends the wills.
          senders = []
        case 2 where all({ $0.freshness == "lost" }):
          seen.append(look)
          isOver = true
          run.interrupt()
        default: break
        }
      }
      #expect(code == 0)
    }
    try #require(seen.count == 3)
    return (seen[0], seen[1], seen[2])
  }

  private func send(_ messages: [GenmonCaptures.Message], by sender: Sender) throws {
    for message in messages {
      try sender.publish(message.payload, to: message.topic, retain: message.isRetained)
    }
  }

  private func check(_ looks: (first: Look, later: Look, last: Look), _ ids: Set<String>) {
    for look in [looks.first, looks.later, looks.last] {
      #expect(Set(look.generators.map(\.id)) == ids)
    }
    #expect(looks.first.generators.allSatisfy { $0.fuelPercent == 61 && $0.batteryVoltage == 27.1 })
    #expect(looks.first.alarms.isEmpty)
    #expect(looks.later.generators.allSatisfy { $0.fuelPercent == 39 && $0.batteryVoltage == 23.8 })
    #expect(Set(looks.later.generators.map(\.freshness)) == ["live"])
    #expect(Set(looks.later.alarms.map(\.generator)) == ids)
    #expect(Set(looks.last.events.filter { $0.kind == "lastWill" }.map(\.generator)) == ids)
    #expect(looks.last.feeds["mqtt"]?.rejected == 0)
  }

  @Test func textsByTheProfile() throws {
    let looks = try play(Self.roots.map(GenmonCaptures.text), ["--profile", "genmon"])
    check(looks, Set(Self.roots))
  }

  @Test func whatItsAddOnForHomeAssistantAnnounces() throws {
    let captures = Self.roots.map { root in
      var capture = GenmonCaptures.homeAssistant("genmon/\(root)")
      // The broker keeps the states, and whoever hears the announcement then gets them.
      capture.first += GenmonCaptures.announcements("genmon/\(root)")
      return capture
    }
    let looks = try play(captures, ["--profile", "homeassistant"])
    check(looks, Set(Self.roots))
    #expect(looks.first.generators.allSatisfy { $0.voltage == 240 && $0.runHours == 1_234 })
  }

  @Test func whatItsAddOnForHomeAssistantPublishesByAConfiguration() throws {
    let looks = try play(
      Self.roots.map { GenmonCaptures.homeAssistant("genmon/\($0)") },
      [],
      configuration: """
        sources:
          - name: genmon-homeassistant
            topics: [genmon/+/#]
            id: "{2}"
            sends: changes
            metrics:
              fuel: {topic: …/sensor/maintenance_fuel_level_sensor/state, unit: "%"}
              batteryVoltage: {topic: …/sensor/status_battery_voltage/state, unit: V}
              runHours: {topic: …/sensor/maintenance_run_hours/state, unit: h}
            presence: genmon/+/status
        """
    )
    check(looks, Set(Self.roots))
  }
}
