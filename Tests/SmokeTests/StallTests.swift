import Glibc
import LocalBrokers
import System
import TestSupport
import Testing

/// A terminal that takes nothing for a while: everything else goes on, and then it shows the newest frame.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .serialized,
  .timeLimit(.minutes(20))
)
struct StallTests {
  /// How long nobody reads, in ticks of the program, which are seconds.
  private static let seconds = 10

  @Test func aReaderThatStopsStallsNoFeedAndThenSeesTheNewestFrame() throws {
    try withFolder { folder in
      let broker = try LocalMosquitto.start(directory: folder)
      defer { broker.stop() }
      let path = folder + "/recording"
      let words = ["--mqtt", "127.0.0.1:\(broker.port)", "--record", path]
      let program = try DrawnProgram(words, columns: 200, rows: 60, folder: folder)
      try program.expect("mqtt live")
      let sender = try Publisher(port: broker.port)
      var sent = 0
      func send() throws {
        sent += 1
        try sender.publish(#"{"fuel":\#(sent)}"#, to: "emergency_generator/numbered")
      }
      try send()
      program.type("=")
      try program.expect("received", sent)
      let read = program.written.count

      // From here on nobody reads, and every message is seen nevertheless.
      var recording = try GrowingRecording(path)
      let start = recording.ticks
      while recording.ticks < start + Self.seconds {
        // All is drawn again: much more than the terminal holds.
        program.type("\u{0C}")
        try send()
        let isSeen = holds {
          recording.take()
          return recording.samples == sent
        }
        try #require(isSeen, "of \(sent) messages \(recording.samples) were seen")
      }

      try program.expect("received", sent)
      try program.expect(" left out ")
      let line = program.text.split(separator: "\n").first { $0.contains(" left out ") }
      let figures = line?.split(separator: " ").drop { $0 != "out" }.dropFirst()
      let leftOut = try #require(figures?.first.flatMap { Int($0) })
      #expect(leftOut > 0, "the terminal took everything:\n\(program.text)")
      // What waited was one frame and the newest, and not one for each key.
      let sequences = program.written[read...].split(separator: 0x1B)
      let frames = sequences.count { $0.elementsEqual("[?2026l".utf8) }
      #expect(frames < sent / 2, "\(frames) frames for \(sent) keys")
      #expect(program.screen.unknown.isEmpty)
      #expect(try program.quit() == 0)
    }
  }
}

/// A recording that is being written, read on and on.
private struct GrowingRecording: ~Copyable {
  /// How many ticks it has so far.
  private(set) var ticks = 0
  /// How many batches of samples.
  private(set) var samples = 0
  private let descriptor: Int32
  private var rest: [UInt8] = []

  init(_ path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    take()
  }

  deinit { close(descriptor) }

  /// Reads what was added.
  mutating func take() {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { break }
      rest += chunk[..<count]
    }
    guard let end = rest.lastIndex(of: 0x0A) else { return }
    for line in rest[..<end].split(separator: 0x0A) {
      let text = String(decoding: line, as: UTF8.self)
      if text.contains(#""tick":{}"#) { ticks += 1 }
      if text.contains(#""samples":{"_0""#) { samples += 1 }
    }
    rest = Array(rest[(end + 1)...])
  }
}
