import System
import TestSupport
import Testing

/// A pipeline whose brokers stand still says so, and is not taken for one that stands still itself.
@Suite(.timeLimit(.minutes(20)))
struct FrozenPipelineTests {
  @Test func readinessFollowsAKafkaThatFreezes() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(
        folder: folder,
        ["--task", "0", "--history", "0", "--outages", "0", "--generators", "1", "--clients", "0"]
      )
      let (mqtt, kafka) = (brokers.variables["EGTOP_MQTT"], brokers.variables["EGTOP_KAFKA"])
      let served = try ServedProgram(
        [
          "run", "bridge", "sink", "--mqtt", try #require(mqtt), "--kafka", try #require(kafka),
          "--store", "\(folder)/store",
        ],
        folder: folder
      )
      defer {
        brokers.thaw()
        served.child.terminate(withinNanoseconds: 15_000_000_000)
        removeFlatDirectory("\(folder)/store")
      }
      #expect(try holds { try served.page("/readyz").status == 200 })
      brokers.freeze()
      #expect(
        try holds(within: 60) {
          let (status, text) = try served.page("/readyz")
          return status == 503 && text.contains("bridge: kafka away")
            && text.contains("sink: kafka away")
        }
      )
      #expect(try served.page("/healthz").status == 200)
      brokers.thaw()
      #expect(try holds(within: 60) { try served.page("/readyz").status == 200 })
    }
  }
}
