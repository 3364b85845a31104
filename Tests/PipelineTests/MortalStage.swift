import System
import TestSupport
import Testing

/// A stage in a process of its own that is made to die at named places, and is started again each time.
final class MortalStage {
  private let arguments: [String]
  private let log: String
  /// Where it is still to die, the next first: `bridge.read:3`.
  private var deaths: [String]
  private var child: ChildProcess
  /// How often it died at each place.
  private(set) var died: [String: Int] = [:]
  /// An end that nobody asked for.
  private(set) var accident: ChildProcess.Exit?
  private var current: String?

  /// Starts it without a death ahead, so that it can prepare what it needs.
  init(_ arguments: [String], log: String, deaths: [String]) throws {
    self.arguments = arguments
    self.log = log
    self.deaths = deaths
    child = try Self.start(arguments, log: log, death: nil)
  }

  deinit { child.terminate() }

  /// Whether it has died as often as it was to, and lives.
  var hasSurvived: Bool { deaths.isEmpty && current == nil && child.exit == nil }

  /// Kills it, and starts it with its first death ahead.
  func beginDying() throws {
    child.send(.kill)
    _ = child.wait(timeoutNanoseconds: 10_000_000_000)
    try startNext()
  }

  /// Starts it again if it has died.
  func tend() throws {
    guard let exit = child.exit else { return }
    if let current {
      if exit == .signal(9) { died[current, default: 0] += 1 } else { accident = exit }
    } else {
      accident = exit
    }
    try startNext()
  }

  /// Ends it in order; whether it said that it finished everything.
  func end() -> Bool { child.terminate(withinNanoseconds: 15_000_000_000) == .code(0) }

  private func startNext() throws {
    let death = deaths.isEmpty ? nil : deaths.removeFirst()
    current = death.map { String($0.prefix { $0 != ":" }) }
    child = try Self.start(arguments, log: log, death: death)
  }

  private static func start(
    _ arguments: [String],
    log: String,
    death: String?,
  ) throws -> ChildProcess {
    var environment = Environment.current()
    environment.values["EGPIPE_CRASH"] = death
    return try ChildProcess.start(
      BuiltPrograms.egpipe,
      arguments,
      environment: environment,
      output: log,
    )
  }
}
