import Foundation
import LocalBrokers
import MQTT
import System
import Testing

private let hasClients = Environment.current().executable("mosquitto_pub") != nil

@Suite(.serialized, .timeLimit(.minutes(20))) struct OnceMQTTTests {
  /// What a message says and what is to be read of it.
  private static let samples: [(id: String, payload: String, values: [Double?])] = [
    (
      "g-integers",
      #"{"generatorID": "g-integers", "lat": 40.68066, "lon": -73.47429, "temperature": 186, "#
        + #""power": 1860, "load": 2, "fuel": 277}"#, [277, 2, 1860, 186, 40.68066, -73.47429]
    ),
    (
      "g-decimals", #"{"fuel":277.125,"load":2.5,"power":0.0625}"#,
      [277.125, 2.5, 0.0625, nil, nil, nil]
    ),
    ("g-below", #"{"fuel": -129, "load": 90}"#, [-129, 90, nil, nil, nil, nil]),
    ("g-one", #"{"temperature": 160}"#, [nil, nil, nil, 160, nil, nil]),
    (
      "g-more",
      #"{"pressure":{"a":[1,{"fuel":5}]},"site":"x","fuel":12,"generatorID":"g-more","load":null}"#,
      [12, nil, nil, nil, nil, nil]
    ),
    ("g-zero", #"{"fuel": 0, "load": 0, "lat": 0}"#, [0, 0, nil, nil, 0, nil]),
    ("g-prefix", "\0\0\0\0\u{2}{\"fuel\": 444}", [444, nil, nil, nil, nil, nil]),
  ]

  @Test func agreesWithWhatWasSentValueByValue() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let found = try look(["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "20s"]) {
        for (id, payload, _) in Self.samples {
          try sender.publish(payload, to: "emergency_generator/\(id)")
        }
        try sender.publish("offline", to: "emergency_generator/other")
      }
      #expect(found.schema == 1)
      #expect(Set(found.generators.map(\.id)) == Set(Self.samples.map(\.id)))
      for (id, _, values) in Self.samples {
        let generator = try #require(found[id])
        let read = [
          generator.fuel, generator.load, generator.power, generator.temperature, generator.lat,
          generator.lon,
        ]
        #expect(read == values, "\(id)")
        #expect(generator.fuelPercent == values[0].map { ($0 * 10).rounded() / 100 })
        #expect(generator.region == "unknown")
        #expect(generator.freshness == "live")
        #expect(generator.session == "unknown")
        #expect(generator.alarm == nil)
        #expect(generator.enrichedAgeSeconds == nil)
        #expect(try #require(generator.sampleAgeSeconds) < 10)
      }
      #expect(found["g-below"]?.timeToEmptySeconds == 0)
      #expect(found.feeds["mqtt"]?.state == "live")
      #expect(found.feeds["mqtt"]?.rejected == 0)
      #expect(found.feeds["kafka"]?.state == "off")
    }
  }

  @Test func writesWhatIsAbsentAsNull() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      try sender.publish(#"{"fuel": 1}"#, to: "emergency_generator/g", retain: true)
      let run = try OnceRun(["--json", "--mqtt", "127.0.0.1:\(broker.port)", "--settle", "1s"])
      #expect(try run.code() == 0)
      let object = try JSONSerialization.jsonObject(with: Data(try run.bytes("out")))
      let root = try #require(object as? [String: Any])
      let first = try #require((root["generators"] as? [[String: Any]])?.first)
      let keys = [
        "id", "name", "region", "fuel", "fuelPercent", "load", "power", "temperature", "lat",
        "lon", "source", "session", "freshness", "alarm", "sampleAgeSeconds", "enrichedAgeSeconds",
        "timeToEmptySeconds", "timeToEmptyBy", "drySoon", "fuelDoubt",
      ]
      #expect(Set(first.keys) == Set(keys))
      let nulls = first.filter { $0.value is NSNull }.keys
      let absent = [
        "name", "load", "power", "temperature", "lat", "lon", "alarm", "sampleAgeSeconds",
        "enrichedAgeSeconds", "timeToEmptySeconds", "timeToEmptyBy", "fuelDoubt",
      ]
      #expect(Set(nulls) == Set(absent))
      // A retained sample proves no life.
      #expect(first["freshness"] as? String == "never")
      #expect(first["source"] as? String == "retained")
    }
  }

  @Test func tellsPresenceAndWhatOfItIsRetained() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      for (id, word) in [("on", "online"), ("off", "offline"), ("bye", "disconnected")] {
        try sender.publish(word, to: "emergency_generator/\(id)/status", retain: true)
      }
      try sender.publish("nonsense", to: "emergency_generator/odd/status", retain: true)
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "1s"]
      let found = try look(words + ["--fail-on", "lost"], expecting: 4)
      #expect(found["on"]?.session == "online")
      #expect(found["off"]?.session == "offline")
      #expect(found["bye"]?.session == "offline")
      #expect(found["odd"] == nil)
      // A word that the rule does not know is counted and named.
      #expect(found.feeds["mqtt"]?.rejected == 1 && found.feeds["mqtt"]?.unknownWords == 1)
      #expect(found.feeds["mqtt"]?.examples.map(\.payload) == ["nonsense"])
      #expect(found["off"]?.freshness == "lost" && found["bye"]?.freshness == "disconnected")
      #expect(found.counts["lost"] == 1 && found.counts["disconnected"] == 1)
      let events = found.events.map { "\($0.generator) \($0.kind) \($0.retained)" }
      #expect(Set(events) == ["off lastWill true", "bye disconnected true"])
      #expect(try look(words + ["--filter", "on", "--fail-on", "lost"]).hidden.generators == 2)
    }
  }

  @Test(.enabled(if: hasClients, "mosquitto-clients are not installed"))
  func seesTheLastWillOfAClientThatWasKilled() throws {
    try withMosquitto("allow_anonymous true\nlog_type subscribe") { broker, log in
      let topic = "emergency_generator/g1/status"
      let program = try #require(Environment.current().executable("mosquitto_sub"))
      let arguments = ["--will-topic", topic, "--will-payload", "offline"]
      let victim = try ChildProcess.start(
        program,
        ["-p", "\(broker.port)", "-t", "nothing"] + arguments
      )
      let isIn = { (filter: String) in
        let lines = (try? readFile(log, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
        return lines?.contains(" \(filter)\n") == true
      }
      let run = try OnceRun(["--json", "--mqtt", "127.0.0.1:\(broker.port)", "--settle", "6s"])
      let code = try run.code {
        // Both the victim and egtop are there, as the broker saw it.
        if isIn("nothing"), isIn("emergency_generator/#") { victim.send(.kill) }
      }
      #expect(code == 0)
      let found = try run.look()
      let event = try #require(found.events.first { $0.generator == "g1" })
      #expect(event.kind == "lastWill")
      #expect(!event.retained)
      #expect(found["g1"]?.session == "offline")
    }
  }

  @Test(.enabled(if: hasClients, "mosquitto-clients are not installed"))
  func readsWhatAnothersClientPublishes() throws {
    try withMosquitto { broker in
      let payload = #"{"generatorID": "generator7", "fuel": 499, "load": 75}"#
      let talker = try Talker(
        port: broker.port,
        topic: "emergency_generator/generator7",
        payload
      )
      let found = try withExtendedLifetime(talker) {
        try look(["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "20s"])
      }
      #expect(found["generator7"]?.fuel == 499)
      #expect(found["generator7"]?.load == 75)
    }
  }

  @Test func endsWithThreeWhereNothingListens() throws {
    let port = try freeLoopbackPort()
    let settle = ["--settle", "1500ms"]
    let mqtt = try look(settle + ["--mqtt", "127.0.0.1:\(port)"], expecting: 3)
    #expect(mqtt.feeds["mqtt"]?.state == "retrying")
    #expect(mqtt.feeds["mqtt"]?.reason?.contains("Connection refused") == true)
    let kafka = try look(settle + ["--kafka", "127.0.0.1:\(port)"], expecting: 3)
    #expect(kafka.feeds["kafka"]?.reason?.contains("Connection refused") == true)
    try withMosquitto { broker in
      // One of two that is away is enough.
      let both = ["--kafka", "127.0.0.1:\(port)", "--mqtt", "127.0.0.1:\(broker.port)"]
      _ = try look(["--settle", "1s", "--fail-on", "lost"] + both, expecting: 3)
    }
  }
}
