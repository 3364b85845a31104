import Kafka
import LocalBrokers
import System
import TestSupport
import Testing

/// Messages of somebody who wants to reach the operator's terminal, on the screen.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct HostileScreenTests {
  /// Nothing in it that the program itself would send: CSI, OSC 0, 2 and 52, DCS, APC, reset, C1, C0, bidi, marks
  /// without a width, separators, tags, private use.
  private static let evil =
    "sneak\u{1B}[5;8m\u{1B}[6n\u{1B}]0;owned\u{7}\u{1B}]2;owned\u{1B}\\\u{1B}]52;c;b3du\u{9C}"
    + "\u{1B}P+q544e\u{1B}\\\u{9B}31m\u{90}q\u{9C}\u{1B}c\u{1B}_x\u{1B}\\\u{202E}\u{2066}live"
    + "\u{200B}\u{FEFF}\r\n\u{8}\u{E}\u{2028}\u{E0041}\u{E000}"

  private static let escaped = evil.utf16.map { unit in
    "\\u" + String(("000" + String(unit, radix: 16)).suffix(4))
  }.joined()

  /// Broken JSON, wrong types, 1 MB, invalid UTF-8, and the words above wherever text may be.
  private static let payloads: [[UInt8]] = {
    let large = String(repeating: "\u{1B}[31m", count: 200_000)
    let open = #"{"tags":{"generatorID":"t\#(escaped)","region":"r\#(escaped)"},"#
    return [
      Array(#"{"generatorID":"\#(escaped)","fuel":5}"#.utf8),
      Array((open + #""time":"\#(escaped)","alarm":"\#(escaped)","fuel":6}"#).utf8),
      Array((open + #""time":\#(wallNanoseconds()),"alarm":"refuel","fuel":7}"#).utf8),
      Array("{\"generatorID\":\"\(evil)\",\"fuel\":8}".utf8),
      Array(evil.utf8),
      Array(#"{"generatorID":"bad"#.utf8) + [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x9B]
        + Array(#"","fuel":9}"#.utf8),
      Array(#"{"fuel":1e999,"load":"\#(escaped)"}"#.utf8),
      Array(#"{"fuel":"much","load":[1],"power":{}}"#.utf8),
      Array(#"{"fuel":12"#.utf8),
      Array(large.utf8),
      Array(#"{"generatorID":"\#(String(repeating: "x", count: 1_000_000))","fuel":3}"#.utf8),
      Array(String(repeating: "[", count: 1_000_000).utf8),
      [0, 0, 0, 0, 1, 2, 3, 0x1B],
    ]
  }()

  @Test func nothingOfItReachesTheTerminalFromMQTT() throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      let program = try DrawnProgram(["--mqtt", "127.0.0.1:\(broker.port)"], folder: folder)
      try program.expect("mqtt live")
      let sender = try Publisher(port: broker.port)
      for payload in Self.payloads {
        try sender.publish(payload, to: "emergency_generator/\u{202E}evil\u{200D}\u{E000}")
        try sender.publish(payload, to: "emergency_generator/g\u{2067}/status", retain: true)
      }
      for id in ["\u{202E}lost\u{200B}", "fine"] {
        try sender.publish("online", to: "emergency_generator/\(id)/status", retain: true)
        try sender.publish("offline", to: "emergency_generator/\(id)/status", retain: true)
      }
      let long = String(repeating: "y", count: 60_000)
      try sender.publish(#"{"fuel":2}"#, to: "emergency_generator/\(long)")
      try lookAround(program) {
        try sender.publish(#"{"fuel":777}"#, to: "emergency_generator/witness")
      }
    }
  }

  @Test func nothingOfItReachesTheTerminalFromKafka() throws {
    try withFolder { folder in
      let cluster = try LocalKafkaCluster()
      let topics = ["EGkafka_downsampled", "emergency_generators"]
      for topic in topics { try cluster.createTopic(topic) }
      let producer = try KafkaProducer([
        "bootstrap.servers": cluster.bootstrapServers, "message.max.bytes": "4000000",
      ])
      let program = try DrawnProgram(
        ["--kafka", cluster.bootstrapServers, "--raw"],
        folder: folder
      )
      try program.expect("kafka live")
      let evil = Array(Self.evil.utf8)
      let headers = [KafkaProducer.Header("h\u{1B}]0;owned\u{7}", evil)]
      program.type("=")
      var sent = 0
      for topic in topics {
        for value in Self.payloads {
          let keys: [[UInt8]?] = value.count > 100_000 ? [nil] : [nil, evil, [0xFF, 0xFE, 0x9B]]
          for key in keys {
            try producer.send(to: topic, key: key, value: value, partition: 0, headers: headers)
            sent += 1
          }
          try producer.flush(milliseconds: 20_000)
          // Each is read: the local cluster keeps only 5 MiB.
          try program.expect("received", sent)
        }
        let large = [UInt8](repeating: 0x1B, count: 900_000)
        try producer.send(to: topic, key: large, value: Array(#"{"fuel":4}"#.utf8), partition: 0)
        try producer.send(to: topic, key: large, value: nil, partition: 0)
        sent += 2
      }
      program.type("\u{1B}")
      try producer.flush(milliseconds: 20_000)
      #expect(producer.undelivered == 0)
      try lookAround(program) {
        for topic in topics {
          let value = #"{"generatorID":"witness","region":"US","fuel":777}"#
          try producer.send(to: topic, key: nil, value: Array(value.utf8), partition: 0)
        }
        try producer.flush(milliseconds: 20_000)
      }
    }
  }

  /// Opens every view, until what was sent last is shown, and ends the program.
  private func lookAround(_ program: DrawnProgram, sending witness: () throws -> Void) throws {
    try witness()
    try program.expect("rejected")
    program.type("/witness\r")
    try program.expect("witness", "77.7%")
    program.type("\u{1B}")
    // Sort menu, regions, help, times, panes zoomed, scrolled.
    for keys in ["s", "\u{1B}", "r", "\u{1B}", "?", "\u{1B}", "T", "\t", "z", "z", "\t", "z", "G"] {
      program.type(keys)
      let count = program.written.count
      _ = holds(within: 1) {
        program.takeOutput(); return program.written.count > count
      }
    }
    program.type("z\u{1B}=")
    try program.expect("STATUS", "rejected")
    #expect((program.figure("rejected") ?? 0) > 5, "\(program.text)")
    for _ in 0..<6 { program.type("\u{4}") }
    try program.expect("REJECTED MESSAGES")
    // What was harmless among it did come through, so all of it was there to be judged.
    #expect(String(decoding: program.written, as: UTF8.self).contains("sneak"))
    #expect(program.screen.title.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    #expect(program.screen.title.hasPrefix("egtop") && !program.screen.title.contains("owned"))
    #expect(try program.quit() == 0)
    expectHarmless(program)
  }

  private func expectHarmless(_ program: DrawnProgram) {
    #expect(program.screen.unknown.isEmpty)
    #expect(!program.screen.isAlternate && program.screen.isCursorVisible)
    guard let text = String(validating: program.written, as: UTF8.self) else {
      Issue.record("not UTF-8")
      return
    }
    // ESC, BEL, BS, LF, CR and CAN are for the sequences that the virtual terminal has judged.
    let controls: Set<UInt32> = [0x1B, 7, 8, 10, 13, 0x18]
    let found = text.unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control: !controls.contains(scalar.value)
      case .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
        .nonspacingMark, .enclosingMark:
        true
      default: false
      }
    }
    #expect(Set(found.map(\.value)).isEmpty)
  }
}
