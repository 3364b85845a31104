import LocalBrokers
import System
import TestSupport
import Testing

private let subscriber = Environment.current().executable("mosquitto_sub")

/// Somebody else's client that dies, on the screen.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .enabled(if: subscriber != nil, "mosquitto_sub is not installed"),
  .timeLimit(.minutes(20))
)
struct LastWillScreenTests {
  @Test func aKilledClientIsALastWillOnTheScreen() throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      let program = try DrawnProgram(["--mqtt", "127.0.0.1:\(broker.port)"], folder: folder)
      try program.expect("mqtt live", "no events yet")
      let topic = "emergency_generator/pumphouse/status"
      let output = "\(folder)/client"
      let client = try ChildProcess.start(
        try #require(subscriber),
        [
          "-h", "127.0.0.1", "-p", "\(broker.port)", "-t", topic, "--will-topic", topic,
          "--will-payload", "offline", "--will-retain",
        ],
        output: output,
      )
      // It is connected once it hears somebody.
      let sender = try Publisher(port: broker.port)
      let isConnected = try holds {
        try sender.publish("online", to: topic, retain: true)
        return ((try? readFile(output, limit: 1 << 16)) ?? []).count > 6
      }
      try #require(isConnected)
      try program.expect("pumphouse")
      #expect(!program.text.contains("last will"))
      client.send(.kill)
      try program.expect("last will")
      let line = program.text.split(separator: "\n").first { $0.contains("last will") } ?? ""
      #expect(line.contains("x ") && line.contains("pumphouse"), "\(line)")
      #expect(try program.quit() == 0)
    }
  }
}
