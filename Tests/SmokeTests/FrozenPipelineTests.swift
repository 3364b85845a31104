import System
import TestSupport
import Testing

/// A pipeline whose brokers stand still says so, and is not taken for one that stands still itself.
@Suite(.timeLimit(.minutes(10)))
struct FrozenPipelineTests {
  @Test func readinessFollowsAKafkaThatFreezes() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(
        folder: folder,
        ["--task", "0", "--history", "0", "--outages", "0", "--generators", "1", "--clients", "0"]
      )
      let (mqtt, kafka) = (brokers.variables["EGTOP_MQTT"], brokers.variables["EGTOP_KAFKA"])
      let log = "\(folder)/log"
      let child = try ChildProcess.start(
        BuiltPrograms.egpipe,
        [
          "run", "bridge", "sink", "--mqtt", try #require(mqtt), "--kafka", try #require(kafka),
          "--store", "\(folder)/store", "--metrics", "127.0.0.1:0", "--log", log,
        ],
        output: "\(folder)/output"
      )
      defer {
        brokers.thaw()
        child.terminate(withinNanoseconds: 15_000_000_000)
        removeFlatDirectory("\(folder)/store")
      }
      var port = 0
      try #require(
        holds {
          let said = (try? readFile(log, limit: 1 << 20)).map {
            String(decoding: $0, as: UTF8.self)
          }
          port = said?.firstMatch(of: #/http://127.0.0.1:(\d+)/metrics/#).flatMap { Int($0.1) } ?? 0
          return port > 0
        }
      )
      func page(_ path: String) throws -> (status: Int, text: String) {
        let answer = try getPage(host: "127.0.0.1", port: port, path: path)
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
      }
      #expect(try holds { try page("/readyz").status == 200 })
      brokers.freeze()
      #expect(
        try holds(within: 60) {
          let (status, text) = try page("/readyz")
          return status == 503 && text.contains("bridge: kafka away")
            && text.contains("sink: kafka away")
        }
      )
      #expect(try page("/healthz").status == 200)
      brokers.thaw()
      #expect(try holds(within: 60) { try page("/readyz").status == 200 })
    }
  }
}
