import Foundation
import System
import TestSupport
import Testing

/// An `egtop --once --json`, with `--watch 1s` unless it is to look once; it ends with this object.
final class LookingProgram {
  /// What of a look the tests ask for.
  struct Look: Decodable {
    struct Generator: Decodable {
      var id: String
      var source, session, freshness: String?
      var fuel, fuelPercent, power, temperature, timeToEmptySeconds: Double?
    }

    struct Alarm: Decodable {
      var generator, kind, source: String
    }

    struct Hop: Decodable {
      var id, state: String
      var reason: String?
    }

    struct Feed: Decodable {
      var state: String
    }

    struct Event: Decodable {
      var kind: String
    }

    struct Missing: Decodable {
      var feeds, generators: [String]
    }

    var complete: Bool
    var missing: Missing
    var generators: [Generator]
    var alarms: [Alarm]
    var events: [Event]
    var hops: [Hop]
    var feeds: [String: Feed]

    subscript(id: String) -> Generator? { generators.first { $0.id == id } }
  }

  private let child: ChildProcess
  private let output: String

  /// Starts it; all that it keeps and prints is in a folder.
  init(_ words: [String], isWatching: Bool = true, folder: String) throws {
    output = "\(folder)/looks" + randomBytes(count: 4).map { String($0, radix: 16) }.joined()
    var environment = Environment.current()
    environment.values = environment.values.filter { !$0.key.hasPrefix("EGTOP_") }
    environment.values["XDG_CONFIG_HOME"] = folder
    environment.values["XDG_STATE_HOME"] = folder
    let again = isWatching ? ["--watch", "1s", "--ndjson", "--settle", "1s"] : ["--json"]
    child = try ChildProcess.start(
      BuiltPrograms.egtop,
      ["--once"] + again + words,
      environment: environment,
      output: output
    )
  }

  deinit { child.terminate() }

  /// Its exit code; nil while it runs.
  var code: Int32? {
    guard case .code(let code) = child.exit else { return nil }
    return code
  }

  /// All that it has printed.
  var text: String {
    String(decoding: (try? readFile(output, limit: 1 << 26)) ?? [], as: UTF8.self)
  }

  /// The newest look; nil before the first.
  var look: Look? {
    let text = text
    guard let end = text.lastIndex(of: "\n") else { return nil }
    let line = text[..<end].split(separator: "\n").last ?? ""
    return try? JSONDecoder().decode(Look.self, from: Data(line.utf8))
  }

  /// Waits for a look; meanwhile something may be fed.
  func waits(
    within seconds: Int64 = 60,
    feeding feed: () throws -> Void = {},
    for condition: (Look) -> Bool
  ) throws -> Bool {
    try holds(within: seconds) {
      try feed()
      return look.map(condition) ?? false
    }
  }
}

/// Does something again and again, as often as a pace allows.
struct Paced {
  let nanoseconds: Int64
  private(set) var count = 0
  private var due: Int64 = 0

  init(seconds: Double) { nanoseconds = Int64(seconds * 1e9) }

  /// Does it if it is time, with how often it was done before.
  mutating func act(_ body: (Int) throws -> Void) rethrows {
    let now = monotonicNanoseconds()
    guard now >= due else { return }
    due = now + nanoseconds
    try body(count)
    count += 1
  }
}
