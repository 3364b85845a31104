import LocalBrokers
import System
import Testing

/// Messages of somebody who wants to reach the operator's terminal.
@Suite(.serialized, .timeLimit(.minutes(20))) struct OnceHostileTests {
  private static let evil =
    "\u{1B}[2J\u{1B}]0;owned\u{7}\u{1B}]52;c;b3du\u{9C}\u{9B}31m\u{202E}live\u{200B}\u{FEFF}\r\n\u{8}\u{2028}\u{E0041}\u{E000}"

  private static let payloads: [[UInt8]] = {
    let escaped = evil.unicodeScalars.map { scalar in
      scalar.value < 0x10000
        ? "\\u" + String(("000" + String(scalar.value, radix: 16)).suffix(4)) : "\(scalar)"
    }.joined()
    let large = String(repeating: "\u{1B}[31m", count: 200_000)
    return [
      Array(#"{"generatorID":"\#(escaped)","fuel":5}"#.utf8),
      Array(
        #"{"generatorID":"a\#(escaped)b","tags":{"region":"\#(escaped)"},"alarm":"\#(escaped)","#
          .utf8
      )
        + Array(#""region":"\#(escaped)","fuel":6,"time":"\#(escaped)"}"#.utf8),
      Array(#"{"tags":{"generatorID":"t\#(escaped)","region":"r\#(escaped)"},"fuel":7}"#.utf8),
      Array("{\"generatorID\":\"\(evil)\",\"fuel\":8}".utf8), Array(evil.utf8),
      Array(#"{"generatorID":"bad"#.utf8) + [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80]
        + Array(#"","fuel":9}"#.utf8),
      Array(#"{"fuel":1e999,"load":"\#(escaped)"}"#.utf8), Array(large.utf8),
      Array(#"{"fuel":1,"x":""#.utf8) + Array(large.utf8) + Array(#""}"#.utf8),
      Array(#"{"generatorID":"\#(String(repeating: "x", count: 1_000_000))","fuel":3}"#.utf8),
      Array(String(repeating: "[", count: 1_000_000).utf8), [0, 0, 0, 0, 1, 2, 3, 0x1B],
    ]
  }()

  private func expectPrintable(_ words: [String], feeding feed: () throws -> Void) throws {
    for format in [["--json"], []] {
      let run = try OnceRun(format + words)
      let code = try run.code(feeding: feed)
      #expect(code == 0)
      for name in ["out", "err", "log"] {
        let bytes = try run.bytes(name)
        #expect(unprintable(bytes) == nil, "\(name) of \(format)")
        #expect(bytes.count < 200_000, "\(name) of \(format)")
      }
      guard format == ["--json"] else { continue }
      let found = try run.look()
      // Some of it became generators, with what was left of their names.
      #expect(found.generators.count > 3)
      #expect(found.generators.allSatisfy { $0.id.count <= 64 && $0.region.count <= 64 })
      #expect(found.feeds.values.contains { $0.rejected > 0 })
      #expect(found["witness"]?.fuel == 12)
    }
  }

  @Test func nothingOfItReachesTheTerminalFromMQTT() throws {
    try withMosquitto { broker in
      let sender = try Sender(port: broker.port)
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--settle", "3s"]
      try expectPrintable(words) {
        for payload in Self.payloads {
          try sender.publish(payload, to: "emergency_generator/\u{202E}evil\u{200D}")
          try sender.publish(payload, to: "emergency_generator/g\u{2067}/status")
        }
        let long = String(repeating: "y", count: 60_000)
        try sender.publish(#"{"fuel":2}"#, to: "emergency_generator/\(long)")
        try sender.publish(#"{"fuel":12}"#, to: "emergency_generator/witness")
      }
    }
  }

  @Test func nothingOfItReachesTheTerminalFromKafka() throws {
    let pipe = try Pipe()
    let large = [UInt8](repeating: 0x1B, count: 900_000)
    for payload in Self.payloads where payload.count < 950_000 {
      let keys: [[UInt8]?] = [nil, Array(Self.evil.utf8), [0xFF, 0xFE]]
      for key in keys { try pipe.send([.init(key: key, value: payload)]) }
      try pipe.send([.init(key: Array(Self.evil.utf8), value: payload)], to: Pipe.raw)
    }
    try pipe.send([
      .init(key: large, value: Array(#"{"fuel":4}"#.utf8)), .init(key: large, value: nil),
    ])
    try pipe.send([enriched("witness", "US", fuel: 12)])
    try expectPrintable(pipe.words + ["--settle", "3s"]) {}
  }

  @Test func namesOfMachinesAndFilesAreNoWayInEither() throws {
    let run = try OnceRun(["--mqtt", "127.0.0.1:1", "--settle", "1s", "--filter", Self.evil])
    _ = try run.code()
    for name in ["out", "err", "log"] { #expect(unprintable(try run.bytes(name)) == nil) }
    let broken = try OnceRun(["--mqtt", "h\(Self.evil)", "--regoin\(Self.evil)"])
    #expect(try broken.code() == 2)
    #expect(unprintable(try broken.bytes("err")) == nil)
  }
}
