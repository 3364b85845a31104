import Pipeline
import System

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
