import LocalBrokers
import System
import Testing

/// What an operator must hear of an empty tank and of a dead generator, by the program itself.
@Suite(.serialized, .timeLimit(.minutes(20))) struct DryTankTests {
  @Test func withMQTTAloneATankThatRunsDryIsAnAlarm() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      var fuel = 30
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--fail-on", "alarm", "--settle", "6s"]
      let found = try look(words, expecting: 4) {
        let payload = #"{"fuel": \#(fuel), "load": 10, "power": 300, "generatorID": "g14"}"#
        try sender.publish(payload, to: "emergency_generator/g14")
        fuel = max(22, fuel - 1)
      }
      #expect(found.alarms.map(\.id) == ["refuel-raw:g14"])
      #expect(found.alarms.map(\.kind) == ["refuel"] && found.alarms.map(\.source) == ["raw"])
      #expect(found.alarms.map(\.priority) == [1])
    }
  }

  @Test func aGeneratorThatDiedIsThereAfterARestart() throws {
    let state = try DisposableDirectory(prefix: "egtop-state")
    try withMosquitto { broker in
      let address = "127.0.0.1:\(broker.port)"
      let sender = try Sender(port: broker.port)
      var environment = Environment.current()
      environment.values["XDG_STATE_HOME"] = state.path
      environment.values["XDG_CONFIG_HOME"] = state.path
      let script = #"exec "$0" --plain --mqtt "$1" >"$2/lines""#
      let plain = try ChildProcess.start(
        "/bin/sh",
        ["-c", script, OnceRun.program, address, state.path],
        environment: environment
      )
      let deadline = monotonicNanoseconds() + 60_000_000_000
      var lines = ""
      while !lines.contains("summary: 1 generator") {
        try #require(monotonicNanoseconds() < deadline)
        try sender.publish(#"{"fuel": 20}"#, to: "emergency_generator/g1")
        sleepThread(nanoseconds: 50_000_000)
        let bytes = try? readFile("\(state.path)/lines", limit: 1 << 20)
        lines = bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
      }
      #expect(plain.terminate() != nil)
      let run = try OnceRun(
        ["--json", "--mqtt", address, "--settle", "2s"],
        state: state.path
      )
      #expect(try run.code() == 0)
      let look = try run.look()
      #expect(look.generators.map(\.id) == ["g1"] && look["g1"]?.fuel == 20)
      #expect(look["g1"]?.sampleAgeSeconds == nil && look["g1"]?.freshness == "never")
      let output = String(decoding: try run.bytes("out"), as: UTF8.self)
      #expect(output.contains(#""rememberedSince":"20"#))
    }
    removeFlatDirectory(state.path + "/egtop")
  }
}
