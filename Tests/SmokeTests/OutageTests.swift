import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

/// Brokers that end, freeze and come back, on the screen: shown, mended without help, and nothing counted twice.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct OutageTests {
  private static let topic = "EGkafka_downsampled"

  /// How the fuel of a numbered sample is shown: it is 700 and the number, of 1000 units.
  private func percent(_ number: Int) -> String { "\((700 + number) / 10).\(number % 10)%" }

  @Test func aMosquittoThatEndsAndOneThatFreezes() throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      try writeFileAtomically("\(folder)/config.yaml", Array("mqtt:\n  keepAlive: 5s\n".utf8))
      let words = ["--config", "\(folder)/config.yaml", "--mqtt", "127.0.0.1:\(broker.port)"]
      let program = try DrawnProgram(words, folder: folder)
      var sent = 0
      func sendTen() throws {
        let sender = try Publisher(port: broker.port)
        for _ in 0..<10 {
          sent += 1
          try sender.publish(#"{"fuel":\#(700 + sent)}"#, to: "emergency_generator/numbered")
        }
        try program.expect("numbered", percent(sent))
        program.type("=")
        try program.expect("received", sent)
        #expect(program.text.contains("live for"))
        program.type("\u{1B}")
        try program.expect("STATUS", isShown: false)
      }
      try program.expect("mqtt live")
      try sendTen()
      broker.kill()
      try program.expect("mqtt down", "next try")
      try broker.restart()
      try program.expect("mqtt live")
      try program.expect("mqtt down", isShown: false)
      try sendTen()
      broker.freeze()
      try program.expect("mqtt down")
      broker.thaw()
      try program.expect("mqtt live")
      try sendTen()
      #expect(try program.quit() == 0)
    }
  }

  /// Sends ten records and waits until they are shown and counted, with all before them.
  private func sendTen(
    after sent: inout Int,
    to servers: String,
    on program: DrawnProgram,
    sourceLocation: SourceLocation = #_sourceLocation,
  ) throws {
    let producer = try KafkaProducer(["bootstrap.servers": servers])
    for _ in 0..<10 {
      sent += 1
      let value =
        #"{"tags":{"generatorID":"numbered"},"time":\#(wallNanoseconds()),"fuel":\#(700 + sent)}"#
      try producer.send(to: Self.topic, key: nil, value: Array(value.utf8), partition: 0)
    }
    try producer.flush(milliseconds: 20_000)
    try program.expect("numbered", percent(sent), sourceLocation: sourceLocation)
    program.type("=")
    try program.expect("received", sent, sourceLocation: sourceLocation)
    program.type("\u{1B}")
    try program.expect("STATUS", isShown: false, sourceLocation: sourceLocation)
  }

  @Test func aKafkaThatEnds() throws {
    try withFolder { folder in
      let cluster = try LocalKafkaCluster()
      try cluster.createTopic(Self.topic)
      let servers = cluster.bootstrapServers
      let program = try DrawnProgram(["--kafka", servers, "--no-raw"], folder: folder)
      var sent = 0
      try program.expect("kafka live")
      try sendTen(after: &sent, to: servers, on: program)
      cluster.setBroker(1, isUp: false)
      try program.expect("kafka down")
      cluster.setBroker(1, isUp: true)
      try program.expect("kafka live")
      try program.expect("kafka down", isShown: false)
      try sendTen(after: &sent, to: servers, on: program)
      #expect(try program.quit() == 0)
    }
  }

  @Test func aKafkaThatFreezes() throws {
    try withFolder { folder in
      let brokers = try FedBrokers(
        folder: folder,
        ["--task", "0", "--history", "0", "--outages", "0", "--generators", "1", "--clients", "0"]
      )
      let servers = try #require(brokers.variables["EGTOP_KAFKA"])
      let program = try DrawnProgram(["--kafka", servers, "--no-raw"], folder: folder)
      var sent = 0
      try program.expect("kafka live")
      try sendTen(after: &sent, to: servers, on: program)
      brokers.freeze()
      try program.expect("kafka down", seconds: 60)
      brokers.thaw()
      try program.expect("kafka live")
      try program.expect("kafka down", isShown: false)
      try sendTen(after: &sent, to: servers, on: program)
      #expect(try program.quit() == 0)
    }
  }
}
