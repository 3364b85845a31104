import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

/// What users ran into, played with real brokers and the programs; what they send stands in the test.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .timeLimit(.minutes(20))
)
struct CaseTests {
  private static let prefix = "emergency_generator/"

  private func sample(_ id: String, fuel: Int, _ more: String = "") -> String {
    """
    {"fuel": \(fuel), "load": 10, "power": 300, "temperature": 180, "generatorID": "\(id)"\(more)}
    """
  }

  /// A broker and no Kafka: the tank runs dry, and nobody but egtop could say so.
  @Test func aTankRunsDryWithMQTTAlone() throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      let publisher = try Publisher(port: broker.port)
      let words = ["--mqtt", "127.0.0.1:\(broker.port)"]
      let screen = try DrawnProgram(words, folder: folder)
      try screen.expect("mqtt live")
      var pace = Paced(seconds: 0.6)
      func send() throws {
        screen.takeOutput()
        try pace.act { count in
          let fuel = max(22, 30 - count)
          try publisher.publish(sample("g14", fuel: fuel), to: Self.prefix + "g14")
        }
      }
      #expect(
        try holds {
          try send()
          return pace.count >= 9
        }
      )
      try screen.expect("g14", "r1")
      #expect(!screen.text.contains("0 refuel"))
      let program = try LookingProgram(
        words + ["--fail-on", "alarm", "--settle", "10s"],
        isWatching: false,
        folder: folder
      )
      #expect(
        try holds(within: 60) {
          try send()
          return program.code != nil
        }
      )
      #expect(program.code == 4)
      let look = try #require(program.look, "\(program.text)")
      #expect(look["g14"]?.fuel == 22)
      #expect(look.alarms.map(\.generator) == ["g14"])
      #expect(look.alarms.map(\.kind) == ["refuel"] && look.alarms.map(\.source) == ["raw"])
    }
  }

  /// The options for a configuration, if one is to be read, which is put into a folder.
  private func options(_ isConfigured: Bool, in folder: String) throws -> [String] {
    guard isConfigured else { return [] }
    let text = """
      sources:
        - name: fleet
          topics: [emergency_generator/+]
          id: "{2}"
          metrics: {fuel: $.fuel, load: $.load, power: $.power, temperature: $.temperature}
          presence: emergency_generator/+/status
      """
    try OutputFile(path: "\(folder)/sources.yaml").write(Array(text.utf8))
    return ["-c", "\(folder)/sources.yaml"]
  }

  /// A retained last will that comes while samples do: whoever sends is not lost.
  @Test(arguments: [false, true])
  func anOldLastWillLosesNobodyWhoSends(bySource: Bool) throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      let publisher = try Publisher(port: broker.port)
      let words =
        ["--mqtt", "127.0.0.1:\(broker.port)", "--interval", "2s"]
        + (try options(bySource, in: folder))
      let screen = try DrawnProgram(words, folder: folder)
      let program = try LookingProgram(words, folder: folder)
      try screen.expect("mqtt live")
      #expect(try program.waits { $0.feeds["mqtt"]?.state == "live" })
      var pace = Paced(seconds: 0.6)
      let isLive = try program.waits(
        feeding: {
          screen.takeOutput()
          try pace.act { count in
            if count == 1 {
              try publisher.publish("offline", to: Self.prefix + "g1/status", retain: true)
            } else {
              try publisher.publish(sample("g1", fuel: 640), to: Self.prefix + "g1")
            }
          }
        },
        for: { look in
          pace.count > 6 && look["g1"]?.freshness == "live" && look["g1"]?.session != "offline"
        }
      )
      #expect(isLive, "\(program.text.suffix(2_000))")
      try screen.expect("x 0 lost")
    }
  }

  /// A bad read of a register: the tank is at 79 %.
  @Test(arguments: [false, true])
  func oneFalseZeroRaisesNothing(bySource: Bool) throws {
    try withFolder { folder in
      let brokers = try LocalBrokers(directory: folder, topics: [("EGkafka_downsampled", 1)])
      defer { brokers.stop() }
      let servers = brokers.kafka.bootstrapServers
      let publisher = try Publisher(port: brokers.mosquitto.port)
      let producer = try KafkaProducer(["bootstrap.servers": servers])
      let words =
        [
          "--mqtt", "127.0.0.1:\(brokers.mosquitto.port)", "--kafka", servers, "--task-window",
          "1s",
        ] + (try options(bySource, in: folder))
      let plain = try DrawnProgram(words + ["--plain"], folder: folder)
      let program = try LookingProgram(words, folder: folder)
      #expect(
        try program.waits { look in look.feeds.values.allSatisfy { $0.state == "live" } }
      )
      try plain.expect("kafka is live", "mqtt is live")
      let fuels = [790, 790, 0, 790, 789]
      var pace = Paced(seconds: 1.2)
      let isShown = try program.waits(
        feeding: {
          plain.takeOutput()
          try pace.act { count in
            guard count < fuels.count else { return }
            try publisher.publish(sample("g16", fuel: fuels[count]), to: Self.prefix + "g16")
            let record = """
              {"measurement": "genData", "tags": {"generatorID": "g16", "region": "US"}, \
              "time": \(wallNanoseconds()), "alarm": "\(fuels[count] < 500 ? "refuel" : "no action")", \
              "fuel": \(fuels[count]), "load": 0}
              """
            try producer.send(
              to: "EGkafka_downsampled",
              key: nil,
              value: Array(record.utf8),
              partition: 0
            )
            try producer.flush(milliseconds: 20_000)
          }
        },
        for: { look in pace.count > fuels.count && look["g16"]?.fuel == 789 }
      )
      #expect(isShown, "\(program.text)")
      #expect(program.look?.alarms.isEmpty == true)
      #expect(program.look?.events.contains { $0.kind == "refuelled" } == false)
      #expect(
        !plain.text.contains("critical") && !plain.text.contains("refuelled"),
        "\(plain.text)"
      )
    }
  }

  /// Gateways hand on what a controller writes where nothing is fitted.
  @Test func whatControllersWriteWhereTheyKnowNothingIsUnknown() throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      let publisher = try Publisher(port: broker.port)
      let program = try LookingProgram(["--mqtt", "127.0.0.1:\(broker.port)"], folder: folder)
      #expect(try program.waits { $0.feeds["mqtt"]?.state == "live" })
      try publisher.publish(
        #"{"generatorID": "dse", "fuel": 65535, "load": 65535, "power": 2147483647, "temperature": 32767}"#,
        to: Self.prefix + "dse"
      )
      try publisher.publish(
        #"{"generatorID": "dse2", "fuel": -1, "load": 0, "temperature": -999}"#,
        to: Self.prefix + "dse2"
      )
      #expect(try program.waits { $0.generators.count == 2 })
      let look = try #require(program.look)
      let (one, other) = (try #require(look["dse"]), try #require(look["dse2"]))
      #expect(one.fuelPercent ?? 0 <= 110 && one.temperature == nil && one.power == nil)
      #expect(other.fuelPercent ?? 0 >= 0 && other.temperature == nil)
      #expect(other.timeToEmptySeconds == nil)
    }
  }

  /// A nested extra, which a flat sink refuses, or a field for the time that no sample has: then all are dead letters.
  @Test(arguments: [false, true])
  func allDeadLettersDoNotLookWell(areRefused: Bool) throws {
    try withFolder { folder in
      let topics = [("emergency_generators", 4), ("EGkafka_downsampled", 4)]
      let brokers = try LocalBrokers(directory: folder, topics: topics)
      let store = try DisposableDirectory(prefix: "egtop-test")
      let mqtt = ["--mqtt", "mqtt://127.0.0.1:\(brokers.mosquitto.port)"]
      let kafka = [
        "--kafka", brokers.kafka.bootstrapServers, "-X", "session.timeout.ms=6000", "-X",
        "fetch.wait.max.ms=20",
      ]
      let place = ["--store", store.path]
      var stages: [(program: ServedProgram, folder: DisposableDirectory)] = []
      defer {
        for stage in stages { stage.program.child.terminate(withinNanoseconds: 15_000_000_000) }
        brokers.stop()
      }
      for words in [
        ["bridge"] + mqtt + kafka,
        ["sink"] + kafka + place + (areRefused ? ["--time-field", "sent"] : []),
        ["task", "--every", "5s"] + place, ["source", "--poll", "100ms"] + kafka + place,
      ] {
        let own = try DisposableDirectory(prefix: "egtop-test")
        stages.append((try ServedProgram(words, folder: own.path), own))
      }
      let publisher = try Publisher(port: brokers.mosquitto.port)
      let options = ["--raw", "--sink-group", "egpipe-sink", "--task-window", "5s"]
      let program = try LookingProgram(mqtt + kafka + options, folder: folder)
      var pace = Paced(seconds: 1)
      func send() throws {
        try pace.act { count in
          for (id, fuel) in [("a1", 300), ("a2", 700)] {
            let text = sample(id, fuel: fuel - count, #", "engine": {"oil_bar": 4.2}"#)
            try publisher.publish(text, to: Self.prefix + id)
          }
        }
      }
      // The tank of a1 is an alarm, by the record or without one.
      let source = areRefused ? "raw" : "record"
      let isRaised = try program.waits(within: 120, feeding: send) { look in
        look.alarms.contains { alarm in
          alarm.generator == "a1" && alarm.kind == "refuel" && alarm.source == source
        }
      }
      #expect(isRaised, "\(program.text.suffix(4000))")
      guard areRefused else { return }
      // The sink's offsets go on, and it says why that is not well.
      let isTold = try program.waits(within: 120, feeding: send) { look in
        look.hops.contains { hop in
          hop.id == "sink" && hop.state == "warning"
            && hop.reason?.hasPrefix("dead letters: ") == true
        }
      }
      #expect(isTold, "\(program.text.suffix(4000))")
    }
  }
}
