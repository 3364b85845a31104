import Foundation
import LocalBrokers
import Settings
import System
import Testing

@testable import egtop

/// `egtop discover` on a real broker.
@Suite(.serialized) struct DiscoverCommandTests {
  private func discover(_ broker: LocalMosquitto, _ words: String...) throws -> Int32 {
    let all = ["discover", "--mqtt", "127.0.0.1:\(broker.port)", "--for", "1s"] + words
    return try Commands.parse(all, environment: ["XDG_CONFIG_HOME": "/nowhere"]).run()
  }

  @Test(arguments: [true, false])
  func tenCapturesGiveAFileThatReadsThem(isText: Bool) throws {
    try withMosquitto { broker in
      let folder = try makeTemporaryDirectory(prefix: "egtop-discover")
      defer { removeFlatDirectory(folder) }
      let file = "\(folder)/egtop.yaml"
      let sender = try Sender(port: broker.port)
      for number in 1...10 {
        let capture =
          isText
          ? GenmonCaptures.text("depot-\(number)") : GenmonCaptures.homeAssistant("gen\(number)")
        for message in capture.first {
          try sender.publish(message.payload, to: message.topic, retain: true)
        }
      }
      #expect(try discover(broker, "--write", file) == 0)
      let text = try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8)
      #expect(text.contains("profile: genmon"))
      guard
        case .check(let settings) = try Commands.parse(
          ["check", "--config", file],
          environment: [:]
        )
      else {
        Issue.record("the file is refused")
        return
      }
      #expect(settings.mqtt?.address.port == broker.port)
      #expect(!settings.sources.isEmpty)
      // What is there stays.
      #expect(try discover(broker, "--write", file) == 2)
      #expect(try String(contentsOf: URL(fileURLWithPath: file), encoding: .utf8) == text)
    }
  }

  @Test func withoutGeneratorsItSaysSo() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      try sender.publish("21.5", to: "home/kitchen/temperature", retain: true)
      #expect(try discover(broker) == 5)
      #expect(try discover(broker, "--json") == 5)
    }
  }

  @Test func aBrokerThatIsNotThereIsTold() throws {
    let words = ["discover", "--mqtt", "127.0.0.1:1", "--for", "1s"]
    #expect(try Commands.parse(words, environment: [:]).run() == 3)
  }
}
