import Pipeline
import Simulator
import System

/// What the demo makes happen, so that three minutes show what egtop is for; the rest is the fleet's own life.
enum DemoStory {
  /// The generator that needs fuel first, and the one that drops off first, by their place in the fleet.
  private static let thirsty = 4
  private static let lost = 16

  /// It passes the mark of 500 some seconds after the start.
  static let starts = [GeneratorStart(generator: thirsty, fuel: 503, load: 85, seconds: 240)]

  /// Seconds between two regions that drop off the network, after the first.
  private static let outageInterval = 420.0
  /// The script is written for this many seconds; then chance goes on alone.
  private static let end = 12 * 3600.0

  /// The events on the network and the grid.
  static func script(regions: [String]) -> [ScriptedEvent] {
    var events = [
      ScriptedEvent(second: 26, action: .connectionLost(generator: lost, seconds: 45))
    ]
    guard !regions.isEmpty else { return events }
    for (number, second) in stride(from: 75, to: end, by: outageInterval).enumerated() {
      let region = regions[(number * 4 + 1) % regions.count]
      events.append(.init(second: second, action: .networkOutage(region: region, seconds: 30)))
      let next = regions[(number * 4 + 3) % regions.count]
      events.append(.init(second: second - 60, action: .gridFailure(region: next, seconds: 200)))
    }
    return events
  }

  /// A stage that stalls.
  struct Stall: Equatable {
    /// Since the start.
    var second: Double
    var seconds: Double
    var stage: Stage

    enum Stage: Equatable {
      case sink, task
    }
  }

  /// The task first: nothing else stands still with it, so its hop alone shows it.
  static let stalls = stride(from: 120, to: end, by: outageInterval).enumerated().map {
    Stall(second: $1, seconds: 45, stage: $0.isMultiple(of: 2) ? .task : .sink)
  }
}

/// Lets stages stall and go on as the story wants it, on a thread of its own.
final class DemoDirector: Sendable {
  private let stages: DemoStages
  private let log: Log
  private let end: StopSignal

  init(_ stages: DemoStages, log: Log) throws(SystemError) {
    self.stages = stages
    self.log = log
    end = try StopSignal()
  }

  func start() throws(SystemError) {
    _ = try startThread(name: "director") { [self] in direct(from: monotonicNanoseconds()) }
  }

  func stop() { end.set() }

  private func direct(from start: Int64) {
    for stall in DemoStory.stalls {
      let begin = start + Int64(stall.second * 1e9)
      if end.wait(nanoseconds: begin - monotonicNanoseconds()) { return }
      log.info("the demo stalls a stage", ["stage": "\(stall.stage)"])
      setPaused(stall.stage, true)
      let isOver = end.wait(nanoseconds: Int64(stall.seconds * 1e9))
      setPaused(stall.stage, false)
      if isOver { return }
    }
  }

  private func setPaused(_ stage: DemoStory.Stall.Stage, _ isPaused: Bool) {
    switch stage {
    case .sink: stages.sink.setPaused(isPaused)
    case .task: stages.task.setPaused(isPaused)
    }
  }
}
