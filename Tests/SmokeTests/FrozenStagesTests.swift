import Kafka
import LocalBrokers
import Synchronization
import System
import TestSupport
import Testing

/// Each stage of a pipeline of processes is frozen (SIGSTOP) while an egtop looks on, whose log tells which hop it names.
@Suite(
  .enabled(if: DrawnProgram.starter != nil, "setsid is not installed"),
  .timeLimit(.minutes(20))
)
struct FrozenStagesTests {
  /// Each has a plant of its own, and they go side by side, since each waits for a minute and more.
  @Test func theFrozenOneIsNamedFirstAndTheOthersAsStarvedByIt() throws {
    let freezes = [
      Freeze(stage: "simulate", culprit: "mqtt"),
      Freeze(stage: "bridge", culprit: "bridge", starved: "task"),
      Freeze(stage: "sink", culprit: "sink", starved: "task"),
      Freeze(stage: "task", culprit: "task"), Freeze(stage: "source", culprit: "task"),
    ]
    let findings = Findings()
    for freeze in freezes {
      _ = try startThread(name: freeze.stage) { findings.add(freeze.stage, freeze.findings) }
    }
    #expect(holds(within: 900) { findings.all.count == freezes.count })
    for (stage, found) in findings.all { #expect(found == [], "\(stage)") }
  }
}

/// What was found to be wrong, by stage.
private final class Findings: Sendable {
  private let found = Mutex<[String: [String]]>([:])

  var all: [String: [String]] { found.withLock { $0 } }

  func add(_ stage: String, _ findings: [String]) { found.withLock { $0[stage] = findings } }
}

/// A stage that is frozen and goes on.
private struct Freeze {
  /// Seconds of a window.
  private static let window = 5

  var stage: String
  /// The hop that is to be named.
  var culprit: String
  /// The one that lacks something by that.
  var starved: String?

  /// Freezes it; what was wrong with what the log said.
  var findings: [String] {
    do {
      return try withFolder { folder in
        let plant = try FrozenPlant(folder, window: Self.window)
        defer { plant.stop() }
        return try findings(plant)
      }
    } catch {
      return ["\(error)"]
    }
  }

  private func findings(_ plant: FrozenPlant) throws -> [String] {
    guard let frozen = plant.stages[stage], try plant.becomesWell() else {
      return ["it does not begin well: \(plant.lines)"]
    }
    let words = "starved by \(culprit)"
    var wrong: [String] = []
    func expect(_ isTrue: Bool, _ wish: String) { if !isTrue { wrong.append(wish) } }
    frozen.child.send(.freeze)
    expect(plant.comes { lines in lines.contains { $0.hop == culprit } }, "\(culprit) says so")
    expect(plant.warnings.first?.hop == culprit, "\(culprit) is first")
    if let starved {
      let isTold = plant.comes { $0.contains { $0.hop == starved && $0.text == words } }
      expect(isTold, "\(starved) is \(words)")
    }
    frozen.child.send(.thaw)
    expect(plant.comes(FrozenPlant.isWell), "all is well again")
    let others = plant.warnings.filter { $0.hop != culprit && $0.text != words }
    expect(others == [], "no others: \(others)")
    return wrong.isEmpty ? [] : wrong + ["\(plant.lines)"]
  }
}

/// Brokers, a fleet, the four stages as processes, and an egtop that watches them.
private final class FrozenPlant {
  /// A hop that the log says is late, and why; or that it is well again.
  struct Line: Equatable {
    var hop: String
    var text: String
  }

  private(set) var stages: [String: ServedProgram] = [:]
  private let brokers: LocalBrokers
  private let watcher: DrawnProgram
  private let log: String
  private let folders: [DisposableDirectory]
  /// How many lines there were until all was well.
  private var start = 0

  private static let hops = ["mqtt", "bridge", "sink", "task", "enriched"]

  init(_ folder: String, window: Int) throws {
    brokers = try LocalBrokers(
      directory: folder,
      topics: [("emergency_generators", 4), ("EGkafka_downsampled", 4)]
    )
    let store = try DisposableDirectory(prefix: "egtop-test")
    let mqtt = ["--mqtt", "mqtt://127.0.0.1:\(brokers.mosquitto.port)"]
    let kafka = [
      "--kafka", brokers.kafka.bootstrapServers, "-X", "session.timeout.ms=6000", "-X",
      "fetch.wait.max.ms=20",
    ]
    let place = ["--store", store.path]
    let plans = [
      ("bridge", mqtt + kafka), ("sink", kafka + place),
      ("task", ["--every", "\(window)s", "--offset", "500ms"] + place),
      ("source", ["--poll", "100ms"] + kafka + place),
      ("simulate", ["--generators", "12", "--interval", "2s", "--keep-alive", "5m"] + mqtt),
    ]
    var folders = [store]
    for (name, words) in plans {
      let own = try DisposableDirectory(prefix: "egtop-test")
      folders.append(own)
      stages[name] = try ServedProgram([name] + words, folder: own.path)
    }
    self.folders = folders
    log = "\(folder)/egtop.log"
    let words = [
      "--raw", "--sink-group", "egpipe-sink", "--task-window", "\(window)s", "--fps", "1", "--log",
      log,
    ]
    watcher = try DrawnProgram(words + mqtt + kafka, columns: 40, rows: 10, folder: folder)
  }

  /// Ends all; a frozen stage too.
  func stop() {
    for stage in stages.values { stage.child.terminate(withinNanoseconds: 15_000_000_000) }
    brokers.stop()
  }

  /// Waits until records of three windows have come; whether they have.
  func becomesWell() throws -> Bool {
    guard let source = stages["source"] else { return false }
    let isWell = try holds(within: 180) {
      watcher.takeOutput()
      let page = try source.page("/metrics").text
      let figure = page.firstMatch(of: #/\negpipe_source_published_total (\d+)/#)
      return figure.flatMap { Int($0.1) } ?? 0 >= 36
    }
    start = allLines.count
    return isWell
  }

  /// Whether something becomes true.
  func comes(_ condition: ([Line]) -> Bool) -> Bool {
    holds(within: 180) {
      watcher.takeOutput()
      return condition(lines)
    }
  }

  /// What the log has said of hops since all was well, in its order.
  var lines: [Line] { Array(allLines.dropFirst(start)) }

  private var allLines: [Line] {
    let bytes = (try? readFile(log, limit: 1 << 20)) ?? []
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      guard let match = line.firstMatch(of: #/source=(\w+) text="([^"]+)"/#) else { return nil }
      let said = Line(hop: String(match.1), text: String(match.2))
      return Self.hops.contains(said.hop) && !said.text.contains("live") ? said : nil
    }
  }

  /// What it warns of.
  var warnings: [Line] { lines.filter { !$0.text.hasSuffix("ok again") } }

  /// Whether each hop that was warned of is well.
  static func isWell(_ lines: [Line]) -> Bool {
    hops.allSatisfy { hop in
      lines.last { $0.hop == hop }.map { $0.text.hasSuffix("ok again") } ?? true
    }
  }
}
