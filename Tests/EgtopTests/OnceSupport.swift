import Wording
import Foundation
import Kafka
import LocalBrokers
import System
import Testing

/// What `egtop --once` printed, as its readers see it.
struct Look: Decodable {
  struct Generator: Decodable, Equatable {
    var id: String
    var region: String
    var source: String?
    var fuel, fuelPercent, load, power, temperature, lat, lon, voltage, batteryVoltage,
      runHours: Double?
    var session, freshness: String
    var alarm: String?
    var sampleAgeSeconds, enrichedAgeSeconds, timeToEmptySeconds: Double?
  }

  struct Alarm: Decodable, Equatable {
    var id, generator, region, kind, source: String
    var priority: Int
    var state, since: String
  }

  struct Event: Decodable, Equatable {
    var time, generator, kind: String
    var retained: Bool
  }

  struct Hop: Decodable {
    var id, state: String
    var recordsBehind: Int?
    var secondsBehind: Double?
    var reason: String?
  }

  struct Feed: Decodable {
    var state: String
    var reason: String?
    var received, ignored, rejected, unknownWords: Int
    var examples: [Example]
    var sources: [Source]?
  }

  struct Source: Decodable {
    var name: String
    var messages, understood, notUnderstood: Int
    var reason, topic, payload: String?
  }

  struct Example: Decodable {
    var topic, reason, payload: String
  }

  struct Missing: Decodable, Equatable {
    var feeds, generators: [String]
  }

  struct Hidden: Decodable, Equatable {
    var generators, alarms: Int
  }

  var schema: Int
  var time: String
  var complete: Bool
  var missing: Missing
  var generators: [Generator]
  var alarms: [Alarm]
  var events: [Event]
  var eventsDropped: Int
  var counts: [String: Int?]
  var hops: [Hop]
  var feeds: [String: Feed]
  var hidden: Hidden

  subscript(id: String) -> Generator? { generators.first { $0.id == id } }
}

/// The built program, run as a child with its output in files.
final class OnceRun {
  /// Beside the running test bundle.
  static let program: String = {
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("egtop").path
  }()

  let folder: String
  private let child: ChildProcess

  /// Starts `egtop --once` with a log; what it remembers is in the folder `state`, nothing if there is none.
  init(_ words: [String], state: String? = nil) throws {
    folder = try makeTemporaryDirectory(prefix: "egtop-once")
    let script = #"folder="$1"; shift; exec "$0" "$@" >"$folder/out" 2>"$folder/err""#
    var environment = Environment.current()
    environment.values = environment.values.filter { !$0.key.hasPrefix("EGTOP_") }
    environment.values["XDG_CONFIG_HOME"] = folder
    environment.values["XDG_STATE_HOME"] = state ?? folder
    let options = ["--once", "--log", "\(folder)/log", "--log-level", "debug"]
    child = try ChildProcess.start(
      "/bin/sh",
      ["-c", script, Self.program, folder] + options + words,
      environment: environment
    )
  }

  deinit {
    child.terminate()
    removeFlatDirectory(folder)
  }

  var isRunning: Bool { child.exit == nil }

  /// Asks it to end, as Ctrl-c does.
  func interrupt() { child.send(.end) }

  /// Waits for its end; meanwhile `feed` is called again and again.
  func code(feeding feed: () throws -> Void = {}) throws -> Int32 {
    let deadline = monotonicNanoseconds() + 60_000_000_000
    while child.exit == nil {
      try #require(monotonicNanoseconds() < deadline, "egtop does not end")
      try feed()
      _ = child.wait(timeoutNanoseconds: 100_000_000)
    }
    guard case .code(let code) = child.exit else {
      Issue.record("egtop ended by \(String(describing: child.exit))")
      return -1
    }
    return code
  }

  func bytes(_ name: String) throws -> [UInt8] {
    try readFile("\(folder)/\(name)", limit: 1 << 26)
  }

  /// The whole lines that have been printed so far.
  var lines: [[UInt8]] {
    // Before the shell has started there is no file.
    let bytes = (try? bytes("out")) ?? []
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")) ?? 0
    return bytes[..<end].split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }

  func look() throws -> Look {
    let bytes = try bytes("out")
    #expect(bytes.last == UInt8(ascii: "\n") && bytes.count(where: { $0 == 10 }) == 1)
    return try JSONDecoder().decode(Look.self, from: Data(bytes))
  }
}

/// Runs `egtop --once --json` to its end.
func look(
  _ words: [String],
  expecting expected: Int32 = 0,
  sourceLocation: SourceLocation = #_sourceLocation,
  feeding feed: () throws -> Void = {}
) throws -> Look {
  let run = try OnceRun(["--json"] + words)
  let code = try run.code(feeding: feed)
  let errors = String(decoding: try run.bytes("err"), as: UTF8.self)
  #expect(code == expected, "\(errors)", sourceLocation: sourceLocation)
  return try run.look()
}

/// A cluster with the topics of the pipeline, and a producer.
final class Pipe {
  struct Record {
    var key: [UInt8]?
    var value: [UInt8]?
    var milliseconds: Int64 = 0
  }

  static let enriched = "EGkafka_downsampled"
  static let raw = "emergency_generators"

  let cluster: LocalKafkaCluster
  private let producer: KafkaProducer
  private var sent = 0

  init() throws {
    cluster = try LocalKafkaCluster()
    try cluster.createTopic(Self.enriched)
    try cluster.createTopic(Self.raw)
    producer = try KafkaProducer(["bootstrap.servers": cluster.bootstrapServers])
  }

  var words: [String] { ["--kafka", cluster.bootstrapServers] }

  func send(_ values: [String], to topic: String = enriched) throws {
    try send(values.map { Record(key: nil, value: Array($0.utf8)) }, to: topic)
  }

  func send(_ records: [Record], to topic: String = enriched) throws {
    for record in records {
      try producer.send(
        to: topic,
        key: record.key,
        value: record.value,
        partition: 0,
        milliseconds: record.milliseconds
      )
    }
    sent += records.count
    try producer.flush(milliseconds: 20_000)
    try #require(producer.delivered == sent)
  }
}

/// An enriched record in the shape that the connector documents.
func enriched(_ id: String, _ region: String?, fuel: Double, alarm: String? = nil) -> String {
  let tag = region.map { #","region":"\#($0)""# } ?? ""
  let flag = alarm.map { #""alarm":"\#($0)","# } ?? ""
  let time = CivilTime(wall: wallNanoseconds() - 5_000_000_000).rfc3339
  return #"{"measurement":"genData","tags":{"generatorID":"\#(id)"\#(tag)},"time":"\#(time)","#
    + #"\#(flag)"fuel":\#(fuel)}"#
}

/// The first place where a byte of a program's output is no printable text; nil if there is none.
///
/// Allowed are line ends, and UTF-8 of characters that are seen and do nothing to a terminal.
func unprintable(_ bytes: [UInt8]) -> String? {
  guard let text = String(validating: bytes, as: UTF8.self) else { return "not UTF-8" }
  for scalar in text.unicodeScalars where scalar != "\n" {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return "U+\(String(scalar.value, radix: 16))"
    default: continue
    }
  }
  return nil
}
