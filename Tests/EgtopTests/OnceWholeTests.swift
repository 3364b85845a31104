import Foundation
import LocalBrokers
import System
import Testing

/// Whether `egtop --once` is whole, says what is missing, and can go on looking.
@Suite(.serialized, .timeLimit(.minutes(20))) struct OnceWholeTests {
  /// A fleet that sends a sample each 3 s; two of five generators have their turn when the others have long been heard.
  @Test func waitsForGeneratorsThatNobodyNames() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      var next = [0.0, 0.1, 0.2, 2.6, 2.8].map { monotonicNanoseconds() + Int64($0 * 1e9) }
      let found = try look(["--mqtt", "127.0.0.1:\(broker.port)", "--fail-on", "incomplete"]) {
        for id in next.indices where monotonicNanoseconds() >= next[id] {
          try sender.publish(#"{"fuel": 600}"#, to: "emergency_generator/g\(id)")
          next[id] += 3_000_000_000
        }
      }
      #expect(found.generators.count == 5 && found.complete)
      #expect(found.missing == Look.Missing(feeds: [], generators: []))
      #expect(found.generators.allSatisfy { $0.source == "mqtt" })
    }
  }

  @Test func saysWhoIsMissingAndExitsWithFour() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      try sender.publish("online", to: "emergency_generator/quiet/status", retain: true)
      try sender.publish("offline", to: "emergency_generator/gone/status", retain: true)
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "1s"]
      let found = try look(words + ["--fail-on", "incomplete"], expecting: 4)
      #expect(!found.complete && found.missing.generators == ["quiet"])
      #expect(try look(words).complete == false)
    }
  }

  @Test func aRecordOfALongGoneSampleIsNotEnough() throws {
    let pipe = try Pipe()
    try pipe.send([enriched("a", "north", fuel: 900), enriched("b", "north", fuel: 900)])
    let words = pipe.words + ["--settle", "3s", "--fail-on", "incomplete"]
    let run = try OnceRun(["--json"] + words)
    let code = try run.code { try pipe.send([#"{"generatorID":"a","fuel":899}"#], to: Pipe.raw) }
    let found = try run.look()
    #expect(code == 4 && found.missing.generators == ["b"])
    #expect(found["a"]?.source == "rawTopic" && found["b"]?.source == "record")
  }

  @Test func looksAgainAndAgainUntilItIsInterrupted() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let address = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "1s"]
      let run = try OnceRun(["--watch", "1s", "--ndjson"] + address)
      var fuel = 900
      let code = try run.code {
        fuel -= 1
        try sender.publish("{\"fuel\": \(fuel)}", to: "emergency_generator/g")
        if run.lines.count == 3 { run.interrupt() }
      }
      let looks = try run.lines.map { try JSONDecoder().decode(Look.self, from: Data($0)) }
      #expect(code == 0 && looks.count >= 3)
      let fuels = looks.compactMap { $0["g"]?.fuel }
      #expect(fuels.count == looks.count && fuels == fuels.sorted(by: >))
      #expect(Set(looks.map(\.time)).count == looks.count)
    }
  }

  @Test func aWatchEndsWithWhatItWasToFind() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let address = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "1s"]
      let run = try OnceRun(["--watch", "1s", "--ndjson", "--fail-on", "lost"] + address)
      let code = try run.code {
        try sender.publish(#"{"fuel": 600}"#, to: "emergency_generator/g")
        guard run.lines.count > 0 else { return }
        try sender.publish("offline", to: "emergency_generator/other/status")
      }
      let looks = try run.lines.map { try JSONDecoder().decode(Look.self, from: Data($0)) }
      #expect(code == 4 && looks.last?["other"]?.freshness == "lost")
      #expect(looks.dropLast().allSatisfy { $0["other"] == nil })
    }
  }

  @Test func aHopThatIsConfiguredAndNotMeasuredIsUnknown() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let pipe = try Pipe()
      let words = pipe.words + ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "3s"]
      let feed = { try sender.publish(#"{"fuel": 600}"#, to: "emergency_generator/g") }
      _ = try look(words + ["--fail-on", "unknown"], expecting: 4, feeding: feed)
    }
  }

  @Test func fuelAndRecordsThatDisagreeAreFound() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let pipe = try Pipe()
      let words = pipe.words + ["--mqtt", "127.0.0.1:\(broker.port)", "--task-window", "1s"]
      let found = try look(words + ["--fail-on", "disagree"], expecting: 4) {
        try sender.publish(#"{"fuel": 100}"#, to: "emergency_generator/g")
        try pipe.send([enriched("g", "north", fuel: 100, alarm: "no action")])
      }
      #expect(found.complete)
    }
  }

  /// Case 25 of the users: messages come, and none of them is a sample.
  @Test func aForeignMessageShowsThatItCame() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let words = [
        "--mqtt", "127.0.0.1:\(broker.port)", "--mqtt-topic", "gensets/+/state", "--settle", "2s",
      ]
      let found = try look(words) {
        try sender.publish(#"{"fuel_level": 63}"#, to: "gensets/g25/state")
      }
      let reason = #"none understood: no field known, e.g. gensets/g25/state {"fuel_level": 63}"#
      #expect(found.feeds["mqtt"]?.reason == reason)
      #expect(found.hops.first { $0.id == "mqtt" }?.reason == reason)
      #expect(try #require(found.feeds["mqtt"]?.ignored) > 0)
      #expect(found.feeds["mqtt"]?.examples.first?.topic == "gensets/g25/state")
    }
  }
}
